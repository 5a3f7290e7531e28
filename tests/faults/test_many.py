"""Many keys in one call, on real servers: one bad key, value or server spoils nothing."""

import pickle
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pymemcache.client.base import Client, PooledClient
from pymemcache.client.hash import HashClient

from servers import MemcachedServer, RecordingProxy, ScriptedServer
from typed_cache.clients import _memcached_many
from typed_cache.clients.memcached import CacheClientMemcached
from typed_cache.errors import (
    BackendError,
    BackendTimeoutError,
    KeyValueError,
    PartialFailureError,
    SerializationError,
    ValueTooLargeError,
)

MINUTE = timedelta(minutes=1)
KEYS = [f"k{number}" for number in range(40)]
VALUES = {key: key for key in KEYS}


@pytest.fixture(params=["connect", "client", "pooled", "hash"])
def client(request: pytest.FixtureRequest, memcached: MemcachedServer) -> Iterator[CacheClientMemcached[Any]]:
    made: dict[str, Any] = {"client": Client, "pooled": PooledClient}
    if request.param == "connect":
        client = CacheClientMemcached[Any].connect(memcached.address)
    elif request.param == "hash":
        client = CacheClientMemcached[Any](HashClient([memcached.pair], timeout=2))
    else:
        client = CacheClientMemcached[Any](made[request.param](memcached.pair, timeout=2))
    with client:
        yield client


@pytest.fixture
def pair(
    memcached: MemcachedServer, mortal_memcached: MemcachedServer
) -> Iterator[CacheClientMemcached[str]]:
    """A client over two servers that holds `VALUES`; a test may kill the second."""
    addresses = [memcached.address, mortal_memcached.address]
    with CacheClientMemcached[str].connect(addresses, timeout=1) as client:
        client.to_cache_many(VALUES, MINUTE)
        yield client


def test_a_bad_value_loses_no_other(client: CacheClientMemcached[Any]) -> None:
    """A value without bytes and one that is too large are named; the others are stored."""
    values = {"a": 1, "opaque": object(), "b": 2, "huge": "x" * 2**21, "c": 3}
    with pytest.raises(PartialFailureError, match="write failed for 2 keys, 'opaque' first") as caught:
        client.to_cache_many(values, MINUTE)

    assert {key: type(error) for key, error in caught.value.failures.items()} == {
        "opaque": SerializationError,
        "huge": ValueTooLargeError,
    }
    assert client.from_cache_many(values) == {"a": 1, "b": 2, "c": 3}


def test_a_value_that_is_too_large_takes_the_old_one_along(client: CacheClientMemcached[Any]) -> None:
    """Row 19 holds in a batch: gone is better than outdated."""
    client.to_cache_many({"a": 1, "b": 1}, MINUTE)
    with pytest.raises(PartialFailureError):
        client.to_cache_many({"a": "x" * 2**21, "b": 2}, MINUTE)

    assert client.from_cache_many(["a", "b"]) == {"b": 2}


@pytest.mark.parametrize("foreign", [False, True])
def test_a_value_that_the_server_refuses_loses_no_other(memcached: MemcachedServer, foreign: bool) -> None:
    """The server's limit is lower than we were told: its refusal is one value's, and the old one goes."""
    client = (
        CacheClientMemcached[Any](Client(memcached.pair, timeout=2), max_item_bytes=2**24)
        if foreign
        else CacheClientMemcached[Any].connect(memcached.address, max_item_bytes=2**24)
    )
    with client:
        client.to_cache("huge", "old", MINUTE)
        with pytest.raises(PartialFailureError) as caught:
            client.to_cache_many({"a": 1, "huge": "x" * 2**21, "b": 2}, MINUTE)

        assert [type(error) for error in caught.value.failures.values()] == [ValueTooLargeError]
        assert client.from_cache_many(["a", "huge", "b"]) == {"a": 1, "b": 2}


def test_keys_are_checked_before_a_connection_is_made(memcached: MemcachedServer) -> None:
    """An empty key among good ones is refused, and nothing was sent or taken from the pool."""
    with RecordingProxy(memcached) as proxy, CacheClientMemcached[int].connect(proxy.address) as client:
        for call in (client.from_cache_many, client.invalidate_cache_many):
            with pytest.raises(KeyValueError, match="empty"):
                call(["a", "", "b"])
        with pytest.raises(KeyValueError, match="empty"):
            client.to_cache_many({"a": 1, "": 2}, None)

        assert proxy.connections == 0


def test_many_keys_are_read_in_one_command(memcached: MemcachedServer) -> None:
    """One multi-get brings all values and the generation; a pipeline of sets needs no second connection."""
    with RecordingProxy(memcached) as proxy, CacheClientMemcached[int].connect(proxy.address) as client:
        client.to_cache_many({"a": 1, "b": 2, "c": 3}, None)
        written = [command.split()[0] for command in proxy.commands()]
        proxy.sent = b""
        client.from_cache_many(["a", "b", "c"])
        read = proxy.commands()
        proxy.sent = b""
        client.invalidate_cache_many(["a", "b", "c"])

        assert written == [b"get", b"add", b"get", b"set", b"set", b"set"]
        assert read == [b"get a b c #generation"]
        assert proxy.commands() == [b"delete a", b"delete b", b"delete c"]
        assert proxy.connections == 1


def test_thousands_of_keys_and_megabytes_of_values(client: CacheClientMemcached[Any]) -> None:
    """A batch may be larger than every buffer on its way."""
    many = {f"key_{number:05}": number for number in range(5000)}
    large = {f"large_{number}": str(number) * 500_000 for number in range(10)}
    client.to_cache_many(many | large, MINUTE)

    assert client.from_cache_many(many | large) == many | large
    client.invalidate_cache_many(many)
    assert client.from_cache_many(many | large) == large


