"""This is where the entries of one RAM client stand, and where changes to them are made one at a time.

Reading is a look-up in `entries` and takes no lock. Changes hold one lock. A finalizer or a signal handler
may run in the middle of a change and make one of its own, on the same thread: it does not wait, which would
be for ever, and does not go ahead, which would find the table half changed. Its change is made right after
the one that it interrupted; what it drops is dead from that moment on.

What holds at any instant, for readers and after an exception in the middle: at most `max_entries` are in
`entries`, and each of them is in the queue for eviction and filed under its expiry. What values leave is let
go of when the lock has been released, for their finalizers may take locks of their own.
"""

import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from threading import get_ident
from typing import Final, TypeVar, TypeVarTuple, final

from typed_cache.client import Claim
from typed_cache.clients._fork import renew_after_fork
from typed_cache.clients._ram_entry import DEAD, Origin, RamEntry
from typed_cache.clients._ram_expiry import ExpiryQueue
from typed_cache.clients._s3fifo import S3Fifo
from typed_cache.clients._under_way import LoadsUnderWay

__all__ = ["RamTable"]

R = TypeVar("R")
Ts = TypeVarTuple("Ts")

_SWEEP: Final = 128
"""Expired entries that one write takes out: some tenths of a millisecond."""

_SLACK: Final = 64


