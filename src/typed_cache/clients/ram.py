"""The client that keeps entries in this process."""

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, Generic, get_args

from typing_extensions import TypeVar, override

from typed_cache.client import UNANNOTATED, Miss, ResultType, Serializer
from typed_cache.clients._many import drop_each, put_each, read_each
from typed_cache.clients._ram_store import RamStore
from typed_cache.clients._ram_table import RamTable
from typed_cache.clients._ram_values import Isolation, form_for

__all__ = ["CacheClientRam"]

T = TypeVar("T", default=Any)


class CacheClientRam(Generic[T]):
    """Entries in this process, at most `max_entries`; None for no bound.

    A full cache evicts by S3-FIFO: what was never read since it was stored goes first, what is read often
    stays. Expired entries are taken out by later writes. A hit takes no lock. Safe to share between threads,
    in finalizers and signal handlers, and to use after fork.

    What a caller does to a value never reaches the next caller: a function's results are copied on the way in
    and out, as deep as its return type is mutable and no deeper; an `int`, a `str`, a frozen dataclass of
    these is shared at no cost. `isolation="none"` shares everything. A value that no annotation describes
    (`from_cache`, a function without one) is shared as well. With a `serializer` its bytes are kept, and
    decoded at every hit.

    `clock` gives seconds and decides what has expired; it should never run backwards.

    Raises:
        ValueError: `max_entries` is less than 1, or `isolation` is neither "copy" nor "none".

    >>> cities = CacheClientRam[str](max_entries=1000)
    >>> cities.to_cache("LHR", "London", timedelta(hours=1))
    >>> cities.from_cache("LHR"), cities.from_cache("CDG")
    ('London', None)
    """

    def __init__(
        self,
        max_entries: int | None = 10_000,
        *,
        serializer: Serializer[T] | None = None,
        isolation: Isolation = "copy",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if max_entries is not None and max_entries < 1:
            raise ValueError(
                f"max_entries is {max_entries}: write at least 1, or None for no bound. "
                "A NullClient keeps nothing."
            )
        if isolation not in get_args(Isolation):
            raise ValueError(f'isolation is {isolation!r}: write "copy" or "none"')
        self._serializer = serializer
        self._isolation: Isolation = isolation
        self._table = RamTable(max_entries, clock)
        self._plain: RamStore[T] = self._store(ResultType(UNANNOTATED), version=None)

    @override
    def __repr__(self) -> str:
        bound = self._table.max_entries
        return f"<{type(self).__name__} {len(self)} entries{'' if bound is None else f' of at most {bound}'}>"

    def __len__(self) -> int:
        """Return how many entries are served; those that have expired do not count.

        >>> len(CacheClientRam[int]())
        0
        """
        return self._table.count()

    def __bool__(self) -> bool:
        """A client is true, empty or not: `client or other` asks whether there is one."""
        return True

    def entries(self, result: ResultType, /) -> RamStore[Any]:
        """Return this client as a function with that return type sees it.

        Raises:
            SerializerNotFoundError: The client's serializer cannot carry the type.
        """
        return self._store(result, result.version)

    def _store(self, result: ResultType, version: str | None) -> RamStore[Any]:
        return RamStore(self._table, form_for(result, self._serializer, self._isolation), version)

    def from_cache(self, key: str) -> T | None:
        """Return the value stored under `key`; None where there is none, or None is the value.

        >>> CacheClientRam[int]().from_cache("absent") is None
        True
        """
        value = self._plain.read(key)
        return None if isinstance(value, Miss) else value

    def to_cache(self, key: str, value: T, expire: timedelta | None) -> None:
        """Store `value` for `expire`; None keeps it until the room is needed.

        The value of a load that is under way will not replace it.

        Raises:
            ExpireError: `expire` is not between 0 and ten years.
            SerializationError: The client's serializer cannot write the value.

        >>> client = CacheClientRam[int]()
        >>> client.to_cache("answer", 42, timedelta(minutes=5))
        >>> client.from_cache("answer")
        42
        """
        self._plain.put(key, value, expire)

    def invalidate_cache(self, key: str) -> None:
        """Drop the value stored under `key`, and refuse those of loads that are under way.

        >>> client = CacheClientRam[int]()
        >>> client.to_cache("answer", 42, None)
        >>> client.invalidate_cache("answer")
        >>> client.from_cache("answer") is None
        True
        """
        self._plain.invalidate(key)

    def from_cache_many(self, keys: Iterable[str]) -> dict[str, T]:
        """Return the values stored under `keys`; a key without one is left out, a None is a value.

        >>> client = CacheClientRam[int]()
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
            PartialFailureError: Some values could not be written; the others are stored.
        """
        put_each(self._plain.put, values, expire)

    def invalidate_cache_many(self, keys: Iterable[str]) -> None:
        """Drop the values stored under `keys`, and refuse those of loads that are under way."""
        drop_each(self._plain.invalidate, keys)

    def clear(self) -> None:
        """Drop every value, and refuse those of loads that are under way.

        >>> client = CacheClientRam[int]()
        >>> client.to_cache("answer", 42, None)
        >>> client.clear()
        >>> len(client)
        0
        """
        self._table.clear()
