"""The store over a client with three methods."""

import asyncio
import gc
import weakref
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from typing_extensions import override

from fakes import AsyncShelf, Shelf
from typed_cache import CacheClientRam
from typed_cache.client import Claim, EntryStore, Miss, ResultType
from typed_cache.clients import async_entries_of, entries_of
from typed_cache.clients._claims import _registry, claims_of
from typed_cache.clients._minimal import AsyncMinimalStore, MinimalStore
from typed_cache.clients._ram_store import RamStore

INT = ResultType(int)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def shelf() -> Shelf[int]:
    return Shelf()


@pytest.fixture
def store(shelf: Shelf[int]) -> EntryStore[int]:
    return entries_of(shelf, INT)


def test_client_with_entries_gives_its_own_store() -> None:
    """The capability is used where it is offered."""
    assert isinstance(entries_of(CacheClientRam[int](), INT), RamStore)


def test_client_without_entries_gets_one(shelf: Shelf[int]) -> None:
    """Three methods are enough."""
    assert isinstance(entries_of(shelf, INT), MinimalStore)


def test_attribute_named_entries_is_no_capability() -> None:
    """A client of somebody's own may call its dict, or a method of another shape, `entries`."""

    class WithDict(Shelf[int]):
        def __init__(self) -> None:
            super().__init__()
            self.entries: dict[str, int] = {}

    class WithMethod(Shelf[int]):
        def entries(self) -> list[int]:
            return []

    assert isinstance(entries_of(WithDict(), INT), MinimalStore)
    assert isinstance(entries_of(WithMethod(), INT), MinimalStore)


def test_method_of_a_subclass_is_asked() -> None:
    """Who puts a method of their own over a built-in client's sees every call pass it."""

    class Counting(CacheClientRam[int]):
        reads = 0

        @override
        def from_cache(self, key: str) -> int | None:
            self.reads += 1
            return super().from_cache(key)

    client = Counting()
    client.to_cache("k", 1, MINUTE)

    assert entries_of(client, INT).read("k") == 1
    assert client.reads == 1


def test_method_of_an_instance_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spy that a test puts into one client is not gone round."""
    client = CacheClientRam[int]()
    dropped: list[str] = []
    monkeypatch.setattr(client, "invalidate_cache", dropped.append)

    entries_of(client, INT).invalidate("k")

    assert dropped == ["k"]


def test_subclass_with_nothing_of_its_own_keeps_its_entries() -> None:
    """A name, an attribute or another method changes nothing."""

    class Users(CacheClientRam[int]):
        def size(self) -> int:
            return len(self)

    assert isinstance(entries_of(Users(), INT), RamStore)


def test_coroutine_from_a_plain_method_is_no_value() -> None:
    """A client that forgot its `async` is a failed backend, not a source of coroutines."""

    class Forgetful(Shelf[Any]):
        @override
        def from_cache(self, key: str) -> Any:
            return AsyncShelf[int]().from_cache(key)

    store = entries_of(Forgetful(), INT)

    with pytest.raises(TypeError, match="write the three methods with `async def`"):
        store.read("k")
    with pytest.raises(TypeError, match="returned a coroutine"):
        store.entry("k")


def test_store_passes_on_what_it_is_given(shelf: Shelf[int], store: EntryStore[int]) -> None:
    """The client gets the key as it was built, the value and the time to live."""
    assert store.write(store.key_for("key"), 1, MINUTE, store.claim("key"))

    assert (shelf.values, shelf.expires) == ({"key": 1}, {"key": MINUTE})
    assert store.read("key") == 1


def test_claims_cost_the_client_nothing(shelf: Shelf[int], store: EntryStore[int]) -> None:
    """A miss and its store are one read and one write."""
    store.read("key")
    store.write("key", 1, MINUTE, store.claim("key"))

    assert dict(shelf.calls) == {"read": 1, "write": 1}


def test_none_is_a_miss_and_never_stored(shelf: Shelf[int], store: EntryStore[Any]) -> None:
    """To such a client None means that there is no value."""
    assert not store.write("key", None, MINUTE, store.claim("key"))

    assert store.read("key") == Miss()
    assert store.entry("key") is None
    assert shelf.calls["write"] == 0


def test_entry_has_no_age(store: EntryStore[int]) -> None:
    """The client keeps no times, so there are none to tell."""
    store.write("key", 1, MINUTE, store.claim("key"))

    entry = store.entry("key")

    assert entry is not None
    assert (entry.value, entry.age, entry.fresh_for) == (1, timedelta(0), None)


def test_client_may_block(store: EntryStore[int]) -> None:
    """Nobody knows what a client of somebody's own waits for: coroutine functions ask it in a thread."""
    assert store.blocking


