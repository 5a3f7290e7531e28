"""The client that keeps nothing."""

from datetime import timedelta

import pytest

from typed_cache import CacheClient, ExpireError, NullClient
from typed_cache.client import EntryClient, EntryStore, Miss, ResultType


@pytest.fixture
def store() -> EntryStore[int]:
    return NullClient().entries(ResultType(int))


def test_nothing_is_kept() -> None:
    """What was stored is not there."""
    client: CacheClient[int] = NullClient()

    client.to_cache("key", 1, None)

    assert client.from_cache("key") is None


def test_invalidating_is_no_error() -> None:
    """There is nothing to drop, and that is fine."""
    client: CacheClient[int] = NullClient()

    client.invalidate_cache("key")

    assert client.from_cache("key") is None


def test_bad_expire_is_refused() -> None:
    """A mistake that another client would refuse shows here too."""
    with pytest.raises(ExpireError):
        NullClient().to_cache("key", 1, timedelta(0))


def test_functions_always_miss(store: EntryStore[int]) -> None:
    """A store says that it did not store, and every read is a miss."""
    stored = store.write("key", 1, timedelta(seconds=1), store.claim("key"))
    store.invalidate("key")

    assert not stored
    assert store.read("key") == Miss()
    assert store.entry("key") is None


def test_store_waits_for_nothing(store: EntryStore[int]) -> None:
    """Coroutine functions need no thread for it, and keys are as they are built."""
    assert not store.blocking
    assert store.key_for("key") == "key"


def test_client_offers_entries() -> None:
    """The decorator needs no claims for a client that keeps nothing."""
    assert isinstance(NullClient(), EntryClient)
