"""The protocols that clients and serializers speak; no behaviour lives here.

A client of your own needs the three methods of `CacheClient` and nothing else. The built-in ones also
offer `EntryClient`: from it a decorated function gets an `EntryStore`, which knows the type it serves,
tells a cached None from a miss, and refuses a value that an invalidation overtook.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Generic, NewType, Protocol, TypeVar, final, runtime_checkable

from typing_extensions import override

__all__ = [
    "UNANNOTATED",
    "AdaptiveSerializer",
    "AsyncCacheClient",
    "AsyncEntryStore",
    "BoundSerializer",
    "CacheClient",
    "Claim",
    "Entry",
    "EntryClient",
    "EntryStore",
    "ManyClient",
    "Miss",
    "ResultType",
    "Serializer",
]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class CacheClient(Protocol[T]):
    """What a cache client of your own has to offer.

    None from `from_cache` means "no value", so a client that offers only this does not cache None.

    >>> class Shelf:
    ...     def __init__(self) -> None:
    ...         self._values: dict[str, int] = {}
    ...     def from_cache(self, key: str) -> int | None:
    ...         return self._values.get(key)
    ...     def to_cache(self, key: str, value: int, expire: timedelta | None) -> None:
    ...         self._values[key] = value
    ...     def invalidate_cache(self, key: str) -> None:
    ...         self._values.pop(key, None)
    >>> client: CacheClient[int] = Shelf()
    """

    def from_cache(self, key: str) -> T | None:
        """Return the value stored under `key`, or None where there is none."""
        ...

    def to_cache(self, key: str, value: T, expire: timedelta | None) -> None:
        """Store `value` for `expire`; None keeps it as long as the backend keeps anything."""

    def invalidate_cache(self, key: str) -> None:
        """Drop the value stored under `key`; a key that holds none is no error."""


@runtime_checkable
class ManyClient(Protocol[T]):
    """Capability: a client that takes many keys in one call; every built-in client has it.

    Keys and values are taken once, so a generator will do, and all keys are checked before anything is done.
    One bad value or one dead server costs its own keys only: the rest is done, then `PartialFailureError`
    is raised with the error of each key that failed.

    >>> class Shelf:
    ...     def __init__(self) -> None:
    ...         self._values: dict[str, int] = {}
    ...     def from_cache_many(self, keys: Iterable[str]) -> dict[str, int]:
    ...         return {key: self._values[key] for key in keys if key in self._values}
    ...     def to_cache_many(
    ...         self, values: Mapping[str, int] | Iterable[tuple[str, int]], expire: timedelta | None
    ...     ) -> None:
    ...         self._values.update(values)
    ...     def invalidate_cache_many(self, keys: Iterable[str]) -> None:
    ...         for key in keys:
    ...             self._values.pop(key, None)
    >>> client: ManyClient[int] = Shelf()
    """

    def from_cache_many(self, keys: Iterable[str]) -> dict[str, T]:
        """Return the values that are stored, by key; a key without one is left out, a None is a value."""
        ...

    def to_cache_many(
        self, values: Mapping[str, T] | Iterable[tuple[str, T]], expire: timedelta | None
    ) -> None:
        """Store each value for `expire`; None keeps it as long as the backend keeps anything."""

    def invalidate_cache_many(self, keys: Iterable[str]) -> None:
        """Drop the values stored under `keys`; a key that holds none is no error."""


class AsyncCacheClient(Protocol[T]):
    """`CacheClient` with coroutine methods, for coroutine functions only.

    >>> class Shelf:
    ...     def __init__(self) -> None:
    ...         self._values: dict[str, int] = {}
    ...     async def from_cache(self, key: str) -> int | None:
    ...         return self._values.get(key)
    ...     async def to_cache(self, key: str, value: int, expire: timedelta | None) -> None:
    ...         self._values[key] = value
    ...     async def invalidate_cache(self, key: str) -> None:
    ...         self._values.pop(key, None)
    >>> client: AsyncCacheClient[int] = Shelf()
    """

    async def from_cache(self, key: str) -> T | None:
        """Return the value stored under `key`, or None where there is none."""
        ...

    async def to_cache(self, key: str, value: T, expire: timedelta | None) -> None:
        """Store `value` for `expire`; None keeps it as long as the backend keeps anything."""

    async def invalidate_cache(self, key: str) -> None:
        """Drop the value stored under `key`; a key that holds none is no error."""


class Serializer(Protocol[T]):
    """Turns values of one type into bytes and back.

    Either method may raise anything: a decorated function counts the failure and goes on uncached.

    >>> class Digits:
    ...     def dumps(self, value: int, /) -> bytes:
    ...         return str(value).encode()
    ...     def loads(self, data: bytes, /) -> int:
    ...         return int(data)
    >>> serializer: Serializer[int] = Digits()
    """

    def dumps(self, value: T, /) -> bytes:
        """Return `value` as bytes."""
        ...

    def loads(self, data: bytes, /) -> T:
        """Return the value that `data` stands for, or raise; never a value of another type."""
        ...


@runtime_checkable
class AdaptiveSerializer(Protocol):
    """Capability: a serializer that makes one for a function's return type."""

    def for_type(self, annotation: object, /) -> Serializer[Any]:
        """Return a serializer that reads and writes `annotation`.

        Raises:
            SerializerNotFoundError: The type, or a part of it, cannot be carried.
        """
        ...


