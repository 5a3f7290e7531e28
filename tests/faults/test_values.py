"""Values on a real server: what is stored, what is lost, and what nobody may run."""

import pickle
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from pymemcache import exceptions
from pymemcache.client.base import Client
from pymemcache.serde import compressed_serde, pickle_serde, python_memcache_deserializer

from servers import MemcachedServer, RecordingProxy
from typed_cache.client import Miss, ResultType
from typed_cache.clients._memcached_errors import translated
from typed_cache.clients.memcached import CacheClientMemcached
from typed_cache.errors import BackendError, BackendTimeoutError, ValueTooLargeError

MINUTE = timedelta(minutes=1)


def test_a_corrupt_entry_is_a_miss_and_is_overwritten(memcached: MemcachedServer) -> None:
    """Row 20: each flipped byte and each lost tail is a miss; the next write repairs it."""
    with CacheClientMemcached[int].connect(memcached.address) as client:
        store = client.entries(ResultType(dict[str, int]))
        store.write("k", {"a": 1}, MINUTE, store.claim("k"))
        entry = memcached.ask(b"get k").split(b"\r\n", 1)[1].removesuffix(b"\r\nEND\r\n")
        for at in range(len(entry)):
            damaged = entry[:at] + bytes([entry[at] ^ 1]) + entry[at + 1 :]
            for data in (damaged, entry[:at]):
                memcached.ask(b"set k 0 0 %d\r\n%b" % (len(data), data))
                assert isinstance(store.read("k"), Miss)

        assert store.write("k", {"a": 2}, MINUTE, store.claim("k"))
        assert store.read("k") == {"a": 2}


def test_a_serializer_that_raises_costs_no_connection(memcached: MemcachedServer) -> None:
    """Row 21: the transport moves bytes, and never sees a serializer fail."""

    class Broken:
        def dumps(self, value: int, /) -> bytes:
            raise KeyError(value)

        def loads(self, data: bytes, /) -> int:
            raise KeyError(data)

    with CacheClientMemcached[int].connect(memcached.address, serializer=Broken()) as client:
        assert client.from_cache("k") is None
        before = memcached.stat("total_connections")
        with pytest.raises(ValueError, match="KeyError"):
            client.to_cache("k", 1, None)
        assert client.from_cache("k") is None

    assert memcached.stat("total_connections") == before + 1  # the one that asked for this number


def test_a_lost_marker_reads_as_a_new_generation(memcached: MemcachedServer) -> None:
    """Row 22: memory is full and the marker of a cleared namespace is gone: nothing old comes back."""
    with CacheClientMemcached[int].connect(memcached.address, namespace="n:") as client:
        client.to_cache("k", 1, None)
        client.clear()
        memcached.ask(b"delete n:#generation")

        assert client.from_cache("k") is None
        client.to_cache("k2", 2, None)
        assert client.from_cache("k") is None
        assert client.from_cache("k2") == 2


def test_clear_flushes_nothing(memcached: MemcachedServer) -> None:
    """Row 23: on the wire, `clear()` is one small set in its own namespace."""
    with RecordingProxy(memcached) as proxy, CacheClientMemcached[int].connect(proxy.address) as client:
        client.clear()
        commands = proxy.commands()

    assert [command.split()[:2] for command in commands] == [[b"set", b"#generation"]]


def test_a_value_overtaken_in_another_process_is_refused(memcached: MemcachedServer) -> None:
    """Row 24: reader computes, another client invalidates, reader stores: refused."""
    with (
        CacheClientMemcached[int].connect(memcached.address) as reader,
        CacheClientMemcached[int].connect(memcached.address) as writer,
    ):
        store = reader.entries(ResultType(int))
        claim = store.claim("k")
        writer.invalidate_cache("k")
        assert not store.write("k", 1, MINUTE, claim)

        claim = store.claim("k")
        writer.invalidate_cache("k")
        store.claim("k")
        assert not store.write("k", 1, MINUTE, claim)
        assert store.read("k") == Miss("claimed")


