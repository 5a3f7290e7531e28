"""This is where one entry of the RAM client is described: a small object that knows whether it is dead.

Readers take no lock. They read `value` first and `expires` after it, and whoever kills an entry writes the
two in the other order: a reader that sees a value taken away also sees that the entry has expired. A live
entry never changes, but for `uses`, and for the index that it is found in.
"""

import math
from datetime import timedelta
from typing import Any, Final, final

__all__ = ["DEAD", "MOST_USES", "Origin", "RamEntry"]

MOST_USES: Final = 3
"""So many uses count for eviction: S3-FIFO needs two bits."""

DEAD: Final = -math.inf
"""The `expires` of an entry that was taken out of the cache; an expired one may be in it still."""

_FOR_EVER: Final = 1e10
"""Seconds, 300 years: how long an entry without `expire` lives, so that a read compares and asks nothing."""


@final
class Origin:
    """What the entries that one function stored have in common, and the hits of those that are gone.

    A hit that finds its entry by arguments counts on the entry alone. What looks an entry up by its key
    takes the use that it adds off here, so the function's own hits are `hits` and the `uses` of the entries
    in its index.
    """

    __slots__ = ("expire", "hits", "index", "seconds", "version")

    def __init__(
        self, version: str, expire: timedelta | None, index: "dict[object, RamEntry] | None" = None
    ) -> None:
        self.version: Final = version
        self.expire: Final = expire
        self.seconds: Final = _FOR_EVER if expire is None else expire.total_seconds()
        self.index: dict[object, RamEntry] | None = index
        self.hits: int = 0


@final
class RamEntry:
    """A key and its value, from the moment it is stored until it is evicted, replaced, dropped or expired.

    Whoever holds an entry sees on the entry itself that it must not be served: `expires` has passed. There
    are millions of them: what many share stands in `origin`, and there is no `__init__` to call.
    """

    __slots__ = ("expires", "key", "origin", "place", "uses", "value")

    key: str
    value: Any
    """The value as it is kept: a copy of the caller's own, or its bytes."""

    expires: float
    """The time of the client's clock at which it stops being served."""

    uses: int
    """Hits since it was stored or last passed over."""

    origin: Origin
    place: object
    """Where it stands in the index of its origin, if that has one."""

    @classmethod
    def made(cls, key: str, value: object, origin: Origin, now: float) -> "RamEntry":
        """Return an entry that is in no index."""
        entry = cls()
        entry.key, entry.value, entry.origin, entry.place = key, value, origin, None
        entry.expires = now + origin.seconds
        entry.uses = 0
        return entry

    @property
    def expire(self) -> timedelta | None:
        """How long it was to be kept; None is for ever."""
        return self.origin.expire

    @property
    def is_dead(self) -> bool:
        """Whether it was taken out of the cache."""
        return self.expires == DEAD

    def times(self, expires: float, now: float) -> tuple[timedelta, timedelta | None]:
        """Return the time since it was stored and until it expires; None where it never does.

        `expires` is what the reader saw, since the entry may have died in the meantime.
        """
        expire = self.origin.expire
        if expire is None:
            return timedelta(seconds=max(0.0, now - (expires - _FOR_EVER))), None
        left = timedelta(seconds=expires - now)
        return max(timedelta(0), expire - left), left

    def used_by_key(self) -> None:
        """Count a look-up by key as a use, up to what counts for eviction."""
        if self.uses < MOST_USES:
            self.uses += 1
            self.origin.hits -= 1

    def inherit(self, old: "RamEntry") -> None:
        """Be as popular as the entry in whose place it comes."""
        self.uses = min(old.uses, MOST_USES)
        self.origin.hits -= self.uses

    def keep_uses(self, kept: int) -> None:
        """Count so many of the uses on; the function's own hits stay what they are."""
        self.origin.hits += self.uses - kept
        self.uses = kept

    def leave_index(self) -> None:
        """Be found by the key alone, which comes before it is not found at all."""
        index = self.origin.index
        if index is not None and index.get(self.place) is self:
            index.pop(self.place, None)

    def kill(self) -> object:
        """Mark it dead, and return the value, for the caller to let go of when no lock is held.

        It may wait in a queue for a while, so it keeps nothing.
        """
        value: object = self.value
        self.expires = DEAD
        self.value = None
        self.key, self.place = "", None
        self.origin.hits += self.uses
        return value
