"""This is where it is decided what a full RAM cache evicts: S3-FIFO.

Juncheng Yang and others, "FIFO queues are all you need for cache eviction", SOSP 2023. New entries queue up
in a small queue, a tenth of the cache. What was used there goes on to the main queue, what was not is
evicted, and only its hash is remembered for a while: if it comes back soon, it goes to the main queue at
once. The main queue gives what was used another round. A use raises a counter and moves nothing, so readers
need no lock. The paper asks for two uses in the small queue; one is enough here, as in the authors' own later
variant.

Callers hold a lock. An exception that a signal handler raises between two steps leaves an entry in its
queues once too often at worst, never in none of them.
"""

from array import array
from collections import deque
from typing import Final, final

from typed_cache.clients._ram_entry import RamEntry

__all__ = ["S3Fifo"]

_SMALL_SHARE: Final = 10
_PATIENCE: Final = 500
"""Used entries passed over before one goes all the same: readers may raise counters as fast as they fall."""


@final
class S3Fifo:
    """The order in which the entries of a cache of at most `capacity` are evicted.

    An entry that dies stays in its queue, emptied, until its turn comes or `forget_dead` is called.
    """

    __slots__ = ("_ghosts", "_main", "_small", "_small_size", "capacity")

    def __init__(self, capacity: int) -> None:
        self.capacity: Final = capacity
        self._small_size = max(1, capacity // _SMALL_SHARE)
        self._small: deque[RamEntry] = deque()
        self._main: deque[RamEntry] = deque()
        self._ghosts: _Ghosts | None = None

    def admit(self, entry: RamEntry) -> None:
        """Queue up a new entry."""
        if self._ghosts is not None and self._ghosts.remember(entry.key):
            self._main.append(entry)
        else:
            self._small.append(entry)

    def victim(self, now: float) -> RamEntry:
        """Return the entry to evict; it leaves its queue some time after its death.

        Raises:
            IndexError: No live entry is queued.
        """
        small, main = self._small, self._main
        passed = 0
        while True:
            queue = small if small and (len(small) >= self._small_size or not main) else main
            entry = queue[0]
            if entry.is_dead:
                queue.popleft()
            elif not entry.uses or entry.expires <= now or passed == _PATIENCE:
                if queue is small:
                    self._note_ghost(entry.key)
                return entry
            else:
                passed += 1
                entry.uses = 0 if queue is small else entry.uses - 1
                main.append(entry)
                queue.popleft()

    def forget_dead(self) -> None:
        """Let go of the dead before their turn comes."""
        self._small = deque(entry for entry in self._small if not entry.is_dead)
        self._main = deque(entry for entry in self._main if not entry.is_dead)

    def clear(self) -> None:
        """Forget all entries, and what was evicted."""
        self._small.clear()
        self._main.clear()
        self._ghosts = None

    def _note_ghost(self, key: str) -> None:
        if self._ghosts is None:  # a cache that never fills needs none
            self._ghosts = _Ghosts(self.capacity)
        self._ghosts.note(key)


@final
class _Ghosts:
    """The hashes of keys that were evicted unused: eight bytes each, overwritten by later ones."""

    __slots__ = ("_hashes", "_mask")

    def __init__(self, capacity: int) -> None:
        slots = 1 << capacity.bit_length()
        self._mask = slots - 1
        self._hashes: array[int] = array("q", bytes(8 * slots))

    def note(self, key: str) -> None:
        """Remember that `key` was evicted."""
        code = hash(key)
        self._hashes[code & self._mask] = code

    def remember(self, key: str) -> bool:
        """Whether `key` was evicted lately."""
        code = hash(key)
        return self._hashes[code & self._mask] == code
