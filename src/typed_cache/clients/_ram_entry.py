"""This is where one entry of the RAM client is described: a small object that knows whether it is dead.

Readers take no lock. They read `value` first and `expires` after it, and whoever kills an entry writes the
two in the other order: a reader that sees a value taken away also sees that the entry has expired. A live
entry never changes, but for `uses`, of which a few lost counts do no harm.
"""

import math
from datetime import timedelta
from typing import Any, Final, final

__all__ = ["MOST_USES", "RamEntry"]

MOST_USES: Final = 3
"""Where the count of uses ends: S3-FIFO needs two bits."""

_FOR_EVER: Final = 1e10
"""Seconds, 300 years: how long an entry without `expire` lives, so that a read compares and asks nothing."""

_DEAD: Final = -math.inf


@final
class RamEntry:
    """A key and its value, from the moment it is stored until it is evicted, replaced, dropped or expired.

    Whoever holds an entry sees on the entry itself that it must not be served: `expires` has passed.
    """

    __slots__ = ("expire", "expires", "key", "uses", "value", "version")

    key: str
    value: Any
    """The value as it is kept: a copy of the caller's own, or its bytes."""

    expire: timedelta | None
    """How long it was to be kept; None is for ever."""

    expires: float
    """The time of the client's clock at which it stops being served."""

    uses: int
    """Hits since it was stored or last passed over, up to `MOST_USES`."""

    version: str
    """The `version=` of the function that stored it."""

    def __init__(
        self, key: str, value: object, expire: timedelta | None, now: float, version: str = ""
    ) -> None:
        self.key = key
        self.value = value
        self.expire = expire
        self.expires = now + (_FOR_EVER if expire is None else expire.total_seconds())
        self.uses = 0
        self.version = version

    @property
    def is_dead(self) -> bool:
        """Whether it was taken out of the cache; an expired entry may be in it still."""
        return self.expires == _DEAD

    def times(self, expires: float, now: float) -> tuple[timedelta, timedelta | None]:
        """Return the time since it was stored and until it expires; None where it never does.

        `expires` is what the reader saw, since the entry may have died in the meantime.
        """
        if self.expire is None:
            return timedelta(seconds=max(0.0, now - (expires - _FOR_EVER))), None
        left = timedelta(seconds=expires - now)
        return max(timedelta(0), self.expire - left), left

    def kill(self) -> object:
        """Mark it dead, and return the value, for the caller to let go of when no lock is held."""
        value: object = self.value
        self.expires = _DEAD
        self.value = None
        return value
