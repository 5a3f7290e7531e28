"""This is where a client is asked for its store: the one it offers, or one over its three methods."""

import inspect
from typing import Any, Final

from typing_extensions import TypeIs

from typed_cache.client import (
    AsyncCacheClient,
    AsyncEntryStore,
    CacheClient,
    EntryClient,
    EntryStore,
    ResultType,
)
from typed_cache.clients._minimal import AsyncMinimalStore, MinimalStore

__all__ = ["async_entries_of", "entries_of"]

_METHODS: Final = ("from_cache", "to_cache", "invalidate_cache")


def entries_of(client: CacheClient[Any], result: ResultType) -> EntryStore[Any]:
    """Return `client` as a function that returns `result` sees it.

    Raises:
        SerializerNotFoundError: The client cannot carry that type.
    """
    return client.entries(result) if _offers_entries(client) else MinimalStore(client)


def async_entries_of(client: AsyncCacheClient[Any], result: ResultType) -> AsyncEntryStore[Any]:  # noqa: ARG001  # no async client offers a store of its own yet
    """Return an async `client` as a coroutine function that returns `result` sees it."""
    return AsyncMinimalStore(client)


def _offers_entries(client: object) -> TypeIs[EntryClient]:
    """Whether `entries` is our capability, not an attribute of somebody's own that shares the name."""
    if not callable(getattr(type(client), "entries", None)) or not isinstance(client, EntryClient):
        return False
    try:
        inspect.signature(client.entries).bind(ResultType(None))
    except (TypeError, ValueError):
        return False
    return not any(_is_newer(method, client) for method in _METHODS)


def _is_newer(method: str, client: object) -> bool:
    """Whether somebody put a method of their own over that of the class that has `entries`.

    A subclass that counts, renames or logs what passes its three methods is to be asked through them.
    """
    if method in getattr(client, "__dict__", {}):
        return True
    line = type(client).__mro__
    own = next((rank for rank, cls in enumerate(line) if method in vars(cls)), len(line))
    return own < next((rank for rank, cls in enumerate(line) if "entries" in vars(cls)), len(line))