@final
class RamTable:
    """Entries by key, at most `max_entries` of them. Safe to share between threads, and to use after fork."""

    def __init__(self, max_entries: int | None, clock: Callable[[], float]) -> None:
        self.entries: Final[dict[str, RamEntry]] = {}
        self.clock: Final = clock
        self.max_entries: Final = max_entries
        self._order = None if max_entries is None else S3Fifo(max_entries)
        self.begun: Final[dict[str, RamEntry]] = {}
        self._expiry = ExpiryQueue()
        self._loads = LoadsUnderWay()
        self._late: deque[Callable[[], object]] = deque()
        self._dropped: list[object] = []
        self.renew()
        renew_after_fork(self)

    def renew(self) -> None:
        """Begin with a new lock: in a child process the old one may be held by a thread that is no more."""
        self._lock = threading.RLock()
        self._changing: int | None = None

    def claim(self, key: str) -> Claim:
        """Note that a load begins now."""
        with self._lock:
            return self._loads.begin(key)

    def finish(self, entry: RamEntry, now: float) -> bool:
        """Store an entry of `begun`, unless its key was changed since; refuse it where `put` does."""
        dropped: list[object] = []  # outlives the lock
        with self._lock:
            if self._changing is not None:
                return False
            try:
                self._changing = get_ident()
                if self.begun.get(entry.key) is not entry:
                    return False
                self._store(entry, now)
                return True
            finally:
                self._changing = None
                if self._late:
                    self._catch_up()
                if self._dropped:
                    dropped, self._dropped = self._dropped, dropped

    def adopt(self, entry: RamEntry, origin: Origin, place: object) -> None:
        """Put an entry that was stored by its key into the index of `origin`, if it is of that kind."""
        if self._changing != get_ident():
            self._change(self._adopt, entry, origin, place)

    def hits(self, origin: Origin) -> int:
        """Return how often the index of `origin` was of use; looks at each entry in it."""
        with self._lock:
            index = origin.index
            return 0 if index is None else origin.hits + sum(entry.uses for entry in index.values())

    def put(self, entry: RamEntry, claim: Claim | None) -> bool:
        """Store `entry`, unless its key was changed since `claim`; without a claim it is stored whatever was.

        With one, it is refused also where it would come in the middle of another change of this thread.
        """
        if self._changing != get_ident():
            return self._change(self._admit, entry, claim)
        if claim is None:
            self._disown(entry.key)
            self._late.append(partial(self._admit, entry, self._loads.begin(entry.key)))
        return claim is None

    def drop(self, key: str) -> None:
        """Remove the entry, and overtake every claim on `key`."""
        if self._changing != get_ident():
            self._change(self._discard, key)
        else:
            self._disown(key)
            self._late.append(partial(self._discard, key))

    def clear(self) -> None:
        """Remove all entries, and overtake every claim."""
        if self._changing != get_ident():
            self._change(self._discard_all)
        else:
            self._loads.overtake_all()
            self.begun.clear()
            for key in list(self.entries):
                self._disown(key)
            self._late.append(self._discard_all)

    def count(self) -> int:
        """Return how many entries are served."""
        if self._changing != get_ident():
            return self._change(self._count)
        now = self.clock()
        return sum(now < entry.expires for entry in list(self.entries.values()))

    def _change(self, make: Callable[[*Ts], R], *args: *Ts) -> R:
        """Make one change under the lock, then those that came in the middle of it."""
        dropped: list[object] = []  # outlives the lock
        with self._lock:
            try:
                return self._alone(make, *args)
            finally:
                if self._late:
                    self._catch_up()
                dropped, self._dropped = self._dropped, dropped

    def _catch_up(self) -> None:
        while True:
            try:
                late = self._late.popleft()
            except IndexError:  # asking first whether there is one leaves a moment for somebody to take it
                return
            self._alone(late)

    def _alone(self, make: Callable[[*Ts], R], *args: *Ts) -> R:
        try:
            self._changing = get_ident()
            return make(*args)
        finally:
            self._changing = None

    def _disown(self, key: str) -> None:
        """Do what cannot wait of a removal in the middle of another change."""
        self._overtake(key)
        entry = self.entries.get(key)
        if entry is not None:
            self._remove(entry)

    def _admit(self, entry: RamEntry, claim: Claim | None) -> bool:
        if claim is not None and self._loads.is_overtaken(claim):
            return False
        self._store(entry, self.clock())
        return True

    def _store(self, entry: RamEntry, now: float) -> None:
        key, place = entry.key, entry.place
        entries, expiry, order = self.entries, self._expiry, self._order
        if expiry.due <= now:
            self._sweep(now)
        old = entries.get(key)
        if order is not None:
            while old is None and len(entries) >= order.capacity:
                self._evict(order.victim(now))
                order.leaving = None
            order.admit(entry)
        if expiry.start <= entry.expires < expiry.end:
            expiry.filling.append(entry)
        else:
            expiry.file(entry)
        self.begun.pop(key, None)
        if self._loads.by_key:
            self._loads.overtake(key)
        if old is None:
            entries[key] = entry
        else:
            entry.inherit(old)
            old.leave_index()
            entries[key] = entry
            self._bury(old)
        index = entry.origin.index
        if index is not None:
            index[place] = entry
            if entry.expires == DEAD:  # dropped by a handler since it was stored
                index.pop(place, None)
        if expiry.dead > _SLACK + len(entries) // 2 or old is not None:
            self._tidy()

    def _adopt(self, entry: RamEntry, origin: Origin, place: object) -> None:
        kind = entry.origin
        if (kind.version, kind.expire, kind.index) != (origin.version, origin.expire, None):
            return
        if origin.index is not None and self.entries.get(entry.key) is entry:
            origin.hits -= entry.uses
            entry.place, entry.origin = place, origin
            origin.index[place] = entry

    def _overtake(self, key: str) -> None:
        """Refuse the loads of `key` that have begun."""
        self.begun.pop(key, None)
        self._loads.overtake(key)

    def _sweep(self, now: float) -> None:
        """Remove some of the entries of seconds that are over."""
        for _ in range(_SWEEP):
            expired = self._expiry.next_expired(now)
            if expired is None:
                break
            self._remove(expired)
        self._tidy()

    def _evict(self, entry: RamEntry) -> None:
        """Remove an entry that has left its queue; in one piece, for a full cache does it at every miss."""
        origin, entries, key = entry.origin, self.entries, entry.key
        index = origin.index
        if index is not None and index.get(entry.place) is entry:
            index.pop(entry.place, None)
        if entries.get(key) is entry:
            entries.pop(key, None)
        self._dropped.append(entry.value)
        entry.expires = DEAD
        entry.value = None
        entry.key, entry.place = "", None
        origin.hits += entry.uses
        self._expiry.dead += 1

    def _remove(self, entry: RamEntry) -> None:
        """Take an entry out; first out of its index, so that it is never found there and not here."""
        entry.leave_index()
        if self.entries.get(entry.key) is entry:
            self.entries.pop(entry.key, None)
        self._bury(entry)

    def _bury(self, entry: RamEntry) -> None:
        """Kill what cannot be found any more, though it waits in the queues for its turn."""
        self._dropped.append(entry.kill())
        self._expiry.dead += 1
        if self._order is not None:
            self._order.dead += 1

    def _tidy(self) -> None:
        """Let go of the dead in a queue once they are half as many as the living."""
        most = _SLACK + len(self.entries) // 2
        if self._expiry.dead > most:
            self._expiry.forget_dead()
        if self._order is not None and self._order.dead > most:
            self._order.forget_dead()

    def _discard(self, key: str) -> None:
        self._disown(key)
        self._tidy()

    def _discard_all(self) -> None:
        self._loads.overtake_all()
        self.begun.clear()
        entries = list(self.entries.values())
        for entry in entries:
            entry.leave_index()
        self.entries.clear()
        for entry in entries:
            self._dropped.append(entry.kill())
        self._expiry.clear()
        if self._order is not None:
            self._order.clear()

    def _count(self) -> int:
        now = self.clock()
        while self._expiry.next_expired(now) is not None:
            self._sweep(now)
        expiring = self._expiry.expiring(now)
        return len(self.entries) - sum(
            entry.expires <= now and self.entries.get(entry.key) is entry for entry in expiring
        )