def test_value_overtaken_while_it_is_stored_is_taken_back() -> None:
    """An invalidation during the client's own `to_cache` leaves nothing behind."""

    class Slow(Shelf[int]):
        @override
        def to_cache(self, key: str, value: int, expire: timedelta | None) -> None:
            entries_of(self, INT).invalidate(key)
            super().to_cache(key, value, expire)

    slow = Slow()
    store = entries_of(slow, INT)

    assert not store.write("key", 1, MINUTE, store.claim("key"))
    assert slow.values == {}


def test_claim_of_another_store_is_refused(store: EntryStore[int]) -> None:
    """A claim is good only where it was issued."""
    with pytest.raises(TypeError, match="no claim of this store"):
        store.write("key", 1, MINUTE, Claim("mine"))


def test_claims_belong_to_the_object() -> None:
    """Clients that compare equal, or have no hash, keep their claims apart."""

    @dataclass
    class Equal:
        name: str = "shelf"

    one, other = Equal(), Equal()

    assert one == other
    assert claims_of(one) is claims_of(one)
    assert claims_of(one) is not claims_of(other)


def test_claims_do_not_keep_a_client_alive() -> None:
    """A client that is thrown away is gone, its claims with it."""
    client = Shelf[int]()
    claims_of(client)
    gone, identity = weakref.ref(client), id(client)

    del client
    gc.collect()

    assert gone() is None
    assert identity not in _registry._claims


def test_client_without_weak_references_keeps_its_claims() -> None:
    """With `__slots__` a client stays the one whose claims these are."""

    class Slotted:
        __slots__ = ()

    client = Slotted()

    assert claims_of(client) is claims_of(client)


def test_locks_are_new_in_a_child_process(shelf: Shelf[int]) -> None:
    """After fork no lock is held by a thread of the parent."""
    claims = claims_of(shelf)
    held = claims._lock, _registry._lock

    claims.renew()
    _registry.renew()

    assert claims._lock is not held[0]
    assert _registry._lock is not held[1]


def test_async_client_gets_a_store_of_its_own_kind() -> None:
    """The same promises, awaited."""

    async def use() -> tuple[object, ...]:
        store = async_entries_of(AsyncShelf[int](), INT)
        claim = await store.claim("key")
        first = await store.read("key"), await store.entry("key")
        stored = await store.write(store.key_for("key"), 1, MINUTE, claim)
        entry = await store.entry("key")
        return store.blocking, *first, stored, await store.read("key"), entry and entry.value

    assert asyncio.run(use()) == (False, Miss(), None, True, 1, 1)


def test_async_load_that_was_overtaken_is_refused() -> None:
    """Invalidated before the store, or during it; None is never stored."""

    class Slow(AsyncShelf[int]):
        @override
        async def to_cache(self, key: str, value: int, expire: timedelta | None) -> None:
            await AsyncMinimalStore(self).invalidate(key)
            await super().to_cache(key, value, expire)

    async def use(client: AsyncShelf[Any], value: int | None) -> bool:
        store = async_entries_of(client, INT)
        claim = await store.claim("key")
        if type(client) is AsyncShelf and value is not None:
            await store.invalidate("key")
        stored = await store.write("key", value, MINUTE, claim)
        return stored or bool(client.values)

    assert not asyncio.run(use(AsyncShelf(), 1))
    assert not asyncio.run(use(Slow(), 1))
    assert not asyncio.run(use(AsyncShelf(), None))
