"""Faults as callers meet them: cached functions over real servers that fail."""

import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from servers import MemcachedServer, ScriptedServer
from typed_cache import Cache, CacheClientMemcached, Stats
from typed_cache.serializers import JsonSerializer

MINUTE = timedelta(minutes=1)
DEADLINE = 0.2


@pytest.fixture
def client(mortal_memcached: MemcachedServer) -> Iterator[CacheClientMemcached[Any]]:
    with CacheClientMemcached[Any].connect(mortal_memcached.address, timeout=DEADLINE) as made:
        yield made


def failures(stats: Stats) -> set[tuple[str, str]]:
    return set(stats.errors)


FAULTS: dict[str, tuple[Callable[[MemcachedServer], None], str]] = {
    "down": (MemcachedServer.kill, "unavailable"),
    "hung": (MemcachedServer.freeze, "timeout"),
}


@pytest.mark.parametrize(("fail", "reason"), FAULTS.values(), ids=FAULTS.keys())
def test_a_server_that_fails_costs_its_callers_a_deadline(
    mortal_memcached: MemcachedServer,
    client: CacheClientMemcached[Any],
    fail: Callable[[MemcachedServer], None],
    reason: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Row 18: down or hung, callers get the function's own result in time, with one warning and a count."""

    @Cache(key="square_{n}", expire=MINUTE, client=client)
    def square(n: int) -> int:
        return n * n

    assert [square(2), square(2)] == [4, 4]
    fail(mortal_memcached)
    began = time.monotonic()
    with caplog.at_level(logging.WARNING, "typed_cache"):
        assert [square(n) for n in range(3)] == [0, 1, 4]

    assert time.monotonic() - began < 3 * 1.3 * DEADLINE
    assert dict(square.stats().errors) == {("read", reason): 3}
    assert len(caplog.records) == 1


def test_writers_go_on_without_a_server(
    mortal_memcached: MemcachedServer, client: CacheClientMemcached[Any]
) -> None:
    """Row 18: an invalidation that is lost, and every handle, leave their callers alone."""

    @Cache(key="square_{n}", expire=MINUTE, client=client)
    def square(n: int) -> int:
        return n * n

    @Cache(key="square_{n}", client=client, invalidate=True)
    def forget(n: int) -> str:
        return f"forgot {n}"

    mortal_memcached.kill()

    assert forget(2) == "forgot 2"
    assert square.refresh(2) == 4
    assert square.peek(2) is None
    assert square.entry(2) is None
    square.invalidate(2)
    assert failures(square.stats()) == {
        ("claim", "unavailable"),
        ("read", "unavailable"),
        ("invalidate", "unavailable"),
    }


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"SERVER_ERROR out of memory storing object\r\n",
        b"ERROR\r\n",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
    ],
    ids=["reset", "full", "error", "garbage"],
)
def test_a_server_that_answers_wrongly_is_done_without(answer: bytes | None) -> None:
    """Row 18: connections that are reset, memory that is full, a server of another kind."""
    with (
        ScriptedServer(lambda _: answer) as server,
        CacheClientMemcached[int].connect(server.address, timeout=DEADLINE) as client,
    ):

        @Cache(key="square_{n}", expire=MINUTE, client=client)
        def square(n: int) -> int:
            return n * n

        assert [square(2), square(3), square.refresh(4)] == [4, 9, 16]
        assert square.stats().stores == 0
        assert {operation for operation, _ in failures(square.stats())} >= {"read", "claim"}


def test_a_full_server_is_done_without() -> None:
    """Row 18: memory is full and nothing is evicted (`-M`): what does not fit is returned and counted."""
    with (
        MemcachedServer("-M", "-m", "8") as full,
        CacheClientMemcached[str].connect(full.address, timeout=5) as client,
    ):

        @Cache(key="page_{n}", expire=MINUTE, client=client)
        def page(n: int) -> str:
            return f"{n}" * 200_000

        for _ in range(2):
            assert [page(n)[:2] for n in range(10, 70)] == [str(n) for n in range(10, 70)]
        stats = page.stats()
        assert stats.hits > 0
        assert stats.hits < stats.stores + sum(stats.errors.values())
        assert {reason for _, reason in failures(stats)} == {"server"}


def test_a_restart_costs_callers_nothing(
    mortal_memcached: MemcachedServer, client: CacheClientMemcached[Any]
) -> None:
    """Rows 12 and 18: the server came back empty: no call fails, no error is counted, and it caches again."""

    @Cache(key="square_{n}", expire=MINUTE, client=client)
    def square(n: int) -> int:
        return n * n

    for _ in range(3):
        assert [square(2), square(2)] == [4, 4]
        mortal_memcached.restart()

    assert dict(square.stats().errors) == {}
    assert (square.stats().hits, square.stats().misses["absent"]) == (3, 3)


def test_a_value_past_the_limit_is_returned_and_the_old_one_is_gone(
    client: CacheClientMemcached[Any],
) -> None:
    """Row 19: the caller gets all of it, nothing is stored, and what was there is gone rather than wrong."""
    sizes = iter([10, 2_000_000, 20])

    @Cache(key="page", expire=MINUTE, client=client)
    def page() -> str:
        return "x" * next(sizes)

    assert len(page()) == len(page()) == 10
    assert len(page.refresh()) == 2_000_000
    assert page.peek() is None
    assert failures(page.stats()) == {("write", "too_large")}
    assert len(page()) == len(page()) == 20


