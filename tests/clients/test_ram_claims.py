"""Values that were overtaken while they were being loaded: the RAM client refuses them."""

from datetime import timedelta

import pytest

from ram_invariants import check
from typed_cache import CacheClientRam
from typed_cache.client import Claim, Miss, ResultType
from typed_cache.testing import FakeClock

MINUTE = timedelta(minutes=1)
TEXT = ResultType(str)


def test_undisturbed() -> None:
    """A value whose key nobody touched is stored, and what happens to other keys is no matter."""
    client = CacheClientRam[str]()
    store = client.entries(TEXT)
    claim = store.claim("k")
    client.to_cache("other", "v", MINUTE)
    client.invalidate_cache("other")

    assert store.write("k", "loaded", MINUTE, claim)
    assert store.read("k") == "loaded"


@pytest.mark.parametrize("present", [False, True])
def test_invalidated(present: bool) -> None:
    """A value computed before an invalidation is not stored after it, whether or not there was an entry."""
    client = CacheClientRam[str]()
    store = client.entries(TEXT)
    if present:
        client.to_cache("k", "before", MINUTE)
    claim = store.claim("k")
    client.invalidate_cache("k")

    assert not store.write("k", "loaded", MINUTE, claim)
    assert store.read("k") == Miss("absent")
    assert store.write("k", "loaded again", MINUTE, store.claim("k"))


def test_written_directly() -> None:
    """A value loaded before to_cache() does not replace what that stored."""
    client = CacheClientRam[str]()
    store = client.entries(TEXT)
    claim = store.claim("k")
    client.to_cache("k", "newer", MINUTE)

    assert not store.write("k", "older", MINUTE, claim)
    assert client.from_cache("k") == "newer"


def test_written_by_another_load() -> None:
    """Of two loads, the first to finish is stored: which of the two values is older, nobody knows."""
    store = CacheClientRam[str]().entries(TEXT)
    slow, quick = store.claim("k"), store.claim("k")

    assert store.write("k", "quick", MINUTE, quick)
    assert not store.write("k", "slow", MINUTE, slow)
    assert store.read("k") == "quick"


def test_cleared() -> None:
    """A value loaded before clear() is not stored after it."""
    client = CacheClientRam[str]()
    store = client.entries(TEXT)
    claim = store.claim("never seen")
    client.clear()

    assert not store.write("never seen", "loaded", MINUTE, claim)


@pytest.mark.parametrize("fate", ["evicted", "expired"])
def test_newer_value_is_gone(fate: str) -> None:
    """A newer value still overtakes an older one when it is no longer in the cache."""
    clock = FakeClock()
    client = CacheClientRam[str](max_entries=2, clock=clock)
    store = client.entries(TEXT)
    claim = store.claim("k")
    client.to_cache("k", "newer", MINUTE)
    if fate == "evicted":
        client.to_cache("a", "v", MINUTE)
        client.to_cache("b", "v", MINUTE)
    else:
        clock.advance(seconds=100)
        client.to_cache("a", "v", MINUTE)

    assert "k" not in client._table.entries
    assert not store.write("k", "older", MINUTE, claim)
    check(client)


def test_shared_by_all_functions() -> None:
    """An invalidation through one function overtakes the loads of another one with the same key."""
    client = CacheClientRam[str]()
    loading, changing = client.entries(TEXT), client.entries(ResultType(type(None)))
    claim = loading.claim("k")
    changing.invalidate("k")

    assert not loading.write("k", "older", MINUTE, claim)


def test_claim_of_another_kind_of_store() -> None:
    """A claim that this client cannot have issued is an error of the program."""
    store = CacheClientRam[str]().entries(TEXT)

    with pytest.raises(TypeError, match="no claim of this store"):
        store.write("k", "v", MINUTE, Claim(b"cas"))
    assert store.read("k") == Miss("absent")


def test_evictions_do_not_overtake() -> None:
    """A slow load is stored, however many other keys come and go in a small cache while it runs."""
    client = CacheClientRam[str](max_entries=10)
    store = client.entries(TEXT)
    claim = store.claim("slow")
    for n in range(10_000):
        store.write(f"quick {n}", "v", MINUTE, store.claim(f"quick {n}"))

    assert store.write("slow", "loaded", MINUTE, claim)
    check(client)
