"""The pool and its sessions where only a scripted other side shows what they do."""

import os
import socket
import time
from typing import Any

import pytest
from pymemcache.client.base import Client, PooledClient

from servers import MemcachedServer, RecordingProxy, ScriptedServer
from typed_cache.client import Claim, Miss, ResultType
from typed_cache.clients import _memcached_pool
from typed_cache.clients._fork import _renew_all
from typed_cache.clients._memcached_address import parse_server
from typed_cache.clients._memcached_connection import Connection, is_readable
from typed_cache.clients._memcached_generation import take_generation
from typed_cache.clients._memcached_pool import Pool
from typed_cache.clients._memcached_session import Session
from typed_cache.clients._memcached_store import _Ticket
from typed_cache.clients.memcached import CacheClientMemcached
from typed_cache.errors import BackendError


def pool_of(client: CacheClientMemcached[Any]) -> Pool:
    (pool,) = client._servers.nodes()
    assert isinstance(pool, Pool)
    return pool


def test_a_connection_is_kept_and_the_last_one_used_first(memcached: MemcachedServer) -> None:
    """One caller after the other needs one connection, however many there may be."""
    with RecordingProxy(memcached) as proxy, CacheClientMemcached[int].connect(proxy.address) as client:
        for _ in range(20):
            client.from_cache("k")

        assert proxy.connections == 1


def test_nothing_connects_before_it_is_asked() -> None:
    """Making a client is free; the server may come later."""
    with (
        ScriptedServer(lambda _: b"END\r\n") as server,
        CacheClientMemcached[int].connect(server.address) as client,
    ):
        assert server.connections == 0
        assert client.key_for("k") == client.entries(ResultType(int)).key_for("k") == "k"


def test_close_reaches_what_is_in_use(memcached: MemcachedServer) -> None:
    """A session that was out while the client was closed is closed on its return; later calls connect."""
    client = CacheClientMemcached[int].connect(memcached.address)
    pool = pool_of(client)

    def close_meanwhile(session: Session) -> Session:
        client.close()
        return session

    session = pool.run("read", close_meanwhile)

    assert not pool._places.idle
    assert isinstance(session, Connection)
    assert session._socket is None
    assert client.from_cache("k") is None
    client.close()


