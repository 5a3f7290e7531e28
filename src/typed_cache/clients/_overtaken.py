"""This is where it is remembered which loads an invalidation overtook, in a fixed amount of memory.

Time is a counter that each retirement moves on. A claim is the time at which a load began; a key's last
retirement is kept in a slot chosen by the key's hash, which other keys may share. So the log never says that
a claim stands when it does not; it may refuse one for a neighbour's sake, and then a value is not stored.

`token` may be called without a lock. Everything else is for the owner of the log, under the lock that guards
the values themselves: whether a claim stands and the store that follows from it must be one step. A call
that interrupts another one on the same thread (a finalizer, a signal handler) does no harm.
"""

from array import array
from typing import Final, final

from typed_cache.client import Claim

__all__ = ["OvertakenLog"]

_SLOTS: Final = 4096
"""32 KiB. A load is refused for a neighbour's sake at most once in 4096 retirements that it spans."""


@final
class OvertakenLog:
    """When keys were last invalidated or written, as far as loads under way have to know.

    >>> log = OvertakenLog()
    >>> before = log.token()
    >>> log.retire("user_1")
    1
    >>> log.is_overtaken("user_1", before), log.is_overtaken("user_1", log.token())
    (True, False)
    """

    __slots__ = ("_floor", "_mask", "_now", "_retired")

    def __init__(self, slots: int = _SLOTS) -> None:
        self._now = 0
        self._floor = 0
        self._mask = slots - 1
        if slots < 1 or slots & self._mask:
            raise ValueError(f"slots must be a power of two, not {slots}")
        self._retired: array[int] = array("Q", bytes(8 * slots))

    def token(self) -> Claim:
        """Return a claim on any key: a load begins now. It is kept nowhere."""
        return Claim(self._now)

    def advance(self) -> int:
        """Return a time later than every claim issued so far, and retire nothing."""
        self._now = now = self._now + 1
        return now

    def retire(self, key: str) -> int:
        """Overtake every claim on `key` issued so far; return the time."""
        now = self.advance()
        self.retire_until(key, now)
        return now

    def retire_until(self, key: str, time: int) -> None:
        """Overtake the claims on `key` issued before `time`, one that `advance` returned."""
        slot = hash(key) & self._mask
        if self._retired[slot] >= time:
            return
        self._retired[slot] = time

    def retire_all(self) -> None:
        """Overtake every claim issued so far, on any key."""
        self._floor = self.advance()

    def is_overtaken(self, key: str, claim: object, changed: int = 0) -> bool:
        """Whether `key` was retired since `claim` was issued: surely True if so, nearly always False if not.

        `changed` is a time at which the owner knows that the key changed, whether or not it told the log.

        Raises:
            TypeError: Another store issued the claim.
        """
        if not isinstance(claim, int):
            raise TypeError(f"{claim!r} is no claim of this store: pass what its claim() returned")
        return claim < changed or claim < self._floor or claim < self._retired[hash(key) & self._mask]
