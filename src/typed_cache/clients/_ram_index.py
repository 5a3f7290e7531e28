"""This is where a decorated function finds its entries in RAM by its arguments, without building a key.

The entries stand in the table under their keys, as all others. Here they stand a second time, under the
arguments of one function, as long as they are alive: whatever takes an entry out of the table takes it out
of its index first. Only arguments of exact built-in types are looked up here, so that 1, True and 1.0 never
meet; entries of other arguments are `UNPLACED`.

A call that finds nothing announces its load with `begin` and ends it with `finish` or `abandon`. That is
`load` of `typed_cache.loading` in the one case where nothing can fail, block or wait. Where anything is
unusual, `begin` says so with None, and the call goes the general way.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, Generic, TypeVar, final

from typed_cache.clients._ram_entry import Origin, RamEntry
from typed_cache.clients._ram_table import RamTable
from typed_cache.clients._ram_values import ValueForm
from typed_cache.clients._read_once import PLAIN, refuse_read_once
from typed_cache.clients._unplaced import UNPLACED
from typed_cache.stats import Counters

__all__ = ["RamIndex"]

T = TypeVar("T")


@final
class RamIndex(Generic[T]):
    """One function's entries in a RAM client, by its arguments.

    `failed` is told of a value that could not be stored.
    """

    __slots__ = (
        "_begun",
        "_cache_none",
        "_counters",
        "_entries",
        "_failed",
        "_form",
        "_indexed",
        "_kind",
        "_table",
        "_unplaced",
        "by_arguments",
        "clock",
        "give",
    )

    def __init__(
        self,
        table: RamTable,
        form: ValueForm[T] | None,
        version: str,
        expire: timedelta | None,
        *,
        cache_none: bool,
        counters: Counters,
        failed: Callable[[str, Exception], object],
    ) -> None:
        by_arguments: dict[object, RamEntry] = {}
        copier = (None, None) if form is None else form.copier()
        kind, give = copier or (None, None)
        self._table = table
        self._form = form
        self._cache_none = cache_none
        self._counters = counters
        self._failed = failed
        self._begun = table.begun
        self._entries = table.entries
        self._unplaced = Origin(version, expire)
        self._indexed = Origin(version, expire, by_arguments) if copier else self._unplaced
        self._kind = kind
        self.give: Final = give
        """How a value is made the caller's own; it may raise. None where callers share it."""

        self.by_arguments: Final = by_arguments
        self.clock: Final = table.clock

    def begin(self, key: str, place: object) -> RamEntry | None:
        """Announce a load; None where there is a value, or another load of `key` is under way."""
        if key in self._begun:
            return None
        old = self._entries.get(key)
        if old is None:
            self._counters.absent += 1
        elif old.expires <= self.clock():
            self._counters.misses["expired"] += 1
        else:
            if place is not UNPLACED and old.origin.index is None:
                self._table.adopt(old, self._indexed, place)
            return None
        entry = RamEntry()
        entry.key = key
        entry.place = place
        entry.origin = self._unplaced if place is UNPLACED else self._indexed
        entry.uses = 0
        self._begun[key] = entry
        return entry

    def finish(self, entry: RamEntry, value: T) -> None:
        """Store what the load came to, unless an invalidation overtook it."""
        try:
            if value is None and not self._cache_none:
                self.abandon(entry)
                return
            if type(value) not in PLAIN:
                refuse_read_once(value)
            kept: object = value
            form = self._form
            if form is not None:
                kept = form.keep(entry.key, value)
                if self._kind is not None and type(kept) is not self._kind:
                    entry.origin = self._unplaced
            entry.value = kept
        except Exception as error:  # noqa: BLE001  # copying runs a class's own code, which may raise anything
            self.abandon(entry)
            self._failed("write", error)
            return
        now = self.clock()
        entry.expires = now + entry.origin.seconds
        if self._table.finish(entry, now):
            self._counters.stores += 1
        else:
            self.abandon(entry)
            self._counters.refused += 1

    def abandon(self, entry: RamEntry) -> None:
        """End a load that came to nothing."""
        if self._begun.get(entry.key) is entry:
            self._begun.pop(entry.key, None)

    def hits(self) -> int:
        """Return how many calls found their entry here."""
        return self._table.hits(self._indexed)

    def close(self) -> int:
        """Be found by nobody any more; return the hits. The entries stay in the table, for the next index."""
        hits = self.hits()
        self._indexed.index = None
        return hits
