"""This is where expired entries of the RAM client are found without looking at the others.

Entries are filed by the second in which they expire. A second that is over is emptied a part at each write,
so that a million entries that expire together hold nobody up.

Callers hold a lock. An exception that a signal handler raises between two steps loses no live entry: each
second in `_seconds` is in `_soonest` too, which may hold more of them.
"""

import math
from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Final, final

from typed_cache.clients._ram_entry import DEAD, RamEntry

__all__ = ["ExpiryQueue"]

_NEVER: Final = math.inf


@final
class ExpiryQueue:
    """The entries of a cache that will expire, soonest first, to the second.

    `due` is the time before which nothing expires; `filling` takes entries that expire from `start` up to
    and without `end`. They are there so that a write need not call anything to learn that there is nothing
    to do, or to file an entry beside the one before it.
    """

    __slots__ = ("_seconds", "_soonest", "dead", "due", "end", "filling", "start")

    def __init__(self) -> None:
        self._seconds: dict[int, list[RamEntry]] = {}
        self._soonest: list[int] = []
        self.dead: int = 0
        """Entries that died here; whoever kills them counts them."""

        self.due: float = _NEVER
        self.start: float = _NEVER
        self.end: float = _NEVER
        self.filling: list[RamEntry] = []

    def file(self, entry: RamEntry) -> None:
        """File a new entry; one that never expires is not kept here."""
        if entry.expire is None:
            return
        second = int(entry.expires)
        filed = self._seconds.get(second)
        if filed is None:
            filed = []
            self.due = min(self.due, second + 1)
            heappush(self._soonest, second)
            self._seconds[second] = filed
        filed.append(entry)
        self.filling, self.start, self.end = filed, second, second + 1

    def next_expired(self, now: float) -> RamEntry | None:
        """Return a live entry of a second that is over by `now`; once dead, it is taken out."""
        while self._soonest and self._soonest[0] + 1 <= now:
            second = self._soonest[0]
            filed = self._seconds.get(second, [])
            while filed:
                if filed[-1].expires != DEAD:
                    return filed[-1]
                filed.pop()
                self.dead -= 1
            self._close()
            self._seconds.pop(second, None)
            heappop(self._soonest)
        self.due = self._soonest[0] + 1 if self._soonest else _NEVER
        return None

    def expiring(self, now: float) -> Sequence[RamEntry]:
        """Return the entries of the second that is not over yet, dead ones among them."""
        return self._seconds.get(int(now), ())

    def forget_dead(self) -> None:
        """Let go of the entries that died before they expired."""
        self.dead = 0
        self._close()
        for second, filed in list(self._seconds.items()):
            alive = [entry for entry in filed if entry.expires != DEAD]
            if alive:
                self._seconds[second] = alive
            else:
                del self._seconds[second]
        self._soonest = sorted(self._seconds)

    def clear(self) -> None:
        """Forget all entries."""
        self._close()
        self.dead = 0
        self._seconds.clear()
        self._soonest.clear()

    def _close(self) -> None:
        """File the next entry anew: the list that was being filled goes."""
        self.start = self.end = _NEVER
        self.filling = []