def test_a_process_that_changed_unannounced_starts_anew(
    memcached: MemcachedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 9: a fork that Python did not see is told by the process id; no socket is used on."""
    with RecordingProxy(memcached) as proxy, CacheClientMemcached[int].connect(proxy.address) as client:
        client.from_cache("k")
        elsewhere = os.getpid() + 1
        monkeypatch.setattr(_memcached_pool.os, "getpid", lambda: elsewhere)
        client.from_cache("k")
        client.from_cache("k")

        assert proxy.connections == 2
        assert pool_of(client)._places.pid == elsewhere


def test_a_child_starts_anew(memcached: MemcachedServer) -> None:
    """Row 9: what runs in a child after fork drops every idle socket, and every place is free."""
    with RecordingProxy(memcached) as proxy, CacheClientMemcached[int].connect(proxy.address) as client:
        client.from_cache("k")
        _renew_all()
        client.from_cache("k")

        assert proxy.connections == 2
        assert pool_of(client)._places.free.qsize() == 64


def test_a_place_that_was_lost_comes_back(memcached: MemcachedServer) -> None:
    """Row 7: an interruption between taking a place and using it leaves the pool as large as it was."""
    with CacheClientMemcached[int].connect(memcached.address, max_connections=1, timeout=0.2) as client:
        place = pool_of(client)._places.free.get()
        del place

        assert client.from_cache("k") is None


def test_a_pooled_clients_bound_is_kept() -> None:
    """The places are as many as its `max_pool_size`, and not two billion where it has none."""
    bounded = CacheClientMemcached[int](PooledClient("host", max_pool_size=3))
    unbounded = CacheClientMemcached[int](PooledClient("host"))

    assert pool_of(bounded)._places.free.qsize() == 3
    assert pool_of(unbounded)._places.free.qsize() == 256


def test_a_write_is_sent_once(mortal_memcached: MemcachedServer) -> None:
    """Row 17: a write whose connection breaks is not tried again; a read is."""
    sets: list[bytes] = []

    def script(received: bytes) -> bytes | None:
        if received.startswith(b"get"):
            return b"END\r\n"
        if received.startswith(b"add"):
            return b"STORED\r\n"
        sets.append(received)
        return None

    with ScriptedServer(script) as server, CacheClientMemcached[int].connect(server.address) as client:
        with pytest.raises(BackendError) as caught:
            client.invalidate_cache("k")

        assert caught.value.reason == "unavailable"
        assert len(sets) == 1


def test_an_answer_in_pieces_is_put_together() -> None:
    """Whatever the packets, a line and a value arrive whole."""
    pieces = [b"VALUE k 0 5\r", b"\nhe", b"llo", b"\r", b"\nEN", b"D\r\n"]
    with ScriptedServer(lambda _: b"".join(pieces), drip=0.001) as server:
        connection = Connection(parse_server(server.address))
        connection.begin(time.monotonic() + 5)

        assert connection.get(b"k") == {b"k": b"hello"}
        connection.close()


def test_a_passed_deadline_sends_nothing(memcached: MemcachedServer) -> None:
    """A session that got its place too late does not begin."""
    connection = Connection(parse_server(memcached.address))
    connection.begin(time.monotonic() + 5)
    connection.get(b"k")
    connection.begin(time.monotonic() - 1)
    with pytest.raises(TimeoutError, match="deadline"):
        connection.get(b"k")
    connection.close()

    assert not connection.is_stale()
    with pytest.raises(ConnectionResetError):
        connection._receive()


def test_a_socket_that_fails_is_not_trusted() -> None:
    """What cannot be asked whether it is alive counts as dead."""
    opened = socket.socket()
    opened.close()

    assert is_readable(opened)


def test_a_set_that_was_not_stored_is_an_error() -> None:
    """A foreign client that says False to a set did not store it."""

    class Unwilling(Client):
        def set(self, *_: object, **__: object) -> bool:
            return False

        def get_many(self, *_: object, **__: object) -> Any:
            return {b"#generation": b"0" * 16}

    with (
        CacheClientMemcached[int](Unwilling("host")) as client,
        pytest.raises(BackendError, match="not stored"),
    ):
        client.to_cache("k", 1, None)


def test_what_a_serde_made_of_an_entry_is_a_miss(memcached: MemcachedServer) -> None:
    """A foreign client that turns bytes into something else is no reason to fail."""

    class Shouting(Client):
        def get_many(self, keys: Any) -> Any:
            return {
                key: value if b"#" in key else str(value) for key, value in super().get_many(keys).items()
            }

    with CacheClientMemcached[int](Shouting(memcached.pair)) as client:
        client.to_cache("k", 1, None)

        assert client.entries(ResultType(int)).read("k") == Miss("format")


def test_a_claim_whose_place_was_removed_at_once_is_refused(memcached: MemcachedServer) -> None:
    """An invalidation between the two steps of a claim leaves no cas id, and so nothing is stored."""
    with CacheClientMemcached[int].connect(memcached.address) as client:
        store = client.entries(ResultType(int))

        assert not store.write("k", 1, None, Claim(_Ticket(b"0" * 16, None)))
        assert store.read("k") == Miss("absent")


def test_two_who_begin_a_generation_agree(memcached: MemcachedServer) -> None:
    """Both find no marker, one adds it, and the other takes what the first added."""
    connection = Connection(parse_server(memcached.address))
    connection.begin(time.monotonic() + 5)

    class Beaten:
        """A session between whose read and add another session begins."""

        def __init__(self) -> None:
            self.first = b""

        def get(self, *keys: bytes) -> dict[bytes, bytes]:
            found = connection.get(*keys)
            self.first = self.first or take_generation(connection, b"m")
            return found

        def __getattr__(self, name: str) -> Any:
            return getattr(connection, name)

    beaten: Any = Beaten()

    assert take_generation(beaten, b"m") == beaten.first
    connection.close()


def test_an_address_is_no_client() -> None:
    """Who gives an address to the constructor is told of `connect`."""
    address: Any = "localhost:11211"
    with pytest.raises(TypeError, match="connect"):
        CacheClientMemcached[int](address)
