"""The Memcached client against a real server, over every kind of pymemcache client and over `connect`."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from pymemcache.client.base import Client, PooledClient
from pymemcache.client.hash import HashClient
from pymemcache.client.retrying import RetryingClient

from servers import MemcachedServer
from typed_cache.client import EntryStore, Miss, ResultType
from typed_cache.clients.memcached import CacheClientMemcached
from typed_cache.errors import KeyValueError, SerializationError, ValueTooLargeError
from typed_cache.serializers import MsgpackSerializer

MINUTE = timedelta(minutes=1)

Make = Callable[[MemcachedServer], CacheClientMemcached[Any]]

MAKERS: dict[str, Make] = {
    "connect": lambda server: CacheClientMemcached.connect(server.address),
    "client": lambda server: CacheClientMemcached(Client(server.pair, timeout=2)),
    "pooled": lambda server: CacheClientMemcached(PooledClient(server.pair, timeout=2, max_pool_size=4)),
    "hash": lambda server: CacheClientMemcached(HashClient([server.pair], timeout=2)),
    "hash-pooled": lambda server: CacheClientMemcached(HashClient([server.pair], use_pooling=True)),
    "retrying": lambda server: CacheClientMemcached(RetryingClient(Client(server.pair, timeout=2))),
    "prefixed": lambda server: CacheClientMemcached(Client(server.pair, key_prefix=b"p:"), namespace="n:"),
}


@pytest.fixture(params=MAKERS.values(), ids=MAKERS.keys())
def client(request: pytest.FixtureRequest, memcached: MemcachedServer) -> Iterator[CacheClientMemcached[Any]]:
    make: Make = request.param
    with make(memcached) as made:
        yield made


@pytest.fixture
def store(client: CacheClientMemcached[Any]) -> EntryStore[dict[str, int]]:
    return client.entries(ResultType(dict[str, int], "app.counts"))


def test_a_value_comes_back(client: CacheClientMemcached[Any]) -> None:
    """What was stored is read, and what was not is None."""
    client.to_cache("k", {"a": [1, None, "x", b"y", 2.5, True]}, MINUTE)

    assert client.from_cache("k") == {"a": [1, None, "x", b"y", 2.5, True]}
    assert client.from_cache("other") is None


def test_invalidate_removes(client: CacheClientMemcached[Any]) -> None:
    """An invalidated value is gone, and invalidating nothing is no error."""
    client.to_cache("k", 1, None)
    client.invalidate_cache("k")
    client.invalidate_cache("k")

    assert client.from_cache("k") is None


def test_a_cached_none_is_no_miss(store: EntryStore[Any], client: CacheClientMemcached[Any]) -> None:
    """A store tells None from nothing."""
    optional = client.entries(ResultType(int | None))
    optional.write("k", None, MINUTE, optional.claim("k"))

    assert optional.read("k") is None
    assert store.read("absent") == Miss("absent")


def test_a_claim_lets_its_value_in(store: EntryStore[dict[str, int]]) -> None:
    """A load that nobody overtook stores its value."""
    claim = store.claim("k")

    assert store.read("k") == Miss("claimed")
    assert store.write("k", {"a": 1}, MINUTE, claim)
    assert store.read("k") == {"a": 1}


def test_an_entry_has_its_age(store: EntryStore[dict[str, int]]) -> None:
    """`entry` gives the value with its times, and None for what is not there."""
    store.write("k", {"a": 1}, MINUTE, store.claim("k"))
    entry = store.entry("k")

    assert entry is not None
    assert entry.value == {"a": 1}
    assert entry.is_fresh
    assert timedelta(0) <= entry.age < MINUTE
    assert store.entry("absent") is None


@pytest.mark.parametrize("overtake", ["invalidate_cache", "to_cache", "clear"])
def test_a_claim_that_was_overtaken_is_refused(
    store: EntryStore[dict[str, int]], client: CacheClientMemcached[Any], overtake: str
) -> None:
    """A value computed before an invalidation, a direct write or a clear is not stored after it."""
    claim = store.claim("k")
    arguments = {"invalidate_cache": ("k",), "to_cache": ("k", 9, MINUTE), "clear": ()}
    getattr(client, overtake)(*arguments[overtake])

    assert store.write("k", {"old": 1}, MINUTE, claim) is False
    assert isinstance(store.read("k"), Miss)


def test_the_second_of_two_loaders_is_refused(store: EntryStore[dict[str, int]]) -> None:
    """Two loads began before either ended: the first to write wins."""
    first, second = store.claim("k"), store.claim("k")

    assert store.write("k", {"second": 2}, MINUTE, second)
    assert not store.write("k", {"first": 1}, MINUTE, first)
    assert store.read("k") == {"second": 2}


def test_a_claim_over_an_old_entry_replaces_it(store: EntryStore[dict[str, int]]) -> None:
    """A reload of a key that holds a value stores the new one."""
    store.write("k", {"a": 1}, MINUTE, store.claim("k"))

    assert store.write("k", {"a": 2}, MINUTE, store.claim("k"))
    assert store.read("k") == {"a": 2}


def test_clear_reaches_every_process_and_no_neighbour(memcached: MemcachedServer) -> None:
    """`clear()` empties a namespace for all its clients, and leaves others what they have."""
    ours, theirs = (
        CacheClientMemcached[int].connect(memcached.address, namespace=name) for name in ("a:", "b:")
    )
    elsewhere = CacheClientMemcached[int].connect(memcached.address, namespace="a:")
    for client in (ours, theirs):
        client.to_cache("k", 1, None)
    assert elsewhere.from_cache("k") == 1

    ours.clear()

    assert elsewhere.from_cache("k") is None
    assert theirs.from_cache("k") == 1
    elsewhere.to_cache("k", 2, None)
    assert ours.from_cache("k") == 2


def test_a_put_after_a_clear_elsewhere_is_stored(memcached: MemcachedServer) -> None:
    """A client that has not heard of another's clear still stores what it is given."""
    one, other = (CacheClientMemcached[int].connect(memcached.address) for _ in range(2))
    one.to_cache("k", 1, None)
    other.clear()
    one.to_cache("k", 2, None)

    assert one.from_cache("k") == 2


