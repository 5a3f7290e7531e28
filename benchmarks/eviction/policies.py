"""This is where the yardsticks stand: plain policies, each written from its paper and nothing else.

Each takes the whole trace and the cache's size, and returns how many requests were hits.
"""

import math
from collections import OrderedDict, deque
from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Final

__all__ = ["belady", "s3_fifo"]

_MOST_USES: Final = 3


def belady(trace: Sequence[int], entries: int) -> int:
    """What is asked for again last goes, the newcomer itself if it is that one: no cache does better.

    Laszlo Belady, "A study of replacement algorithms for a virtual-storage computer", 1966. It knows the
    future.
    """
    again = [math.inf] * len(trace)
    seen: dict[int, int] = {}
    for now in range(len(trace) - 1, -1, -1):
        again[now] = seen.get(trace[now], math.inf)
        seen[trace[now]] = now
    next_use: dict[int, float] = {}
    latest: list[tuple[float, int]] = []
    hits = 0
    for now, key in enumerate(trace):
        hits += key in next_use
        next_use[key] = again[now]
        heappush(latest, (-again[now], key))
        if len(next_use) > entries:
            while True:  # an older next use of a key that was asked for since is passed over
                when, furthest = heappop(latest)
                if next_use.get(furthest) == -when:
                    del next_use[furthest]
                    break
    return hits


class _S3Fifo:
    """Algorithm 1 of Juncheng Yang and others, "FIFO queues are all you need for cache eviction", SOSP 2023.

    `threshold` is the uses that a key needs in the small queue to go on to the main queue. The paper asks for
    more than one. The small queue has a tenth of the entries, the ghost queue as many keys as the main queue.
    """

    def __init__(self, entries: int, threshold: int) -> None:
        self.entries = entries
        self.threshold = threshold
        self.small_size = max(1, entries // 10)
        self.main_size = max(1, entries - self.small_size)
        self.uses: dict[int, int] = {}
        self.small: deque[int] = deque()
        self.main: deque[int] = deque()
        self.ghosts: OrderedDict[int, None] = OrderedDict()

    def read(self, key: int) -> bool:
        """Ask for `key`, which is stored if it is not there; whether it was."""
        used = self.uses.get(key)
        if used is not None:
            self.uses[key] = min(used + 1, _MOST_USES)
            return True
        while len(self.uses) >= self.entries:
            self.evict()
        if key in self.ghosts:
            del self.ghosts[key]
            self.main.append(key)
        else:
            self.small.append(key)
        self.uses[key] = 0
        return False

    def evict(self) -> None:
        """Make room for one."""
        if len(self.small) >= self.small_size or not self.main:
            self.evict_small()
        else:
            self.evict_main()

    def evict_small(self) -> None:
        """Move what was used to the main queue, until one that was not is evicted."""
        while self.small:
            key = self.small.popleft()
            if self.uses[key] >= self.threshold:
                self.uses[key] = 0
                self.main.append(key)
                if len(self.main) > self.main_size:
                    self.evict_main()
                    return
            else:
                del self.uses[key]
                self.ghosts[key] = None
                if len(self.ghosts) > self.main_size:
                    self.ghosts.popitem(last=False)
                return

    def evict_main(self) -> None:
        """Give what was used another round, until one that was not is evicted."""
        while True:
            key = self.main.popleft()
            if not self.uses[key]:
                del self.uses[key]
                return
            self.uses[key] -= 1
            self.main.append(key)


def s3_fifo(trace: Sequence[int], entries: int, *, threshold: int = 2) -> int:
    """What was used too little goes: the paper's S3-FIFO, with its exact queue of ghosts."""
    cache = _S3Fifo(entries, threshold)
    return sum(map(cache.read, trace))
