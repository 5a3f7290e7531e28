"""Connections to real servers: deadlines, forks, threads, silence, restarts."""

import os
import threading
import time
import warnings
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pymemcache.client.base import Client, PooledClient

from servers import MemcachedServer, RecordingProxy, ScriptedServer
from typed_cache.client import ResultType
from typed_cache.clients.memcached import CacheClientMemcached
from typed_cache.errors import BackendError, BackendTimeoutError

MINUTE = timedelta(minutes=1)

Make = Callable[[MemcachedServer], CacheClientMemcached[Any]]

KINDS: dict[str, Make] = {
    "connect": lambda server: CacheClientMemcached.connect(server.address, timeout=5, max_connections=2),
    "client": lambda server: CacheClientMemcached(Client(server.pair, timeout=5)),
    "pooled": lambda server: CacheClientMemcached(PooledClient(server.pair, timeout=5, max_pool_size=2)),
}

every_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS.keys())


def test_a_frozen_server_costs_the_deadline(mortal_memcached: MemcachedServer) -> None:
    """Row 8: a server that holds the connection and is silent takes at most 1.3 times the timeout."""
    with CacheClientMemcached[Any].connect(mortal_memcached.address, timeout=0.4) as client:
        client.to_cache("k", 1, MINUTE)
        mortal_memcached.freeze()
        for operation in (
            lambda: client.from_cache("k"),
            lambda: client.to_cache("k", b"x" * 900_000, None),
            lambda: client.invalidate_cache("k"),
            client.clear,
        ):
            began = time.monotonic()
            with pytest.raises(BackendTimeoutError) as caught:
                operation()
            assert 0.35 <= time.monotonic() - began <= 0.4 * 1.3
            assert caught.value.reason == "timeout"


@pytest.mark.parametrize("reply", [b"VALUE k 0 400\r\n" + b"x" * 400, b"VALUE" * 100], ids=["value", "line"])
def test_a_dripping_server_costs_the_deadline(reply: bytes) -> None:
    """Row 8: each byte arrives within any timeout of a read, and the operation ends all the same."""
    with ScriptedServer(lambda _: reply, drip=0.02) as server:
        client = CacheClientMemcached[int].connect(server.address, timeout=0.4)
        began = time.monotonic()
        with client, pytest.raises(BackendTimeoutError):
            client.from_cache("k")
    assert time.monotonic() - began <= 0.4 * 1.3


@every_kind
def test_a_fork_shares_no_socket(memcached: MemcachedServer, make: Make) -> None:
    """Row 9: forty forks of four children each, while a thread works: every answer is right."""
    with make(memcached) as client:
        for number in range(4):
            client.to_cache(f"child{number}", number, MINUTE)
        ended = threading.Event()
        faults: list[object] = []

        def work() -> None:
            while not ended.is_set():
                if (value := client.from_cache("child3")) != 3:
                    faults.append(value)

        worker = threading.Thread(target=work)
        worker.start()
        try:
            statuses = [status for _ in range(40) for status in _answers_of_children(client)]
        finally:
            ended.set()
            worker.join()

        assert statuses == [0] * 160
        assert not faults


def _answers_of_children(client: CacheClientMemcached[Any]) -> list[int]:
    """Fork four children that each read their own key ten times; 0 stands for ten right answers."""
    children: list[int] = []
    for number in range(4):
        with warnings.catch_warnings():  # Python 3.12 warns of forking beside threads, which is the point
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            status = 1
            try:
                status = sum(client.from_cache(f"child{number}") != number for _ in range(10))
            finally:
                os._exit(status)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


@every_kind
def test_threads_share_a_client_and_no_answer(memcached: MemcachedServer, make: Make) -> None:
    """Row 10: eight threads over one client, even one plain `Client`, each get their own answers."""
    with make(memcached) as client:
        wrong: list[object] = []

        def work(number: int) -> None:
            for turn in range(40):
                client.to_cache(f"k{number}", [number, turn], MINUTE)
                if (value := client.from_cache(f"k{number}")) != [number, turn]:
                    wrong.append(value)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert not wrong


@pytest.mark.parametrize("pooled", [None, False, True], ids=["connect", "client", "pooled"])
def test_every_command_waits_for_its_answer(memcached: MemcachedServer, pooled: bool | None) -> None:
    """Row 11: nothing on the wire says noreply, nothing flushes, and every flag is 0."""
    with RecordingProxy(memcached) as proxy:
        pair = ("127.0.0.1", proxy.port)
        client: CacheClientMemcached[int] = (
            CacheClientMemcached.connect(proxy.address)
            if pooled is None
            else CacheClientMemcached((PooledClient if pooled else Client)(pair))
        )
        with client:
            store = client.entries(ResultType(int))
            store.write("k", 1, MINUTE, store.claim("k"))
            client.to_cache("k", 2, None)
            client.invalidate_cache("k")
            client.clear()
        commands = proxy.commands()

    assert {command.split()[0] for command in commands} == {
        b"get",
        b"gets",
        b"add",
        b"cas",
        b"set",
        b"delete",
    }
    assert not any(b"noreply" in command for command in commands)
    assert all(
        command.split()[2] == b"0" for command in commands if command.split()[0] in {b"add", b"cas", b"set"}
    )


