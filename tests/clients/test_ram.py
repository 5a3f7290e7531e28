"""What the RAM client promises to whoever uses it directly."""

import time
from datetime import timedelta

import pytest

from fakes import Shelf
from ram_invariants import check
from typed_cache import CacheClientRam, ExpireError
from typed_cache.client import UNANNOTATED, CacheClient, Entry, EntryClient, Miss, ResultType
from typed_cache.testing import FakeClock

MINUTE = timedelta(minutes=1)


def test_contract() -> None:
    """It is a client like any other, and keeps whole entries."""
    client: CacheClient[int] = CacheClientRam[int]()

    assert isinstance(client, EntryClient)
    assert not isinstance(Shelf(), EntryClient)


@pytest.mark.parametrize("value", [None, False, 0, "", [], {}, ()])
def test_empty_values_are_values(value: object) -> None:
    """A store tells what is empty, None included, from what is missing."""
    store = CacheClientRam[object]().entries(ResultType(UNANNOTATED))

    assert store.read("k") == Miss("absent")
    assert store.write("k", value, MINUTE, store.claim("k"))
    assert store.read("k") == value


def test_expired() -> None:
    """An entry is served until the very moment it expires; then the miss says why."""
    clock = FakeClock()
    client = CacheClientRam[str](clock=clock)
    store = client.entries(ResultType(str))
    client.to_cache("k", "v", MINUTE)

    clock.advance(timedelta(seconds=60) - timedelta(microseconds=1))
    assert client.from_cache("k") == "v"
    clock.advance(timedelta(microseconds=1))
    assert client.from_cache("k") is None
    assert store.read("k") == Miss("expired")


@pytest.mark.parametrize("expire", [MINUTE, timedelta(days=3650), None])
def test_entry(expire: timedelta | None) -> None:
    """An entry tells its age, and how long it has left."""
    clock = FakeClock()
    store = CacheClientRam[str](clock=clock).entries(ResultType(str))
    store.write("k", "v", expire, store.claim("k"))
    clock.advance(seconds=45)

    left = None if expire is None else expire - timedelta(seconds=45)
    entry = store.entry("k")
    assert entry is not None
    assert abs(entry.age - timedelta(seconds=45)) <= timedelta(microseconds=2)
    assert entry == Entry("v", age=entry.age, fresh_for=left)


def test_no_entry() -> None:
    """There is no entry where nothing was stored, and none where it has expired."""
    clock = FakeClock()
    client = CacheClientRam[str](clock=clock)
    store = client.entries(ResultType(str))
    client.to_cache("k", "v", MINUTE)
    clock.advance(MINUTE)

    assert store.entry("absent") is None
    assert store.entry("k") is None


def test_clear() -> None:
    """After clear() nothing is left, and the client goes on as new."""
    client = CacheClientRam[int](max_entries=5)
    for n in range(9):
        client.to_cache(f"k{n}", n, MINUTE)
    client.clear()
    check(client)

    assert len(client) == 0
    assert client.from_cache("k8") is None
    client.to_cache("k", 1, MINUTE)
    assert client.from_cache("k") == 1


def test_len_and_truth() -> None:
    """Its length is what it would serve; it is true even when that is nothing."""
    clock = FakeClock()
    client = CacheClientRam[int](clock=clock)
    assert client
    assert len(client) == 0

    client.to_cache("soon", 1, timedelta(seconds=0.5))
    client.to_cache("later", 2, MINUTE)
    client.to_cache("ever", 3, None)
    assert len(client) == 3
    clock.advance(seconds=0.5)
    assert len(client) == 2
    clock.advance(MINUTE)
    assert len(client) == 1


def test_repr() -> None:
    """It shows how full it is."""
    assert repr(CacheClientRam[int](max_entries=7)) == "<CacheClientRam 0 entries of at most 7>"
    assert repr(CacheClientRam[int](max_entries=None)) == "<CacheClientRam 0 entries>"


@pytest.mark.parametrize("expire", [timedelta(0), timedelta(seconds=-1), 60, True, timedelta(days=4000)])
def test_bad_expire(expire: timedelta) -> None:
    """A time that cannot be is refused, and nothing is stored."""
    client = CacheClientRam[int]()

    with pytest.raises(ExpireError):
        client.to_cache("k", 1, expire)
    assert client.from_cache("k") is None


def test_bad_settings() -> None:
    """A bound below one and an unknown isolation are refused with what to write instead."""
    with pytest.raises(ValueError, match="max_entries is 0: write at least 1, or None"):
        CacheClientRam(max_entries=0)
    with pytest.raises(ValueError, match='isolation is \'deep\': write "copy" or "none"'):
        CacheClientRam(isolation="deep")  # type: ignore[arg-type]


def test_clock_is_monotonic() -> None:
    """Without a clock of the user's, a wall clock that is set back serves nothing expired."""
    assert CacheClientRam[int]()._table.clock is time.monotonic


def test_keys_as_they_are() -> None:
    """Keys of any length and text are kept apart."""
    client = CacheClientRam[int]()
    store = client.entries(ResultType(int))
    keys = ["k" * 10_000, "k" * 10_001, "", " ", "\x00", "ü", "\ud800"]
    for n, key in enumerate(keys):
        client.to_cache(key, n, MINUTE)

    assert [client.from_cache(key) for key in keys] == list(range(len(keys)))
    assert store.key_for(keys[0]) == keys[0]