def test_namespaces_that_spell_the_same_key_stay_apart(memcached: MemcachedServer) -> None:
    """Namespace "app" with "1x" is not "app1" with "x", though both are one item to memcached."""
    one = CacheClientMemcached[str].connect(memcached.address, namespace="app")
    other = CacheClientMemcached[str].connect(memcached.address, namespace="app1")
    one.to_cache("1x", "one", None)

    assert other.from_cache("x") is None


def test_two_types_do_not_share_an_entry(client: CacheClientMemcached[Any]) -> None:
    """An entry written for one return type is a miss for another."""
    numbers, texts = client.entries(ResultType(list[int])), client.entries(ResultType(list[str]))
    numbers.write("k", [], MINUTE, numbers.claim("k"))

    assert texts.read("k") == Miss("fingerprint")


def test_a_given_serializer_writes_the_bytes(memcached: MemcachedServer) -> None:
    """A client with a serializer stores that one's bytes."""

    class Upper:
        def dumps(self, value: str, /) -> bytes:
            return value.upper().encode()

        def loads(self, data: bytes, /) -> str:
            return data.decode()

    with CacheClientMemcached(Client(memcached.pair), Upper()) as client:
        client.to_cache("k", "quiet", None)

        assert client.from_cache("k") == "QUIET"
    assert b"QUIET" in memcached.ask(b"get k")


def test_an_adaptive_serializer_is_given_the_type(memcached: MemcachedServer) -> None:
    """A serializer without a type makes one for each function."""
    client = CacheClientMemcached[Any].connect(memcached.address, serializer=MsgpackSerializer())
    store = client.entries(ResultType(tuple[int, str]))
    store.write("k", (1, "a"), None, store.claim("k"))

    assert store.read("k") == (1, "a")


def test_a_value_without_bytes_reaches_no_server(client: CacheClientMemcached[Any]) -> None:
    """A serializer that fails is an error of its own, and what was stored stays."""
    client.to_cache("k", 1, None)

    with pytest.raises(SerializationError):
        client.to_cache("k", object(), None)
    assert client.from_cache("k") == 1


def test_a_value_over_the_limit_leaves_nothing(client: CacheClientMemcached[Any]) -> None:
    """2 MB are refused before they are sent, and the old value is gone rather than outdated."""
    client.to_cache("k", 1, None)

    with pytest.raises(ValueTooLargeError, match="was not sent"):
        client.to_cache("k", b"x" * 2_000_000, None)
    assert client.from_cache("k") is None


def test_the_limit_is_the_servers(memcached: MemcachedServer) -> None:
    """The largest value that passes the client's check is one that the server takes."""
    client = CacheClientMemcached[bytes].connect(memcached.address)
    refused = 0
    for size in range(1_048_300, 1_048_600, 25):
        try:
            client.to_cache("k", b"x" * size, None)
        except ValueTooLargeError as error:
            refused += "was not sent" in str(error)
        else:
            assert client.from_cache("k") == b"x" * size

    assert 0 < refused < 12
    client.close()


def test_a_server_that_takes_less_refuses_and_drops(memcached: MemcachedServer) -> None:
    """Where the client was told a limit above the server's, the server's answer has the same effect."""
    client = CacheClientMemcached[bytes].connect(memcached.address, max_item_bytes=10_000_000)
    client.to_cache("k", b"old", None)

    with pytest.raises(ValueTooLargeError):
        client.to_cache("k", b"x" * 2_000_000, None)
    assert client.from_cache("k") is None


def test_an_empty_key_is_rejected(client: CacheClientMemcached[Any]) -> None:
    """Memcached would read the value as a command."""
    with pytest.raises(KeyValueError, match="empty"):
        client.to_cache("", 1, None)


def test_foreign_bytes_are_a_miss(memcached: MemcachedServer, client: CacheClientMemcached[Any]) -> None:
    """What another program left under a key is recomputed and overwritten, not decoded."""
    client.to_cache("k", 1, None)
    key = memcached.ask(b"get k").split(b" ")[1] if b"VALUE" in memcached.ask(b"get k") else b"p:n:k"
    memcached.ask(b"set " + key + b" 1 0 4\r\n\x80\x04N.")

    assert client.from_cache("k") is None
    client.to_cache("k", 2, None)
    assert client.from_cache("k") == 2


def test_a_foreign_marker_is_replaced(memcached: MemcachedServer) -> None:
    """Bytes that are no generation read as a new one."""
    client = CacheClientMemcached[int].connect(memcached.address)
    client.to_cache("k", 1, None)
    memcached.ask(b"set #generation 0 0 3\r\nabc")

    assert client.from_cache("k") is None
    client.to_cache("k", 2, None)
    assert client.from_cache("k") == 2


def test_a_claim_of_another_client_is_a_mistake(store: EntryStore[dict[str, int]]) -> None:
    """What did not come from `claim()` is told so."""
    stranger: Any = object()
    with pytest.raises(TypeError, match="claim"):
        store.write("k", {}, None, stranger)
