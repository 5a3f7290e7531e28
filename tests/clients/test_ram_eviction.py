"""What a full RAM client keeps, and what it lets go."""

import random
from collections import OrderedDict
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ram_invariants import check
from typed_cache import CacheClientRam
from typed_cache.clients import _s3fifo
from typed_cache.testing import FakeClock

MINUTE = timedelta(minutes=1)


def test_default_bound() -> None:
    """Without a word from the user there is a bound."""
    client = CacheClientRam[int]()
    for n in range(10_050):
        client.to_cache(f"k{n}", n, MINUTE)

    assert len(client) == 10_000
    check(client)


def test_no_bound() -> None:
    """With None there is none."""
    client = CacheClientRam[int](max_entries=None)
    for n in range(10_050):
        client.to_cache(f"k{n}", n, None)

    assert len(client) == 10_050
    check(client)


@given(keys=st.lists(st.integers(0, 30), max_size=100), bound=st.integers(1, 12), reads=st.booleans())
def test_bound(keys: list[int], bound: int, reads: bool) -> None:
    """However it is used, it never holds more, and what was stored last is there."""
    client = CacheClientRam[int](max_entries=bound)
    for key in keys:
        if reads and key % 3 == 0:
            client.from_cache(str(key // 2))
        client.to_cache(str(key), key, MINUTE)
        assert client.from_cache(str(key)) == key
        check(client)

    assert len(client) == min(bound, len(set(keys)))


def test_unread_goes_first() -> None:
    """What was never read since it was stored makes room for what was."""
    client = CacheClientRam[str](max_entries=3)
    for key in ("read", "unread", "last"):
        client.to_cache(key, key, MINUTE)
    client.from_cache("read")
    client.to_cache("new", "new", MINUTE)

    assert client.from_cache("unread") is None
    assert [client.from_cache(key) for key in ("read", "last", "new")] == ["read", "last", "new"]


def test_scan_does_no_harm() -> None:
    """A thousand entries that are never read push nothing out that is."""
    client = CacheClientRam[int](max_entries=100)
    hot = [f"hot{n}" for n in range(50)]
    for key in hot:
        client.to_cache(key, 1, MINUTE)
        client.from_cache(key)
    for n in range(1000):
        client.to_cache(f"scan{n}", n, MINUTE)

    assert all(client.from_cache(key) == 1 for key in hot)
    check(client)


def test_comes_back() -> None:
    """An entry that comes back soon after it was evicted outlives the next newcomers."""
    client = CacheClientRam[int](max_entries=10)
    client.to_cache("back", 1, MINUTE)
    others = (f"k{n}" for n in range(1000))  # without those whose eviction makes it forget that of "back"
    for key in [key for key in others if (hash(key) - hash("back")) % 16][:10]:
        client.to_cache(key, 0, MINUTE)
    assert client.from_cache("back") is None

    client.to_cache("back", 1, MINUTE)
    for n in range(100):
        client.to_cache(f"newcomer{n}", n, MINUTE)
    assert client.from_cache("back") == 1


def test_uses_survive_a_new_value() -> None:
    """A key that is read often stays so when its value is stored anew."""
    client = CacheClientRam[int](max_entries=2)
    client.to_cache("hot", 1, MINUTE)
    client.from_cache("hot")
    client.to_cache("hot", 2, MINUTE)
    for n in range(3):
        client.to_cache(f"k{n}", n, MINUTE)

    assert client.from_cache("hot") == 2


def test_expired_goes_before_live() -> None:
    """An entry that has expired makes room, however often it was read."""
    clock = FakeClock()
    client = CacheClientRam[str](max_entries=2, clock=clock)
    client.to_cache("expired", "v", timedelta(seconds=0.25))
    client.from_cache("expired")
    client.to_cache("live", "v", MINUTE)
    clock.advance(seconds=0.5)
    client.to_cache("new", "v", MINUTE)

    assert (client.from_cache("live"), client.from_cache("new")) == ("v", "v")


def test_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where everything is in use, one goes all the same, after a bounded search."""
    monkeypatch.setattr(_s3fifo, "_PATIENCE", 4)
    client = CacheClientRam[int](max_entries=20)
    for n in range(20):
        client.to_cache(f"k{n}", n, MINUTE)
        client.from_cache(f"k{n}")
    client.to_cache("new", 1, MINUTE)

    assert client.from_cache("k4") is None
    assert len(client) == 20
    check(client)


@pytest.mark.parametrize("bound", [None, 100])
def test_nothing_is_left_behind(bound: int | None) -> None:
    """Ten thousand values stored over each other, or dropped, leave nothing that grows."""
    client = CacheClientRam[int](max_entries=bound)
    for n in range(10_000):
        client.to_cache("same", n, MINUTE)
        client.to_cache(f"k{n}", n, MINUTE + timedelta(seconds=n))
        client.invalidate_cache(f"k{n}")

    check(client)
    assert len(client) == 1
    assert len(client._table._expiry._seconds) < 70


def test_better_than_lru() -> None:
    """On requests of which few are for the same, it misses less often than the least recently used order."""
    chance = random.Random(7)
    requests = [str(int(chance.paretovariate(0.6))) for _ in range(20_000)]
    client = CacheClientRam[int](max_entries=200)
    order: OrderedDict[str, int] = OrderedDict()
    misses = lru_misses = 0
    for key in requests:
        if client.from_cache(key) is None:
            misses += 1
            client.to_cache(key, 1, None)
        if order.pop(key, None) is None:
            lru_misses += 1
            if len(order) == 200:
                order.popitem(last=False)
        order[key] = 1

    assert misses < lru_misses
