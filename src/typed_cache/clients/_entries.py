"""This is where a client is asked for its store: the one it offers, or one over its three methods."""

import inspect
from typing import Any

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
    return True
