"""This is where a wrapper's way past the loader, into the RAM client itself, is opened and closed.

A wrapper asks `ram` in its globals before anything else. While its client is a RAM client, that is the
index of its entries; else it is `CLOSED`, which holds nothing. Any change of the registry closes every
shortcut before it returns, and each function opens its own again when it next looks its client up.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, final

from typing_extensions import TypeIs

from typed_cache.factory import CHANGES
from typed_cache.loading import Health, Target

if TYPE_CHECKING:
    from typed_cache.clients._ram_index import RamIndex
    from typed_cache.clients._ram_store import RamStore

__all__ = ["CLOSED", "Shortcut"]

_NOTHING: Final[dict[object, None]] = {}
CLOSED: Final = (_NOTHING.get, None, None)
"""What `ram` is for a function whose client is no RAM client, or not looked up yet."""


@final
class Shortcut:
    """The entry `ram` in the globals of one wrapper."""

    __slots__ = ("__weakref__", "_expire", "_health", "_index", "_name", "_namespace")

    def __init__(self, expire: timedelta | None, health: Health) -> None:
        self._expire = expire
        self._health = health
        self._index: RamIndex[Any] | None = None
        self._namespace: dict[str, Any] = {}
        self._name = ""

    def lead_from(self, namespace: dict[str, Any], name: str) -> None:
        """Serve the wrapper whose globals these are; `name` is what its source calls `ram`."""
        self._namespace, self._name = namespace, name

    def open(self, target: Target[Any], change: int) -> None:
        """Lead to `target` if that is in RAM, and the registry has not changed since it was `change`."""
        store = target.store
        if not _is_ram(store) or not self._name:
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
        self._namespace[self._name] = CLOSED
        self._health.hits_elsewhere = None
        if index is not None:
            self._health.counters.hits += index.close()

    def _lead_to(self, index: "RamIndex[Any]") -> None:
        self.close()
        self._index = index
        self._health.hits_elsewhere = index.hits
        self._namespace[self._name] = index.way_in


def _is_ram(store: object) -> "TypeIs[RamStore[Any]]":
    """Ask by name: who has no RAM client need not load one to learn that."""
    kind = type(store)
    return (kind.__module__, kind.__name__) == ("typed_cache.clients._ram_store", "RamStore")