def test_a_hit_is_one_round_trip(memcached: MemcachedServer) -> None:
    """A read asks once, for the entry and its generation together."""
    with RecordingProxy(memcached) as proxy, CacheClientMemcached[int].connect(proxy.address) as client:
        client.to_cache("k", 1, None)
        before = len(proxy.commands())

        assert client.from_cache("k") == 1
        assert len(proxy.commands()) == before + 1


@every_kind
@pytest.mark.parametrize("operation", ["from_cache", "invalidate_cache"])
def test_a_restart_fails_no_call(mortal_memcached: MemcachedServer, make: Make, operation: str) -> None:
    """Row 12: the idle sockets of a server that came back are dropped, and nothing fails."""
    with make(mortal_memcached) as client:
        client.to_cache("k", 1, MINUTE)
        for _ in range(3):
            mortal_memcached.restart()
            getattr(client, operation)("k")
            client.to_cache("k", 2, MINUTE)

            assert client.from_cache("k") == 2


def test_one_stale_socket_drops_all_idle_ones(mortal_memcached: MemcachedServer) -> None:
    """Row 12: eight idle connections, one restart, eight reads at once, and none fails."""
    with CacheClientMemcached[int].connect(mortal_memcached.address, timeout=5) as client:
        barrier = threading.Barrier(8)
        results: list[object] = []

        def read() -> None:
            barrier.wait()
            try:
                results.append(client.from_cache("k"))
            except BackendError as error:
                results.append(error)

        for _ in range(2):  # the first round only opens the connections
            results.clear()
            threads = [threading.Thread(target=read) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            mortal_memcached.restart()

        assert results == [None] * 8


@every_kind
def test_a_dead_server_is_an_error_of_ours(mortal_memcached: MemcachedServer, make: Make) -> None:
    """Row 18: nobody listens; every operation says so in the library's own words, and it recovers."""
    with make(mortal_memcached) as client:
        client.to_cache("k", 1, MINUTE)
        mortal_memcached.kill()
        for operation in (lambda: client.from_cache("k"), lambda: client.invalidate_cache("k"), client.clear):
            with pytest.raises(BackendError, match=str(mortal_memcached.port)) as caught:
                operation()
            assert caught.value.reason == "unavailable"
        mortal_memcached.start()

        assert client.from_cache("k") is None


@pytest.mark.parametrize("kind", ["connect", "client"])
@pytest.mark.parametrize(
    "reply",
    [
        b"\x00\xff" * 50,
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"VALUE other 0 1\r\nx\r\nEND\r\n",
        b"VALUE k 0 -5\r\nEND\r\n",
        b"VALUE k 0 99999999999\r\nx\r\n",
        b"VALUE k 0 1\r\nxyzEND\r\n",
        b"VALUE k 0 zero\r\n\r\nEND\r\n",
        b"VALUE k\r\n",
        b"STORED\r\n",
        b"ERROR\r\n",
        b"SERVER_ERROR out of memory\r\n",
        b"x" * 5000,
        None,
    ],
    ids=range(13),
)
def test_garbage_is_an_error_or_a_miss(reply: bytes | None, kind: str) -> None:
    """Row 18: whatever answers, the caller hears of a failed backend or gets nothing; and soon."""
    with ScriptedServer(lambda _: reply) as server:
        client: CacheClientMemcached[int] = (
            CacheClientMemcached.connect(server.address, timeout=0.05)
            if kind == "connect"
            else CacheClientMemcached(Client(("127.0.0.1", server.port), timeout=0.05))
        )
        with client:
            for operation in (lambda: client.from_cache("k"), lambda: client.invalidate_cache("k")):
                assert _outcome(operation) in {None, "protocol", "server", "timeout", "unavailable"}


def _outcome(operation: Callable[[], object]) -> object:
    """Return what an operation returns, or the reason of the error that it raises."""
    try:
        return operation()
    except BackendError as error:
        return error.reason


def test_bytes_that_trail_an_answer_close_the_connection() -> None:
    """Row 7: an answer too many would belong to the next question; the connection is not used again."""
    with (
        ScriptedServer(lambda _: b"END\r\nEND\r\n") as server,
        CacheClientMemcached[int].connect(server.address) as client,
    ):
        for _ in range(3):
            with pytest.raises(BackendError, match="GarbledReply") as caught:
                client.from_cache("k")
            assert caught.value.reason == "protocol"
        assert server.connections == 3