@runtime_checkable
class BoundSerializer(Protocol[T]):
    """Capability: a serializer whose bytes are valid in one place only (a signed one).

    `context` is that place: the namespace, the key and the header of the entry.
    """

    def dumps_bound(self, value: T, context: bytes, /) -> bytes:
        """Return `value` as bytes that only the same `context` opens."""
        ...

    def loads_bound(self, data: bytes, context: bytes, /) -> T:
        """Return the value, or raise where `data` was not made for `context`."""
        ...


class _Unannotated:
    """The type of `UNANNOTATED`."""

    @override
    def __repr__(self) -> str:
        return "UNANNOTATED"


UNANNOTATED: Final = _Unannotated()
"""Stands for the return type of a function that declares none."""


@final
@dataclass(frozen=True, slots=True)
class ResultType:
    """What a decorated function promises to return, as a client needs to know it."""

    annotation: object
    """The resolved return annotation (for a coroutine function, of what it yields), or `UNANNOTATED`."""

    function: str = ""
    """The function's dotted name, for messages."""

    version: str = ""
    """The decorator's `version=`, a part of the fingerprint: a change of it makes every entry a miss."""


# No slots: with them, `Entry[int](...)` fails on 3.11, where typing notes the type on the instance.
@final
@dataclass(frozen=True)
class Entry(Generic[T_co]):
    """A cached value and how old it is.

    >>> Entry("Ada", age=timedelta(seconds=5), fresh_for=timedelta(seconds=55)).is_fresh
    True
    """

    value: T_co
    age: timedelta
    """Time since the value was stored."""

    fresh_for: timedelta | None
    """Time until it expires, negative where it has; None where it never does."""

    @property
    def is_fresh(self) -> bool:
        """Whether a call would be served this value."""
        return self.fresh_for is None or self.fresh_for > timedelta(0)


@final
@dataclass(frozen=True, slots=True)
class Miss:
    """What `EntryStore.read` returns in place of a value: a cached None is no miss.

    `reason` is one word fit for a counter: "absent", "expired", or why an entry that was there could not
    be used ("fingerprint", "checksum", "key", "format", "decode", "claimed").
    """

    reason: str = "absent"


Claim = NewType("Claim", object)
"""Proof of when a load began; opaque to everyone but the store that issued it."""


class EntryStore(Protocol[T]):
    """A client as one decorated function sees it: entries of one type, stores that can be refused.

    Methods raise `BackendError` where the backend fails, `SerializationError` where a value cannot be
    written. Faults in what was read are a `Miss`, never an exception.
    """

    @property
    def blocking(self) -> bool:
        """Whether a call may wait for a network or a disk; coroutine functions then use a thread."""
        ...

    def key_for(self, key: str, /) -> str:
        """Return `key` as this client stores it: shortened to a digest where it is too long."""
        ...

    def read(self, key: str, /) -> T | Miss:
        """Return the fresh value stored under `key`, the caller's to change, or why there is none."""
        ...

    def entry(self, key: str, /) -> Entry[T] | None:
        """Return the value with its age; None where there is none."""
        ...

    def claim(self, key: str, /) -> Claim:
        """Note that a load of `key` begins now."""
        ...

    def write(self, key: str, value: T, expire: timedelta | None, claim: Claim, /) -> bool:
        """Store `value`, unless `key` was invalidated or written by others since `claim`; then False."""
        ...

    def invalidate(self, key: str, /) -> None:
        """Drop the entry, and refuse the values of loads that are under way."""


class AsyncEntryStore(Protocol[T]):
    """`EntryStore` with coroutine methods: an async client as one coroutine function sees it."""

    @property
    def blocking(self) -> bool:
        """False: its methods are awaited."""
        ...

    def key_for(self, key: str, /) -> str:
        """Return `key` as this client stores it."""
        ...

    async def read(self, key: str, /) -> T | Miss:
        """Return the fresh value stored under `key`, or why there is none."""
        ...

    async def entry(self, key: str, /) -> Entry[T] | None:
        """Return the value with its age; None where there is none."""
        ...

    async def claim(self, key: str, /) -> Claim:
        """Note that a load of `key` begins now."""
        ...

    async def write(self, key: str, value: T, expire: timedelta | None, claim: Claim, /) -> bool:
        """Store `value`, unless `key` was invalidated or written by others since `claim`; then False."""
        ...

    async def invalidate(self, key: str, /) -> None:
        """Drop the entry, and refuse the values of loads that are under way."""


@runtime_checkable
class EntryClient(Protocol):
    """Capability: a client that keeps whole entries; every built-in client has it."""

    def entries(self, result: ResultType, /) -> EntryStore[Any]:
        """Return this client as a function with that return type sees it.

        Raises:
            SerializerNotFoundError: The type cannot be carried to where this client stores it.
        """
        ...
