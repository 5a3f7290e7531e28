"""The RAM client in the hands of several threads, and of several processes."""

import os
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from ram_invariants import check
from threads import run, switching_often
from typed_cache import CacheClientRam
from typed_cache.client import Entry, Miss, ResultType
from typed_cache.testing import FakeClock

MINUTE = timedelta(minutes=1)
THREADS = 8


@pytest.fixture
def frequent_switches() -> Iterator[None]:
    """Have threads take turns as often as they can."""
    with switching_often():
        yield


@pytest.mark.usefixtures("frequent_switches")
@pytest.mark.parametrize("bound", [3, 40, None])
def test_eight_threads(bound: int | None) -> None:
    """No exception, no more entries than the bound at any time, no value under another key."""
    clock = FakeClock()
    client = CacheClientRam[list[str]](max_entries=bound, clock=clock)
    store = client.entries(ResultType(list[str]))
    too_many: list[int] = []
    wrong: list[object] = []

    def work(seed: int) -> None:
        for n in range(400):
            key = f"k{(n * 7 + seed * 13) % 60}"
            found = store.read(key)
            if isinstance(found, Miss):
                store.write(key, [key], timedelta(seconds=1 + n % 5), store.claim(key))
            elif found != [key]:
                wrong.append(found)
            if n % 11 == seed:
                client.invalidate_cache(key)
            if n % 97 == seed:
                clock.advance(seconds=0.5)
            if bound is not None and len(client._table.entries) > bound:
                too_many.append(len(client._table.entries))

    raised = run(*[lambda seed=seed: work(seed) for seed in range(THREADS)])

    assert (raised, too_many, wrong) == ([], [], [])
    check(client)


def test_entry_dies_while_it_is_looked_at() -> None:
    """Who asks for an entry at the moment when it is dropped gets what was there, not an error."""

    class Dropping:
        def dumps(self, value: int, /) -> bytes:
            return b"%d" % value

        def loads(self, data: bytes, /) -> int:
            client.invalidate_cache("k")
            return int(data)

    client = CacheClientRam[int](serializer=Dropping(), clock=FakeClock())
    client.to_cache("k", 7, MINUTE)
    store = client.entries(ResultType(int))

    assert store.entry("k") == Entry(7, age=timedelta(0), fresh_for=MINUTE)
    assert store.entry("k") is None


@pytest.mark.usefixtures("frequent_switches")
def test_invalidation_wins() -> None:
    """While threads load and store, no thread that invalidated reads what was true before."""
    store = CacheClientRam[int]().entries(ResultType(int))
    truth = [0]
    outdated: list[tuple[int, int]] = []
    changing = threading.Lock()

    def load() -> None:
        for _ in range(500):
            claim = store.claim("k")
            value = truth[0]
            store.write("k", value, MINUTE, claim)

    def change() -> None:
        for _ in range(200):
            with changing:
                truth[0] += 1
                store.invalidate("k")
                found = store.read("k")
                if isinstance(found, int) and found != truth[0]:
                    outdated.append((found, truth[0]))

    raised = run(load, load, load, change, change)

    assert (raised, outdated) == ([], [])


@pytest.mark.usefixtures("frequent_switches")
def test_clear_and_count_among_writers() -> None:
    """clear(), len() and repr() may be called while others write."""
    client = CacheClientRam[int](max_entries=20)

    def write() -> None:
        for n in range(300):
            client.to_cache(f"k{n % 50}", n, MINUTE)

    def look() -> None:
        for _ in range(60):
            client.clear()
            assert 0 <= len(client) <= 20
            assert repr(client)

    raised = run(write, write, write, look)

    assert raised == []
    check(client)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_fork_while_a_thread_writes() -> None:
    """A child process uses the client although a thread that it has not got held the lock."""
    client = CacheClientRam[str]()
    client.to_cache("k", "v", MINUTE)
    held, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with client._table._lock:
            held.set()
            leave.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    child = os.fork()
    if child == 0:  # pragma: no cover - runs in the child, where nobody counts
        client.to_cache("new", "value", MINUTE)
        os._exit(0 if client.from_cache("k") == "v" and client.from_cache("new") == "value" else 1)
    leave.set()
    holder.join()
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert client.from_cache("new") is None
