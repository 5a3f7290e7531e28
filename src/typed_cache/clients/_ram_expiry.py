"""This is where expired entries of the RAM client are found without looking at the others.

Entries are filed by the second in which they expire. A second that is over is emptied a part at each write,
so that a million entries that expire together hold nobody up.

Callers hold a lock. An exception that a signal handler raises between two steps loses no live entry: each
second in `_seconds` is in `_soonest` too, which may hold more of them.
"""

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import final

from typed_cache.clients._ram_entry import RamEntry

__all__ = ["ExpiryQueue"]


@final
class ExpiryQueue:
    """The entries of a cache that will expire, soonest first, to the second."""

    __slots__ = ("_seconds", "_soonest")

    def __init__(self) -> None:
        self._seconds: dict[int, list[RamEntry]] = {}
        self._soonest: list[int] = []

    def file(self, entry: RamEntry) -> None:
        """File a new entry; one that never expires is not kept here."""
        if entry.expire is None:
            return
        second = int(entry.expires)
        filed = self._seconds.get(second)
        if filed is not None:
            filed.append(entry)
            return
        heappush(self._soonest, second)
        self._seconds[second] = [entry]

    def next_expired(self, now: float) -> RamEntry | None:
        """Return a live entry of a second that is over by `now`; once dead, it is taken out."""
        while self._soonest and self._soonest[0] + 1 <= now:
            second = self._soonest[0]
            filed = self._seconds.get(second, [])
            while filed:
                if not filed[-1].is_dead:
                    return filed[-1]
                filed.pop()
            self._seconds.pop(second, None)
            heappop(self._soonest)
        return None

    def expiring(self, now: float) -> Sequence[RamEntry]:
        """Return the entries of the second that is not over yet, dead ones among them."""
        return self._seconds.get(int(now), ())

    def forget_dead(self) -> None:
        """Let go of the entries that died before they expired."""
        for second, filed in list(self._seconds.items()):
            alive = [entry for entry in filed if not entry.is_dead]
            if alive:
                self._seconds[second] = alive
            else:
                del self._seconds[second]
        self._soonest = sorted(self._seconds)

    def clear(self) -> None:
        """Forget all entries."""
        self._seconds.clear()
        self._soonest.clear()