def test_a_claim_that_a_restart_forgot_is_refused(mortal_memcached: MemcachedServer) -> None:
    """Row 24: the cas ids of a new server begin anew, and one of them may be the one of an old claim."""
    with CacheClientMemcached[int].connect(mortal_memcached.address) as client:
        store = client.entries(ResultType(int))
        old = store.claim("k")
        mortal_memcached.restart()
        store.read("k")
        store.claim("k")

        assert not store.write("k", 1, MINUTE, old)
        assert isinstance(store.read("k"), Miss)


def test_reading_unpickles_nothing(memcached: MemcachedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row 28: a pickle under our key, with the flag by which pymemcache knows it, is bytes and a miss."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a pickle was opened")

    poisoned = pickle.dumps({"a": 1})
    for name in ("loads", "load", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    for client in (
        CacheClientMemcached[Any].connect(memcached.address),
        CacheClientMemcached[Any](Client(memcached.pair)),
    ):
        with client:
            client.to_cache("k", 1, None)
            memcached.ask(b"set k 1 0 %d\r\n%b" % (len(poisoned), poisoned))
            assert client.from_cache("k") is None


@pytest.mark.parametrize(
    "options",
    [{"serde": pickle_serde}, {"serde": compressed_serde}, {"deserializer": python_memcache_deserializer}],
    ids=["pickle", "compressed", "deserializer"],
)
def test_a_client_that_unpickles_is_refused(options: dict[str, Any]) -> None:
    """Row 28: nobody gets pickle by the back door; the message says what to do instead."""
    with pytest.raises(ValueError, match="give CacheClientMemcached a serializer"):
        CacheClientMemcached[int](Client("host", **options))


def test_a_handler_over_a_lone_client_gives_up(memcached: MemcachedServer) -> None:
    """Row 40: a plain `Client` used from inside its own operation is an error in time, no deadlock."""
    with CacheClientMemcached[int](Client(memcached.pair, timeout=0.05)) as client:
        (pool,) = client._servers.nodes()

        def inside(_: object) -> None:
            client.from_cache("k")

        with pytest.raises(BackendTimeoutError):
            pool.run("read", inside)
        assert client.from_cache("k") is None


def _foreign_errors() -> list[Exception]:
    kinds = [
        kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception)
    ]
    return [kind("what happened") for kind in kinds]


@pytest.mark.parametrize(
    "error", [*_foreign_errors(), OSError(), KeyError("k"), RuntimeError(), AssertionError()]
)
def test_every_foreign_error_is_translated(error: Exception) -> None:
    """Row 18: whatever pymemcache raises becomes the library's own error with a reason fit for a counter."""
    ours = translated(error, "read", "host:11211")

    assert isinstance(ours, BackendError)
    assert ours.operation == "read"
    assert ours.reason in {"unavailable", "server", "input", "protocol"}
    assert "host:11211" in str(ours)


@pytest.mark.parametrize(
    ("error", "kind", "reason"),
    [
        (TimeoutError(), BackendTimeoutError, "timeout"),
        (ConnectionResetError(), BackendError, "unavailable"),
        (exceptions.MemcacheUnexpectedCloseError(), BackendError, "unavailable"),
        (exceptions.MemcacheServerError(b"out of memory"), BackendError, "server"),
        (exceptions.MemcacheServerError(b"object too large for cache"), ValueTooLargeError, "too_large"),
        (exceptions.MemcacheUnknownError(b"?"), BackendError, "protocol"),
        (exceptions.MemcacheIllegalInputError("Key"), BackendError, "input"),
    ],
)
def test_an_error_has_its_reason(error: Exception, kind: type[BackendError], reason: str) -> None:
    """The reasons are told apart, so that a counter can."""
    ours = translated(error, "write", "host")

    assert type(ours) is kind
    assert ours.reason == reason
