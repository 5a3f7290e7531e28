"""Small clients that tests write themselves, as a user would."""

from collections import Counter
from datetime import timedelta
from typing import Generic, TypeVar

T = TypeVar("T")


class Shelf(Generic[T]):
    """The three methods over a dict, and a count of how often each was called."""

    def __init__(self) -> None:
        self.values: dict[str, T] = {}
        self.expires: dict[str, timedelta | None] = {}
        self.calls: Counter[str] = Counter()

    def from_cache(self, key: str) -> T | None:
        self.calls["read"] += 1
        return self.values.get(key)

    def to_cache(self, key: str, value: T, expire: timedelta | None) -> None:
        self.calls["write"] += 1
        self.values[key], self.expires[key] = value, expire

    def invalidate_cache(self, key: str) -> None:
        self.calls["invalidate"] += 1
        self.values.pop(key, None)


class AsyncShelf(Generic[T]):
    """`Shelf` with coroutine methods."""

    def __init__(self) -> None:
        self.values: dict[str, T] = {}

    async def from_cache(self, key: str) -> T | None:
        return self.values.get(key)

    async def to_cache(self, key: str, value: T, expire: timedelta | None) -> None:
        self.values[key] = value

    async def invalidate_cache(self, key: str) -> None:
        self.values.pop(key, None)


class Broken(Generic[T]):
    """A client whose backend is down."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error or ConnectionRefusedError("no server")

    def from_cache(self, key: str) -> T | None:
        raise self.error

    def to_cache(self, key: str, value: T, expire: timedelta | None) -> None:
        raise self.error

    def invalidate_cache(self, key: str) -> None:
        raise self.error
