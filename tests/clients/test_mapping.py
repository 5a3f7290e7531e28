"""The client over a mapping of the user's own."""

import json
import pickle
from datetime import timedelta

import pytest
from cachetools import LRUCache
from typing_extensions import override

from typed_cache import BackendError, MappingClient
from typed_cache.client import EntryStore, Miss, ResultType
from typed_cache.testing import FakeClock

MINUTE = timedelta(minutes=1)


@pytest.fixture
def shelf() -> dict[str, object]:
    return {}


@pytest.fixture
def client(shelf: dict[str, object], clock: FakeClock) -> MappingClient[int]:
    return MappingClient(shelf, clock=clock)


@pytest.fixture
def store(client: MappingClient[int]) -> EntryStore[int]:
    return client.entries(ResultType(int))


def test_expired_entries_are_taken_out(
    client: MappingClient[int], shelf: dict[str, object], clock: FakeClock
) -> None:
    """An entry that is found to have expired leaves the mapping."""
    client.to_cache("key", 1, MINUTE)
    clock.advance(MINUTE)

    assert client.entries(ResultType(int)).read("key") == Miss("expired")
    assert shelf == {}


def test_expiry_is_exact(client: MappingClient[int], clock: FakeClock) -> None:
    """The last microsecond counts."""
    client.to_cache("key", 1, timedelta(seconds=1))

    clock.advance(timedelta(microseconds=999_990))
    assert client.from_cache("key") == 1

    clock.advance(timedelta(microseconds=10))
    assert client.from_cache("key") is None


def test_mapping_decides_what_to_evict(clock: FakeClock) -> None:
    """What the mapping dropped is a miss."""
    small: LRUCache[str, object] = LRUCache(maxsize=1)
    client = MappingClient[int](small, clock=clock)

    client.to_cache("old", 1, None)
    client.to_cache("new", 2, None)

    assert client.from_cache("old") is None
    assert client.from_cache("new") == 2


def test_what_others_put_in_is_a_miss(store: EntryStore[int], shelf: dict[str, object]) -> None:
    """An item that no client put there is not taken for a value."""
    shelf["raw"] = 1
    shelf["tuple"] = ("somebody", 1.0, None, 1)

    assert store.read("raw") == Miss("format")
    assert store.read("tuple") == Miss("format")
    assert store.entry("raw") is None


def test_items_are_plain_data(client: MappingClient[int], shelf: dict[str, object]) -> None:
    """A mapping on disk may pickle its items or write them as JSON."""
    client.to_cache("pickled", 1, None)
    client.to_cache("json", 2, MINUTE)

    shelf["pickled"] = pickle.loads(pickle.dumps(shelf["pickled"]))
    shelf["json"] = json.loads(json.dumps(shelf["json"]))

    assert client.from_cache("pickled") == 1
    assert client.from_cache("json") == 2


def test_clock_may_count_whole_seconds(shelf: dict[str, object]) -> None:
    """A clock that returns an int is as good as any."""
    client = MappingClient[int](shelf, clock=lambda: 5)

    client.to_cache("key", 1, None)

    assert client.from_cache("key") == 1


def test_direct_values_are_shared_as_undescribed(shelf: dict[str, object]) -> None:
    """Without an annotation there is nothing to copy by."""
    client, value = MappingClient[list[int]](shelf), [1]

    client.to_cache("key", value, None)

    assert client.from_cache("key") is value


def test_isolation_none_shares(shelf: dict[str, object]) -> None:
    """Whoever wants values shared can have it."""
    store = MappingClient[list[int]](shelf, isolation="none").entries(ResultType(list[int]))
    value = [1]

    assert store.write("key", value, None, store.claim("key"))
    assert store.read("key") is value


def test_value_that_cannot_be_copied_out_has_no_entry(shelf: dict[str, object]) -> None:
    """A value that fails to be copied at the read is a miss, for `entry` too."""

    class Fickle:
        copies = 0

        def __deepcopy__(self, memo: object) -> "Fickle":
            Fickle.copies += 1
            if Fickle.copies > 1:
                raise RuntimeError
            return self

    store = MappingClient[Fickle](shelf).entries(ResultType(Fickle))
    assert store.write("key", Fickle(), None, store.claim("key"))

    assert isinstance(store.read("key"), Miss)
    assert store.entry("key") is None


@pytest.mark.parametrize("blocking", [True, False])
def test_blocking_is_told(blocking: bool) -> None:
    """A mapping on disk is asked in a thread; the client has to be told that it is one."""
    store = MappingClient[int]({}, blocking=blocking).entries(ResultType(int))

    assert store.blocking is blocking
    assert store.key_for("key") == "key"


class Failing(dict[str, object]):
    """A mapping whose disk is full."""

    @override
    def __getitem__(self, key: str) -> object:
        raise OSError("disk")

    @override
    def __setitem__(self, key: str, value: object) -> None:
        raise OSError("disk")

    @override
    def __delitem__(self, key: str) -> None:
        raise OSError("disk")


def test_failures_are_backend_errors() -> None:
    """Whatever a mapping raises arrives as one kind of error that says what was tried."""
    client = MappingClient[int](Failing())

    with pytest.raises(BackendError, match=r"failed to read \(OSError: disk\)") as read:
        client.from_cache("key")
    with pytest.raises(BackendError, match="failed to write"):
        client.to_cache("key", 1, None)
    with pytest.raises(BackendError, match="failed to invalidate"):
        client.invalidate_cache("key")

    assert (read.value.operation, read.value.reason) == ("read", "OSError")


def test_value_that_did_not_fit_leaves_nothing_old() -> None:
    """When a new value cannot be stored the old one, now outdated, is gone."""
    sized: LRUCache[str, object] = LRUCache(10, getsizeof=lambda item: 100 if "big" in str(item) else 1)
    client = MappingClient[str](sized)
    client.to_cache("key", "small", None)

    with pytest.raises(BackendError, match="too large"):
        client.to_cache("key", "big", None)

    assert client.from_cache("key") is None


def test_invalidation_in_the_middle_of_a_store_wins(clock: FakeClock) -> None:
    """What interrupts a store on its own thread, a finalizer, and invalidates, is not undone by it."""

    class Interrupting(dict[str, object]):
        @override
        def __setitem__(self, key: str, value: object) -> None:
            interrupted.invalidate(key)
            super().__setitem__(key, value)

    interrupted = MappingClient[int](Interrupting(), clock=clock).entries(ResultType(int))

    assert not interrupted.write("key", 1, None, interrupted.claim("key"))
    assert interrupted.read("key") == Miss()


def test_store_survives_a_lock_held_at_fork(client: MappingClient[int]) -> None:
    """A child process does not wait for a thread that it has not got."""
    items = client._items
    held = items._lock

    with held:
        items.renew()

    assert items._lock is not held
    assert client.from_cache("key") is None
