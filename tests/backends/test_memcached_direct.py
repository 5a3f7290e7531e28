"""The client's own methods and decorated functions read each other's values, where the types allow it."""

import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from servers import MemcachedServer
from typed_cache import Cache, CacheClientMemcached, SerializerNotFoundError


@dataclass
class User:
    name: str


class Reprs:
    """A serializer of somebody's own."""

    def dumps(self, value: User, /) -> bytes:
        return value.name.encode()

    def loads(self, data: bytes, /) -> User:
        return User(data.decode())


@pytest.fixture(params=["derived", "given"])
def client(request: pytest.FixtureRequest, memcached: MemcachedServer) -> CacheClientMemcached[Any]:
    serializer = Reprs() if request.param == "given" else None
    return CacheClientMemcached.connect(memcached.address, serializer=serializer)


def test_what_a_function_stored_is_read_as_its_type(client: CacheClientMemcached[Any]) -> None:
    """`from_cache` with the key of a call gives the value of that call, not a dict of its fields."""

    @Cache(key="direct_{n}", client=client)
    def get_user(n: int) -> User:
        return User("Ada")

    get_user(1)
    assert client.from_cache(get_user.key_for(1)) == User("Ada")
    assert client.from_cache(get_user.key_for(2)) is None


def test_what_is_stored_directly_is_read_by_a_function(memcached: MemcachedServer) -> None:
    """If it decodes into the function's return type; else the function runs."""
    client = CacheClientMemcached[Any].connect(memcached.address)

    @Cache(key="warm_{n}", client=client)
    def get_user(n: int) -> User:
        return User("loaded")

    client.to_cache(get_user.key_for(1), {"name": "Grace"}, None)
    client.to_cache(get_user.key_for(2), {"nmae": "Grace"}, None)

    assert (get_user(1), get_user(2)) == (User("Grace"), User("loaded"))


def test_a_given_serializer_reads_both(memcached: MemcachedServer) -> None:
    """Its values are T's, however they were stored."""
    client = CacheClientMemcached[User].connect(memcached.address, serializer=Reprs())

    @Cache(key="given_{n}", client=client)
    def get_user(n: int) -> User:
        raise AssertionError("it is cached")

    client.to_cache(get_user.key_for(1), User("Grace"), None)
    assert get_user(1) == User("Grace")


def test_types_that_are_defined_further_down(memcached: MemcachedServer) -> None:
    """A return type may name, in itself or in a field, what does not exist yet when the decorator runs."""
    lines = [
        "from dataclasses import dataclass",
        "@dataclass",
        "class Order:",
        "    owner: 'Owner'",
        "@Cache(key='down_a_{n}', client=client)",
        "def inside(n: int) -> list['Owner']: return [Owner(n)]",
        "@Cache(key='down_b_{n}', client=client)",
        "def field(n: int) -> Order: return Order(Owner(n))",
        "@dataclass",
        "class Owner:",
        "    number: int",
    ]
    client = CacheClientMemcached[Any].connect(memcached.address)
    module = ModuleType("further_down")
    sys.modules[module.__name__] = module
    vars(module).update(Cache=Cache, client=client)
    try:
        exec("\n".join(lines), vars(module))
        for function in (module.inside, module.field):
            assert function(1) == function(1)
            assert (function.stats().hits, function.stats().errors) == (1, {})
    finally:
        del sys.modules[module.__name__]


def test_a_type_without_serializer_shows_at_import(memcached: MemcachedServer) -> None:
    """Where every name is known, nothing waits for the first call."""
    client = CacheClientMemcached[Any].connect(memcached.address)

    with pytest.raises(SerializerNotFoundError, match="complex"):

        @Cache(key="complex_{n}", client=client)
        def wrong(n: int) -> list[complex]:
            return [n * 1j]
