"""Expired entries in the RAM client: they do not pile up, and taking them out holds nobody up."""

from datetime import timedelta

import pytest

from ram_invariants import check
from typed_cache import CacheClientRam
from typed_cache.clients._ram_table import _SWEEP
from typed_cache.testing import FakeClock

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("bound", [None, 10_000])
def test_they_do_not_pile_up(bound: int | None) -> None:
    """A client that is written to holds about as many entries as are alive."""
    clock = FakeClock()
    client = CacheClientRam[int](max_entries=bound, clock=clock)
    for n in range(5000):
        client.to_cache(f"k{n}", n, MINUTE)
        clock.advance(seconds=1)

    assert len(client._table.entries) <= 62
    check(client)


def test_many_at_once() -> None:
    """Where many expire together, each write takes some of them out and none takes all."""
    clock = FakeClock()
    client = CacheClientRam[int](max_entries=None, clock=clock)
    for n in range(1000):
        client.to_cache(f"k{n}", n, MINUTE)
    clock.advance(seconds=100)

    client.to_cache("new", 1, MINUTE)
    assert len(client._table.entries) == 1001 - _SWEEP
    for n in range(8):
        client.to_cache(f"new{n}", 1, MINUTE)
    assert len(client._table.entries) == 9
    check(client)


def test_never_more_than_are_written() -> None:
    """Entries leave at least as fast as they come, however unevenly they expire."""
    clock = FakeClock()
    client = CacheClientRam[int](max_entries=None, clock=clock)
    for n in range(3000):
        client.to_cache(f"k{n}", n, timedelta(seconds=1 + n * 7 % 90))
        clock.advance(seconds=0.25)

    assert len(client._table.entries) <= 91 * 4
    check(client)


def test_sweep_spares_a_newer_value() -> None:
    """When the second of an old value comes, the newer one under the same key stays."""
    clock = FakeClock()
    client = CacheClientRam[int](max_entries=None, clock=clock)
    client.to_cache("k", 1, timedelta(seconds=10))
    client.to_cache("k", 2, timedelta(seconds=100))
    clock.advance(seconds=50)
    client.to_cache("other", 1, MINUTE)

    assert client.from_cache("k") == 2
    check(client)


def test_no_expiry() -> None:
    """Without expire an entry outlives everything but the need for room."""
    clock = FakeClock()
    client = CacheClientRam[int](clock=clock)
    client.to_cache("k", 1, None)
    clock.advance(timedelta(days=36500))
    client.to_cache("other", 1, MINUTE)

    assert client.from_cache("k") == 1


def test_dead_values_are_let_go() -> None:
    """A value that was replaced, dropped or swept is held by nothing in the client."""
    import weakref  # noqa: PLC0415  # only here

    class Thing:
        pass

    clock = FakeClock()
    client = CacheClientRam[Thing](clock=clock)
    things = [Thing() for _ in range(4)]
    ghosts = [weakref.ref(thing) for thing in things]
    client.to_cache("replaced", things[0], MINUTE)
    client.to_cache("dropped", things[1], MINUTE)
    client.to_cache("swept", things[2], timedelta(seconds=1))
    client.to_cache("cleared", things[3], MINUTE)
    del things
    client.to_cache("replaced", Thing(), MINUTE)
    client.invalidate_cache("dropped")
    clock.advance(seconds=5)
    client.to_cache("other", Thing(), MINUTE)

    assert [ghost() is None for ghost in ghosts] == [True, True, True, False]
    client.clear()
    assert ghosts[3]() is None
