"""This is where a wrapper's way past the loader, into the RAM client itself, is opened and closed.

A wrapper asks `ram` in its globals before anything else. While its client is a RAM client, that leads to the
index of its entries; else it leads nowhere. Any change of the registry closes every shortcut before it
returns, and each function opens its own again when it next looks its client up.
"""

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, final

from typing_extensions import TypeIs

from typed_cache.factory import CHANGES
from typed_cache.loading import Health, Target

if TYPE_CHECKING:
    from typed_cache.clients._ram_index import RamIndex
    from typed_cache.clients._ram_store import RamStore

__all__ = ["Shortcut"]


@final
class _NoEntry:
    """What is found where there is no RAM client: an entry that has always been dead."""

    value: Final = None
    expires: Final = -math.inf


@final
class _NoEntries:
    """No entries at all; quicker to ask than a dict that would raise."""

    _dead: Final = _NoEntry()

    def __getitem__(self, place: object) -> _NoEntry:
        return self._dead


_NOWHERE: Final = (_NoEntries(), float, None)
"""For a function whose client is no RAM client, or not looked up yet; `float()` is the time that it is."""


@final
class Shortcut:
    """The globals `ram` and `ram_index` of one wrapper.

    `ram` is what a hit needs, and replaced in one piece: the entries by arguments, the clock, and unless
    callers share the values, how one is made the caller's own. `ram_index` is what a miss needs.
    """

    __slots__ = ("__weakref__", "_expire", "_globals", "_health", "_index", "_names", "_shared")

    def __init__(self, expire: timedelta | None, health: Health) -> None:
        self._expire = expire
        self._health = health
        self._index: RamIndex[Any] | None = None
        self._globals: dict[str, Any] | None = None
        self._names: tuple[str, str] = ("ram", "ram_index")
        self._shared = False

    def lead_from(self, namespace: dict[str, Any], names: Mapping[str, str], *, shared: bool) -> None:
        """Serve the wrapper with these globals; `names` says what its source calls them."""
        self._globals, self._names, self._shared = namespace, (names["ram"], names["ram_index"]), shared
        self.close()

    def open(self, target: Target[Any], change: int) -> None:
        """Lead to `target` if that is in RAM, and the registry has not changed since it was `change`."""
        store = target.store
        if not _is_ram(store) or self._globals is None:
            return
        index = store.index(
            self._expire,
            cache_none=target.policy.cache_none,
            counters=self._health.counters,
            failed=self._health.failed,
        )
        CHANGES.open(self, change, lambda: self._lead_to(index))

    def close(self) -> None:
        """Lead nowhere."""
        index, self._index = self._index, None
        self._set(_NOWHERE if not self._shared else _NOWHERE[:2], None)
        self._health.hits_elsewhere = None
        if index is not None:
            self._health.counters.hits += index.close()

    def _lead_to(self, index: "RamIndex[Any]") -> None:
        self.close()
        self._index = index
        self._health.hits_elsewhere = index.hits
        way = index.by_arguments, index.clock
        self._set(way if self._shared else (*way, index.give), index)

    def _set(self, ram: tuple[object, ...], index: "RamIndex[Any] | None") -> None:
        ram_name, index_name = self._names
        if self._globals is not None:
            self._globals[ram_name], self._globals[index_name] = ram, index


def _is_ram(store: object) -> "TypeIs[RamStore[Any]]":
    """Ask by name: who has no RAM client need not load one to learn that."""
    kind = type(store)
    return (kind.__module__, kind.__name__) == ("typed_cache.clients._ram_store", "RamStore")
