"""The client that keeps entries in any mapping: a dict, a `cachetools` cache, a `diskcache.Cache`."""

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, Generic, final

from typing_extensions import TypeVar

from typed_cache.client import UNANNOTATED, Claim, Entry, Miss, ResultType
from typed_cache.clients._many import drop_each, put_each, read_each
from typed_cache.clients._mapping_items import MappingItems, StringMapping
from typed_cache.clients._ram_values import Isolation, ValueForm, form_for
from typed_cache.expire import check_expire

__all__ = ["MappingClient"]

T = TypeVar("T", default=Any)


class MappingClient(Generic[T]):
    """Entries in a mapping of yours, from which it decides what to evict.

    An entry stands there with its times, so that it expires on time whatever the mapping does of its own;
    one that has expired is taken out when it is asked for. Give a mapping to one client only: its lock is
    what makes a mapping safe to share between threads, and its memory is what refuses an overtaken value.
    Values are copied on the way in and out, as in `CacheClientRam`.

    `blocking=True` says that the mapping waits for a disk or a network, so that coroutine functions ask it in
    a thread. `clock` gives seconds; the default is wall time, which a mapping on disk needs.

    >>> shelf: dict[str, object] = {}
    >>> client = MappingClient[str](shelf)
    >>> client.to_cache("LHR", "London", timedelta(hours=1))
    >>> client.from_cache("LHR"), "LHR" in shelf
    ('London', True)
    """

    def __init__(
        self,
        mapping: StringMapping,
        *,
        blocking: bool = False,
        isolation: Isolation = "copy",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._items = MappingItems(mapping, clock)
        self._blocking = blocking
        self._isolation: Isolation = isolation
        self._plain: MappingStore[T] = self._store(ResultType(UNANNOTATED), version=None)

    def entries(self, result: ResultType, /) -> "MappingStore[Any]":
        """Return this client as a function with that return type sees it."""
        return self._store(result, result.version)

    def _store(self, result: ResultType, version: str | None) -> "MappingStore[Any]":
        form = form_for(result, None, self._isolation)
        return MappingStore(self._items, form, blocking=self._blocking, version=version)

    def from_cache(self, key: str) -> T | None:
        """Return the value stored under `key`; None where there is none, or None is the value.

        Raises:
            BackendError: The mapping failed.

        >>> MappingClient[int]({}).from_cache("absent") is None
        True
        """
        value = self._plain.read(key)
        return None if isinstance(value, Miss) else value

    def to_cache(self, key: str, value: T, expire: timedelta | None) -> None:
        """Store `value` for `expire`; None keeps it as long as the mapping does.

        The value of a load that is under way will not replace it.

        Raises:
            ExpireError: `expire` is not between 0 and ten years.
            BackendError: The mapping failed.

        >>> client = MappingClient[int]({})
        >>> client.to_cache("answer", 42, timedelta(minutes=5))
        >>> client.from_cache("answer")
        42
        """
        self._plain.put(key, value, expire)

    def invalidate_cache(self, key: str) -> None:
        """Drop the value stored under `key`, and refuse those of loads that are under way.

        Raises:
            BackendError: The mapping failed.

        >>> client = MappingClient[int]({})
        >>> client.to_cache("answer", 42, None)
        >>> client.invalidate_cache("answer")
        >>> client.from_cache("answer") is None
        True
        """
        self._plain.invalidate(key)

    def from_cache_many(self, keys: Iterable[str]) -> dict[str, T]:
        """Return the values stored under `keys`; a key without one is left out, a None is a value.

        Raises:
            PartialFailureError: The mapping failed on some keys; `found` has the values of the others.

        >>> client = MappingClient[int]({})
        >>> client.to_cache_many({"a": 1, "b": 2}, None)
        >>> client.from_cache_many(["b", "c"])
        {'b': 2}
        """
        return read_each(self._plain.read, keys)

    def to_cache_many(
        self, values: Mapping[str, T] | Iterable[tuple[str, T]], expire: timedelta | None
    ) -> None:
        """Store each value for `expire`, as `to_cache` does; of two under one key the last.

        Raises:
            ExpireError: `expire` is not between 0 and ten years; nothing was stored.
            PartialFailureError: The mapping failed on some keys; the others are stored.
        """
        put_each(self._plain.put, values, expire)

    def invalidate_cache_many(self, keys: Iterable[str]) -> None:
        """Drop the values stored under `keys`, and refuse those of loads that are under way.

        Raises:
            PartialFailureError: The mapping failed on some keys; the others are dropped.
        """
        drop_each(self._plain.invalidate, keys)


@final
class MappingStore(Generic[T]):
    """An `EntryStore` over a client's items; `form` is how values of this type are kept, None as they are.

    It finds the entries of its own `version`, or with None those of any.
    """

    def __init__(
        self, items: MappingItems, form: ValueForm[T] | None, *, blocking: bool, version: str | None
    ) -> None:
        self._items = items
        self._form = form
        self._version = version
        self.blocking: bool = blocking

    def key_for(self, key: str, /) -> str:
        """Return `key`: a mapping takes any."""
        return key

    def read(self, key: str, /) -> T | Miss:
        """Return the fresh value, the caller's to change, or why there is none."""
        stored = self._items.get(key, self._version)
        if isinstance(stored, Miss):
            return stored
        return self._given(key, stored[-1])

    def entry(self, key: str, /) -> Entry[T] | None:
        """Return the value with its age; None where there is none."""
        stored = self._items.get(key, self._version)
        if isinstance(stored, Miss):
            return None
        _, created, expires, kept = stored
        value = self._given(key, kept)
        if isinstance(value, Miss):
            return None
        now = self._items.clock()
        left = None if expires is None else timedelta(seconds=expires - now)
        return Entry(value, age=timedelta(seconds=max(0.0, now - created)), fresh_for=left)

    def claim(self, key: str, /) -> Claim:
        """Note that a load begins now; nothing is kept of it."""
        return self._items.claim(key)

    def write(self, key: str, value: T, expire: timedelta | None, claim: Claim, /) -> bool:
        """Store `value`, unless `key` was invalidated or written since `claim`; then False."""
        return self._items.put(key, self._kept(key, value), check_expire(expire), claim, self._version or "")

    def put(self, key: str, value: T, expire: timedelta | None) -> None:
        """Store `value` whatever stands there, and refuse the values of loads that are under way."""
        kept = self._kept(key, value)
        self._items.put(key, kept, check_expire(expire), None, self._version or "")

    def invalidate(self, key: str, /) -> None:
        """Drop the entry, and refuse the values of loads that are under way."""
        self._items.drop(key)

    def _kept(self, key: str, value: T) -> object:
        return value if self._form is None else self._form.keep(key, value)

    def _given(self, key: str, kept: T) -> T | Miss:
        return kept if self._form is None else self._form.give(key, kept)