@pytest.mark.parametrize("value", [None, True, False, 0, 0.0, "", b"", [], {}], ids=repr)
def test_empty_values_are_values(client: CacheClientMemcached[Any], value: object) -> None:
    """Row 20: None, False and whatever is empty is stored, and comes back as what it was."""
    runs: list[int] = []

    @Cache(key="value_{n}", expire=MINUTE, client=client)
    def find(n: int) -> Any:
        runs.append(n)
        return value

    assert [find(1), find(1)] == [value, value]
    assert type(find(1)) is type(value)
    assert runs == [1]


def test_a_damaged_entry_is_recomputed_and_overwritten(
    mortal_memcached: MemcachedServer, client: CacheClientMemcached[Any]
) -> None:
    """Row 20: whatever stands under the key, the function runs once and its value is stored."""
    runs: list[int] = []

    @Cache(key="square_{n}", expire=MINUTE, client=client)
    def square(n: int) -> int:
        runs.append(n)
        return n * n

    square(7)
    for damage in (b"", b"49", b"tc\x01\x01" + bytes(60)):
        runs.clear()
        mortal_memcached.ask(b"set square_7 0 0 %d\r\n%b" % (len(damage), damage))
        assert [square(7), square(7)] == [49, 49]
        assert runs == [7]


def test_a_serializer_that_raises_reaches_no_caller(mortal_memcached: MemcachedServer) -> None:
    """Row 21: the result is returned, the failure counted, and the connection stays."""

    class Broken:
        def dumps(self, value: int, /) -> bytes:
            raise KeyError(value)

        def loads(self, data: bytes, /) -> int:
            raise KeyError(data)

    with CacheClientMemcached.connect(mortal_memcached.address, serializer=Broken()) as client:

        @Cache(key="square_{n}", expire=MINUTE, client=client)
        def square(n: int) -> int:
            return n * n

        square(1)
        before = mortal_memcached.stat("total_connections")
        assert [square(n) for n in range(5)] == [0, 1, 4, 9, 16]
        assert mortal_memcached.stat("total_connections") == before + 1  # the one that asked

    assert failures(square.stats()) == {("write", "serialization")}


INVALIDATE = """
import sys
from typed_cache import CacheClientMemcached
CacheClientMemcached.connect(sys.argv[1], timeout=5).invalidate_cache("price_7")
"""


def test_an_invalidation_of_another_process_refuses_a_load(
    mortal_memcached: MemcachedServer, client: CacheClientMemcached[Any]
) -> None:
    """Row 24: the reader has read the old price when the price changes elsewhere: it is not stored."""
    prices = [10]
    change_meanwhile = [True]

    @Cache(key="price_{n}", expire=MINUTE, client=client)
    def price(n: int) -> int:
        found = prices[0]
        if change_meanwhile.pop():
            prices[0] = 20
            command = [sys.executable, "-c", INVALIDATE, mortal_memcached.address]
            subprocess.run(command, check=True, timeout=30)
            change_meanwhile.append(False)
        return found

    assert price(7) == 10
    assert price.peek(7) is None
    assert price.stats().refused == 1
    assert price(7) == 20


def test_two_deploys_live_side_by_side(client: CacheClientMemcached[Any]) -> None:
    """Row 32: each deploy misses what the other wrote, and says why."""

    def deploy(version: str) -> Any:
        @Cache(key="deployed_{n}", expire=MINUTE, client=client, version=version)
        def total(n: int) -> dict[str, int]:
            return {version: n}

        return total

    old, new = deploy("1"), deploy("2")

    for _ in range(2):
        assert [old(1), new(1), new(1)] == [{"1": 1}, {"2": 1}, {"2": 1}]
    assert new.stats().misses["fingerprint"] == 2
    assert old.stats().misses["fingerprint"] == 1


def test_functions_that_call_each_other_need_one_connection(mortal_memcached: MemcachedServer) -> None:
    """Row 35: no connection is held while a function runs, so a pool of one suffices for any depth."""
    with CacheClientMemcached[int].connect(
        mortal_memcached.address, timeout=5, max_connections=1, serializer=JsonSerializer(int)
    ) as client:

        @Cache(key="even_{n}", expire=MINUTE, client=client)
        def even(n: int) -> int:
            return 1 if n == 0 else odd(n - 1)

        @Cache(key="odd_{n}", expire=MINUTE, client=client)
        def odd(n: int) -> int:
            return 0 if n == 0 else even(n - 1)

        assert [even(10), odd(10)] == [1, 0]
        assert dict(even.stats().errors) == dict(odd.stats().errors) == {}


def test_what_can_be_read_once_is_returned_and_not_stored(client: CacheClientMemcached[Any]) -> None:
    """Row 37: an iterator that no annotation shows goes to the caller whole, and nowhere else."""

    @Cache(key="numbers_{n}", expire=MINUTE, client=client)
    def numbers(n: int):  # type: ignore[no-untyped-def]  # noqa: ANN202  # the point is what it hides
        return iter(range(n))

    assert [list(numbers(3)), list(numbers(3))] == [[0, 1, 2], [0, 1, 2]]
    assert failures(numbers.stats()) == {("write", "serialization")}
