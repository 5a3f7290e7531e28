"""This is where it is decided what a full RAM cache evicts: S3-FIFO.

Juncheng Yang and others, "FIFO queues are all you need for cache eviction", SOSP 2023. New entries queue up
in a small queue, a tenth of the cache. What was used there goes on to the main queue, what was not is
evicted, and only the hash of its key is remembered for a while: if it comes back soon, it goes to the main
queue at once. The main queue gives what was used another round. A use raises a counter and moves nothing, so
readers need no lock. The paper asks for two uses in the small queue; one is enough here, as in the authors'
own later variant. It remembers as many ghosts as nine tenths of the entries, in a queue; here they are two
sets, the older of which is forgotten when the newer holds half as many as there are entries.

Callers hold a lock. An exception that a signal handler raises between two steps leaves an entry in its
queues once too often at worst, never in none of them.
"""

from collections import deque
from typing import Final, final

from typed_cache.clients._ram_entry import DEAD, MOST_USES, RamEntry

__all__ = ["S3Fifo"]

_SMALL_SHARE: Final = 10
_PATIENCE: Final = 500
"""Used entries passed over before one goes all the same: readers may raise counters as fast as they fall."""


@final
class S3Fifo:
    """The order in which the entries of a cache of at most `capacity` are evicted.

    An entry that dies stays in its queue, emptied, until its turn comes or `forget_dead` is called.
    """

    __slots__ = (
        "_generation",
        "_ghosts",
        "_main",
        "_older_ghosts",
        "_small",
        "_small_size",
        "capacity",
        "dead",
        "leaving",
    )

    def __init__(self, capacity: int) -> None:
        self.capacity: Final = capacity
        self._small_size = max(1, capacity // _SMALL_SHARE)
        self._generation = max(1, capacity // 2)
        self._ghosts: set[int] = set()
        self._older_ghosts: set[int] = set()
        self._small: deque[RamEntry] = deque()
        self._main: deque[RamEntry] = deque()
        self.leaving: RamEntry | None = None
        self.dead: int = 0
        """Entries that died in a queue; whoever kills them counts them here."""

    def admit(self, entry: RamEntry) -> None:
        """Queue up a new entry."""
        code = hash(entry.key)
        if code in self._ghosts or code in self._older_ghosts:
            self._ghosts.discard(code)
            self._older_ghosts.discard(code)
            self._main.append(entry)
        else:
            self._small.append(entry)

    def victim(self, now: float) -> RamEntry:
        """Take the entry to evict out of its queue, and note it as `leaving` until the caller has removed it.

        Raises:
            IndexError: No live entry is queued.
        """
        if self.leaving is not None:  # whoever was to remove it was interrupted
            return self.leaving
        small, main = self._small, self._main
        passed = 0
        while True:
            queue = small if len(small) >= self._small_size or (small and not main) else main
            entry = queue[0]
            expires = entry.expires
            if expires == DEAD:
                queue.popleft()
            elif not entry.uses or expires <= now or passed == _PATIENCE:
                if queue is small:
                    ghosts = self._ghosts
                    ghosts.add(hash(entry.key))
                    if len(ghosts) >= self._generation:
                        self._ghosts, self._older_ghosts = set(), ghosts
                self.leaving = entry
                queue.popleft()
                return entry
            else:
                passed += 1
                entry.keep_uses(0 if queue is small else min(entry.uses, MOST_USES) - 1)
                main.append(entry)
                queue.popleft()

    def forget_dead(self) -> None:
        """Let go of the dead before their turn comes."""
        self.dead = 0
        self._small = deque([entry for entry in self._small if entry.expires != DEAD])
        self._main = deque([entry for entry in self._main if entry.expires != DEAD])

    def clear(self) -> None:
        """Forget all entries, and what was evicted."""
        self._small.clear()
        self._main.clear()
        self.leaving = None
        self.dead = 0
        self._ghosts, self._older_ghosts = set(), set()