def test_spellings_of_one_key_are_all_answered(memcached: MemcachedServer) -> None:
    """A long key and the same one shortened are one entry, and each is found under its own name."""
    with CacheClientMemcached[int].connect(memcached.address) as client:
        long = "k" * 400
        short = client.key_for(long)
        client.to_cache_many([(long, 1), (short, 2)], None)

        assert client.from_cache_many([long, short]) == {long: 2, short: 2}


def test_a_dead_server_loses_its_own_keys(
    pair: CacheClientMemcached[str], mortal_memcached: MemcachedServer
) -> None:
    """What the other server has is found, stored and dropped; each lost key is named with its error."""
    mortal_memcached.kill()
    with pytest.raises(PartialFailureError, match="read failed") as caught:
        pair.from_cache_many(KEYS)
    lost, found = caught.value.failures, caught.value.found

    assert lost.keys() | found.keys() == set(KEYS)
    assert 0 < len(lost) < len(KEYS)
    assert found == {key: key for key in KEYS if key not in lost}
    assert {(type(error), getattr(error, "reason", "")) for error in lost.values()} == {
        (BackendError, "unavailable")
    }
    with pytest.raises(PartialFailureError, match="write failed") as caught:
        pair.to_cache_many(dict.fromkeys(KEYS, "new"), MINUTE)
    assert caught.value.failures.keys() == lost.keys()
    assert pair.from_cache_many(found) == dict.fromkeys(found, "new")
    with pytest.raises(PartialFailureError, match="invalidate failed") as caught:
        pair.invalidate_cache_many(KEYS)
    assert caught.value.failures.keys() == lost.keys()
    assert pair.from_cache_many(found) == {}


def test_a_frozen_server_costs_one_deadline(
    pair: CacheClientMemcached[str], mortal_memcached: MemcachedServer
) -> None:
    """Servers are asked at once: the quick one's values are there, and the wait is one operation's."""
    mortal_memcached.freeze()
    began = time.monotonic()
    with pytest.raises(PartialFailureError) as caught:
        pair.from_cache_many(KEYS)
    took = time.monotonic() - began
    mortal_memcached.thaw()

    assert took < 1.3
    assert {type(error) for error in caught.value.failures.values()} == {BackendTimeoutError}
    assert caught.value.found


def test_no_thread_to_be_had_is_no_failure(
    pair: CacheClientMemcached[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a limit of threads, or in an exit handler, the servers are asked one after the other."""

    class Exhausted:
        def __init__(self, _: int) -> None:
            raise RuntimeError("can't start new thread")

    monkeypatch.setattr(_memcached_many, "ThreadPoolExecutor", Exhausted)

    assert pair.from_cache_many(KEYS) == VALUES


def test_a_batch_that_a_clear_overtook_is_of_the_new_generation(memcached: MemcachedServer) -> None:
    """The namespace is cleared elsewhere between two batches: the second one is read all the same."""
    with (
        CacheClientMemcached[int].connect(memcached.address) as one,
        CacheClientMemcached[int].connect(memcached.address) as other,
    ):
        one.to_cache_many({"a": 1}, None)
        other.clear()
        one.to_cache_many({"b": 2}, None)

        assert one.from_cache_many(["a", "b"]) == other.from_cache_many(["a", "b"]) == {"b": 2}


@pytest.mark.parametrize(
    "answers",
    [b"STORED\r\nSTORED\r\nSTORED\r\n", b"STORED\r\nST", b"STORED\r\nOOPS\r\n", b"STORED" * 1000],
    ids=["too many", "too few", "garbled", "no line"],
)
def test_a_server_that_answers_nonsense_is_not_believed(answers: bytes) -> None:
    """As many answers as questions, each of them one that the protocol has; else nothing was stored."""

    def script(received: bytes) -> bytes:
        marker = b"VALUE #generation 0 16\r\n0123456789abcdef\r\nEND\r\n"
        return marker if received.startswith(b"get") else answers

    with (
        ScriptedServer(script) as server,
        CacheClientMemcached[int].connect(server.address, timeout=0.2) as client,
    ):
        with pytest.raises(PartialFailureError) as caught:
            client.to_cache_many({"a": 1, "b": 2}, None)

        assert caught.value.failures.keys() == {"a", "b"}


def test_a_foreign_client_that_says_no_is_believed() -> None:
    """A set that pymemcache lists as failed is one, and a broken connection is that of all its keys."""

    class Unwilling(Client):
        def get_many(self, *_: object, **__: object) -> Any:
            return {b"#generation": b"0" * 16}

        def set_many(self, values: Any, *_: object, **__: object) -> Any:
            if b"broken" in values:
                raise ConnectionResetError
            return [b"b"]

    with CacheClientMemcached[int](Unwilling("host")) as client:
        with pytest.raises(PartialFailureError) as caught:
            client.to_cache_many({"a": 1, "b": 2}, None)
        assert caught.value.failures.keys() == {"b"}

        with pytest.raises(PartialFailureError) as caught:
            client.to_cache_many({"a": 1, "broken": 2}, None)
        assert caught.value.failures.keys() == {"a", "broken"}


def test_a_partial_failure_survives_pickling() -> None:
    """Its facts are fields, in another process too."""
    error = PartialFailureError({"k": BackendTimeoutError("too slow", "read")}, "read", {"a": 1})
    again = pickle.loads(pickle.dumps(error))

    assert (str(again), again.reason) == ("read failed for 1 key, 'k' first: too slow", "partial")
    assert (str(again.failures["k"]), again.found, again.operation) == ("too slow", {"a": 1}, "read")
