"""Three methods make a client; nothing is inherited."""

from datetime import timedelta
from typing import assert_type

from typed_cache import (
    AsyncCacheClient,
    Cache,
    CacheClient,
    CacheClientFactory,
    CacheClientMemcached,
    CacheClientRam,
    ClientKey,
    ManyClient,
    MappingClient,
    NullClient,
)


class Shelf:
    def __init__(self) -> None:
        self._values: dict[str, int] = {}

    def from_cache(self, key: str) -> int | None:
        return self._values.get(key)

    def to_cache(self, key: str, value: int, expire: timedelta | None) -> None:
        self._values[key] = value

    def invalidate_cache(self, key: str) -> None:
        self._values.pop(key, None)


class AsyncShelf:
    async def from_cache(self, key: str) -> int | None:
        return len(key)

    async def to_cache(self, key: str, value: int, expire: timedelta | None) -> None:
        pass

    async def invalidate_cache(self, key: str) -> None:
        pass


shelf: CacheClient[int] = Shelf()
async_shelf: AsyncCacheClient[int] = AsyncShelf()
NUMBERS = ClientKey[int]("numbers")
factory = CacheClientFactory()
factory.register(NUMBERS, Shelf())


@Cache(key="square_{n}", client=Shelf())
def square(n: int) -> int:
    return n * n


@Cache(key="cube_{n}", client=AsyncShelf())
async def cube(n: int) -> int:
    return n * n * n


def built_in() -> None:
    ram: CacheClient[int] = CacheClientRam[int](max_entries=None)
    memcached: CacheClient[int] = CacheClientMemcached[int].connect(["a:11211", "b:11211"], namespace="app:")
    mapping: CacheClient[int] = MappingClient[int]({})
    nothing: CacheClient[int] = NullClient()
    factory.register("ram", ram)
    factory.register("memcached", memcached)
    factory.register("mapping", mapping)
    factory.register("nothing", nothing)
    factory.register("untyped", CacheClientRam())
    factory.register("async", AsyncShelf())


def many() -> None:
    clients: list[ManyClient[int]] = [
        CacheClientRam[int](),
        CacheClientMemcached[int].connect("a"),
        MappingClient[int]({}),
        NullClient(),
    ]
    for client in clients:
        client.to_cache_many({"a": 1}, None)
        client.to_cache_many((("b", number) for number in range(3)), None)
        assert_type(client.from_cache_many(["a", "b"]), dict[str, int])
        client.invalidate_cache_many(key for key in "ab")


async def used() -> None:
    assert_type(square(2), int)
    assert_type(square.peek(2), int | None)
    assert_type(await cube(2), int)
    assert_type(factory[NUMBERS], CacheClient[int])
