"""Several servers: bounded waits, and no answer from a server that does not keep the key."""

import socket
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from pymemcache.client.base import Client
from pymemcache.client.hash import HashClient

from servers import MemcachedServer, ScriptedServer
from typed_cache.clients import _memcached_address
from typed_cache.clients._memcached_address import Address, open_socket, parse_server
from typed_cache.clients.memcached import CacheClientMemcached
from typed_cache.errors import BackendError, BackendTimeoutError

MINUTE = timedelta(minutes=1)
KEYS = [f"k{number}" for number in range(40)]


@pytest.fixture(params=["connect", "hash", "hash-pooled"])
def pair(
    request: pytest.FixtureRequest, memcached: MemcachedServer, mortal_memcached: MemcachedServer
) -> CacheClientMemcached[Any]:
    """A client over two servers, of which a test may kill the second."""
    if request.param == "connect":
        return CacheClientMemcached.connect([memcached.address, mortal_memcached.address], namespace="p:")
    servers = [memcached.pair, mortal_memcached.pair]
    client = HashClient(servers, use_pooling=request.param == "hash-pooled", timeout=2, ignore_exc=True)
    return CacheClientMemcached(client, namespace="p:")


def test_each_server_keeps_its_share(
    pair: CacheClientMemcached[Any], memcached: MemcachedServer, mortal_memcached: MemcachedServer
) -> None:
    """Keys spread over the servers, and each comes back from where it was put."""
    with pair:
        for key in KEYS:
            pair.to_cache(key, key, MINUTE)

        assert [pair.from_cache(key) for key in KEYS] == KEYS
        assert all(server.stat("curr_items") > len(KEYS) / 5 for server in (memcached, mortal_memcached))
        pair.clear()
        assert [pair.from_cache(key) for key in KEYS] == [None] * len(KEYS)


def test_a_dead_server_takes_its_keys_along(
    pair: CacheClientMemcached[Any], mortal_memcached: MemcachedServer
) -> None:
    """Rows 15 and 16: no failure passes for "not there", and no neighbour takes the keys over."""
    with pair:
        for key in KEYS:
            pair.to_cache(key, key, MINUTE)
        mortal_memcached.kill()
        rounds = [{key for key in KEYS if _fails(pair, key)} for _ in range(5)]
        mortal_memcached.start()

        assert 0 < len(rounds[0]) < len(KEYS)
        assert rounds == [rounds[0]] * 5
        assert {key for key in KEYS if pair.from_cache(key) is None} == rounds[0]


def _fails(client: CacheClientMemcached[Any], key: str) -> bool:
    try:
        client.invalidate_cache(key)
    except BackendError:
        return True
    client.to_cache(key, key, MINUTE)
    return False


def test_clear_tells_of_a_server_it_missed(
    pair: CacheClientMemcached[Any], mortal_memcached: MemcachedServer
) -> None:
    """Row 15: one server is dead: the others are cleared, and the caller hears of it."""
    with pair:
        for key in KEYS:
            pair.to_cache(key, key, MINUTE)
        mortal_memcached.kill()
        with pytest.raises(BackendError, match="clear failed"):
            pair.clear()
        mortal_memcached.start()

        assert [pair.from_cache(key) for key in KEYS] == [None] * len(KEYS)


def test_the_order_of_servers_does_not_matter(
    memcached: MemcachedServer, mortal_memcached: MemcachedServer
) -> None:
    """Two processes that list the same servers differently find the same entries."""
    addresses = [memcached.address, mortal_memcached.address]
    with (
        CacheClientMemcached[str].connect(addresses) as one,
        CacheClientMemcached[str].connect(addresses[::-1]) as other,
    ):
        for key in KEYS:
            one.to_cache(key, key, None)

        assert [other.from_cache(key) for key in KEYS] == KEYS


def test_a_full_pool_is_waited_for_and_not_for_ever() -> None:
    """Row 14: the third of three callers for two connections gets a timeout, not a queue without an end."""
    asked = threading.Semaphore(0)
    answer = threading.Event()

    def script(_: bytes) -> bytes:
        asked.release()
        answer.wait(5)
        return b"END\r\n"

    with ScriptedServer(script) as server:
        client = CacheClientMemcached[int].connect(server.address, timeout=5, max_connections=2)
        threads = [threading.Thread(target=client.from_cache, args=("k",)) for _ in range(2)]
        for thread in threads:
            thread.start()
            asked.acquire()
        (pool,) = client._servers.nodes()
        vars(pool)["_timeout"] = 0.1
        began = time.monotonic()
        with pytest.raises(BackendTimeoutError):
            client.from_cache("k")
        assert time.monotonic() - began < 0.3
        answer.set()
        for thread in threads:
            thread.join()

        assert client.from_cache("k") is None
        assert server.connections == 2
        client.close()


