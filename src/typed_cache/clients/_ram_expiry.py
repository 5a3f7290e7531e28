"""This is where expired entries of the RAM client are found without looking at the others.

Entries are filed by the second in which they expire. A second that is over is emptied a part at each write,
so that a million entries that expire together hold nobody up.

Callers hold a lock. An exception that a signal handler raises between two steps loses no live entry.
"""

from collections import deque
from heapq import heappop, heappush
from typing import Final, final

from typed_cache.clients._ram_entry import RamEntry

__all__ = ["ExpiryQueue"]

_SLACK: Final = 64


@final
class ExpiryQueue:
    """The entries of a cache that will expire, soonest first, to the second."""

    __slots__ = ("_filed", "_seconds", "_soonest")

    def __init__(self) -> None:
        self._seconds: dict[int, deque[RamEntry]] = {}
        self._soonest: list[int] = []
        self._filed = 0

    def __len__(self) -> int:
        return self._filed

    def file(self, entry: RamEntry) -> None:
        """File a new entry; one that never expires is not kept here."""
        if entry.expire is None:
            return
        second = int(entry.expires)
        filed = self._seconds.get(second)
        if filed is None:
            filed = self._seconds[second] = deque()
            heappush(self._soonest, second)
        filed.append(entry)
        self._filed += 1

    def take_expired(self, now: float, most: int) -> list[RamEntry]:
        """Take out entries of the seconds that are over by `now`, at most so many; dead ones among them."""
        taken: list[RamEntry] = []
        while self._soonest and self._soonest[0] < int(now):
            filed = self._seconds[self._soonest[0]]
            while filed and len(taken) < most:
                taken.append(filed.popleft())
            if filed:
                break
            del self._seconds[heappop(self._soonest)]
        self._filed -= len(taken)
        return taken

    def expired_just_now(self, now: float) -> int:
        """Return how many have expired in the second that is not over yet."""
        filed = self._seconds.get(int(now), ())
        return sum(entry.expires <= now and not entry.is_dead for entry in filed)

    def tidy(self, live: int) -> None:
        """Let go of the dead, once they are half as many as the `live` entries of the cache."""
        if self._filed <= live + live // 2 + _SLACK:
            return
        kept = {
            second: deque(entry for entry in filed if not entry.is_dead)
            for second, filed in self._seconds.items()
        }
        self._seconds = {second: filed for second, filed in kept.items() if filed}
        self._soonest = sorted(self._seconds)
        self._filed = sum(map(len, self._seconds.values()))

    def clear(self) -> None:
        """Forget all entries."""
        self._soonest.clear()
        self._seconds.clear()
        self._filed = 0
