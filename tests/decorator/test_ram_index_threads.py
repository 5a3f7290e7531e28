"""Cached functions on RAM in the hands of many threads."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from ram_invariants import check
from threads import run, switching_often
from typed_cache import Cache, CacheClientFactory, CacheClientRam
from typed_cache.testing import FakeClock

MINUTE = timedelta(minutes=1)
THREADS = 8


@pytest.fixture(autouse=True)
def frequent_switches() -> Iterator[None]:
    """Have threads take turns as often as they can."""
    with switching_often():
        yield


@pytest.mark.parametrize("bound", [3, 40, None])
def test_right_values(bound: int | None) -> None:
    """No exception, no value of other arguments, no entry too many, whatever the others do."""
    clock = FakeClock()
    client = CacheClientRam[Any](max_entries=bound, clock=clock)
    wrong: list[object] = []

    @Cache(key="k_{n}_{kind}", expire=timedelta(seconds=5), client=client)
    def make(n: int, kind: str) -> list[object]:
        return [n, kind]

    def work(seed: int) -> None:
        for step in range(500):
            n, kind = (step * 7 + seed * 13) % 40, "ab"[step % 2]
            found = make(n, kind)
            if found != [n, kind]:
                wrong.append(found)
            found.append(seed)
            if step % 11 == seed:
                client.invalidate_cache(make.key_for(n, kind))
            if step % 97 == seed:
                clock.advance(seconds=0.5)
            if step % 193 == seed:
                client.clear()
            if bound is not None and len(client._table.entries) > bound:
                wrong.append(len(client._table.entries))

    raised = run(*[lambda seed=seed: work(seed) for seed in range(THREADS)])

    assert (raised, wrong) == ([], [])
    assert client._table.begun == {}
    check(client)


@pytest.mark.parametrize("arguments", [(1,), (1.5,)], ids=["indexed", "by key"])
def test_invalidation_wins(arguments: tuple[Any]) -> None:
    """A thread that invalidated never gets what was true before, while others call and store."""
    client = CacheClientRam[int]()
    truth = [0]
    outdated: list[tuple[int, int]] = []
    changing = threading.Lock()

    @Cache(key="k_{n}", expire=MINUTE, client=client)
    def read(n: Any) -> int:
        return truth[0]

    def load() -> None:
        for _ in range(1500):
            read(*arguments)

    def change() -> None:
        for _ in range(300):
            with changing:
                truth[0] += 1
                client.invalidate_cache(read.key_for(*arguments))
                found = read(*arguments)
                if found != truth[0]:
                    outdated.append((found, truth[0]))

    raised = run(load, load, load, load, change, change)

    assert (raised, outdated) == ([], [])
    check(client)


def test_registry_changes_win() -> None:
    """A thread that changed the registry is served by the new client alone, from that moment on."""
    factory = CacheClientFactory()
    factory.register("ram", CacheClientRam[str]())
    Cache.set_cache_factory(factory)
    wrong: list[tuple[str, str]] = []
    now = ["none"]

    @Cache(key="k_{n}", expire=MINUTE)
    def name(n: int) -> str:
        return now[0]

    def call() -> None:
        for step in range(2000):
            name(step % 3)

    def change() -> None:
        for step in range(150):
            with factory.override("ram", CacheClientRam[str]()):
                now[0] = f"client {step}"
                name.invalidate(1)
                wrong.extend((found, now[0]) for found in map(name, (1, 1, 1)) if found != now[0])

    raised = run(call, call, call, change)
    Cache.set_cache_factory(None)

    assert (raised, wrong) == ([], [])


def test_every_call_is_counted() -> None:
    """Hits and misses add up to the calls, on eight threads, as long as no entry goes while it is found."""
    client = CacheClientRam[int]()

    @Cache(key="k_{n}", expire=MINUTE, client=client)
    def same(n: int) -> int:
        return n

    for n in range(50):  # two threads that miss at once would both store, and one entry would go
        same(n)
    raised = run(*[lambda: [same(step % 50) for step in range(1000)] for _ in range(THREADS)])

    stats = same.stats()
    assert raised == []
    assert (stats.hits, sum(stats.misses.values())) == (THREADS * 1000, 50)
    check(client)