def test_the_second_address_is_tried(memcached: MemcachedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row 14: a name whose first address is dead is reached by its second, within the deadline."""
    monkeypatch.setattr(
        _memcached_address,
        "_targets",
        lambda _address, _deadline: [(socket.AF_INET, ("127.0.0.1", 1)), (socket.AF_INET, memcached.pair)],
    )
    with CacheClientMemcached[int].connect("cache.example") as client:
        client.to_cache("k", 1, None)

        assert client.from_cache("k") == 1


def test_a_name_is_looked_up_within_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row 8: a look-up that hangs costs the deadline and no more."""
    ended = threading.Event()

    def hang(*_: object, **options: object) -> list[object]:
        if "flags" in options:
            raise socket.gaierror("not numeric")
        ended.wait(5)
        return []

    monkeypatch.setattr(_memcached_address.socket, "getaddrinfo", hang)
    began = time.monotonic()
    with (
        CacheClientMemcached[int].connect("cache.example", timeout=0.2) as client,
        pytest.raises(BackendTimeoutError),
    ):
        client.from_cache("k")
    assert time.monotonic() - began < 0.26
    ended.set()


def test_a_name_that_does_not_resolve_is_a_failed_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row 18: a resolver's error is one of ours."""

    def fail(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(_memcached_address.socket, "getaddrinfo", fail)
    with CacheClientMemcached[int].connect("cache.example") as client, pytest.raises(BackendError) as caught:
        client.from_cache("k")
    assert caught.value.reason == "unavailable"


def test_a_name_is_resolved(memcached: MemcachedServer) -> None:
    """A host name works as an address does."""
    with CacheClientMemcached[int].connect(f"localhost:{memcached.port}") as client:
        client.to_cache("k", 1, None)

        assert client.from_cache("k") == 1


def test_no_time_left_is_a_timeout() -> None:
    """A deadline that has passed opens nothing."""
    with pytest.raises(TimeoutError, match="no time left"):
        open_socket(Address("127.0.0.1", 11211), time.monotonic() - 1)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("host", Address("host", 11211)),
        ("host:1", Address("host", 1)),
        ("[::1]:11212", Address("::1", 11212)),
        ("[::1]", Address("::1", 11211)),
        ("unix:/run/memcached.sock", Address("", 0, "/run/memcached.sock")),
    ],
)
def test_a_server_is_written(text: str, address: Address) -> None:
    """Every way to write a server, and its name in messages leads back to it."""
    assert parse_server(text) == address
    assert parse_server(str(address)) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":11211",
        "host:",
        "host:0",
        "host:65536",
        "host:x",
        "a:b:1",
        "::1",
        "[::1",
        "[::1]x",
        "unix:",
        "a b",
        "h/x",
    ],
)
def test_what_is_no_server_is_rejected(text: str) -> None:
    """At construction, with an example of what is meant."""
    with pytest.raises(ValueError, match="host:11211"):
        CacheClientMemcached[int].connect(text)


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), True])
def test_a_timeout_has_to_end(timeout: float) -> None:
    """A timeout of nothing, of for ever, and a bool are refused."""
    with pytest.raises(ValueError, match="timeout"):
        CacheClientMemcached[int].connect("host", timeout=timeout)


@pytest.mark.parametrize("servers", [[], ["host", "host:11211"]])
def test_servers_are_some_and_different(servers: list[str]) -> None:
    """No server, and the same one twice, are mistakes."""
    with pytest.raises(ValueError, match="server"):
        CacheClientMemcached[int].connect(servers)


def test_a_pool_holds_at_least_one() -> None:
    """A bound of none would wait for ever."""
    with pytest.raises(ValueError, match="max_connections"):
        CacheClientMemcached[int].connect("host", max_connections=0)


def test_a_client_that_hides_failures_is_refused() -> None:
    """Row 15: with `ignore_exc` a lost server would look like an empty one."""
    with pytest.raises(ValueError, match="ignore_exc"):
        CacheClientMemcached[int](Client("host", ignore_exc=True))


def test_a_server_added_later_is_told(memcached: MemcachedServer, mortal_memcached: MemcachedServer) -> None:
    """Row 16: a `HashClient` that re-hashes under way is an error, and no key goes astray in silence."""
    hashed = HashClient([memcached.pair])
    with CacheClientMemcached[str](hashed) as client:
        hashed.add_server(mortal_memcached.pair)
        moved = {key for key in KEYS if _fails(client, key)}
        with pytest.raises(BackendError, match="add_server"):
            client.from_cache(max(moved))

    assert 0 < len(moved) < len(KEYS)


def test_a_unix_socket_is_a_server(memcached: MemcachedServer) -> None:
    """`unix:/path` connects through a socket file."""
    with memcached.on_a_path() as path, CacheClientMemcached[int].connect(f"unix:{path}") as client:
        client.to_cache("k", 1, None)

        assert client.from_cache("k") == 1
        assert str(path) in repr(client)


def test_an_address_as_pymemcache_writes_it_is_refused() -> None:
    """A pair of host and port is no sequence of servers; the error shows how a server is written."""
    with pytest.raises(TypeError, match=r"11211 is no server: .*'host:11211'"):
        CacheClientMemcached[int].connect(("127.0.0.1", 11211))  # type: ignore[arg-type]


def test_a_class_is_no_client() -> None:
    """The class where an instance was meant is refused when the client is made."""
    with pytest.raises(TypeError, match=r"the class Client"):
        CacheClientMemcached[int](Client)  # type: ignore[arg-type]
