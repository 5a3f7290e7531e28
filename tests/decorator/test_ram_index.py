"""A function on RAM finds its entries by its arguments: what must hold although no key is built."""

import asyncio
import gc
import weakref
from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import IntEnum
from typing import Any

import pytest

from ram_invariants import check
from typed_cache import Cache, CacheClientFactory, CacheClientRam, Policy
from typed_cache.testing import FakeClock

MINUTE = timedelta(minutes=1)


class Colour(IntEnum):
    RED = 1


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def client(clock: FakeClock) -> CacheClientRam[Any]:
    return CacheClientRam[Any](max_entries=100, clock=clock)


@pytest.fixture
def factory() -> Iterator[CacheClientFactory]:
    factory = CacheClientFactory()
    Cache.set_cache_factory(factory)
    yield factory
    Cache.set_cache_factory(None)


def counting(client: CacheClientRam[Any]) -> Callable[[int], int]:
    """Return a function that returns how often it was called."""
    calls = [0]

    @Cache(key="n_{n}", expire=MINUTE, client=client)
    def count(n: int) -> int:
        calls[0] += 1
        return calls[0]

    return count


def index_of(function: Any) -> dict[object, Any]:
    """Return the entries that a cached function finds by its arguments."""
    index: dict[object, Any] = function.__globals__["ram"][0]
    return index


def test_equal_arguments_of_other_types(client: CacheClientRam[Any]) -> None:
    """1, True, 1.0 and an enum's 1 never meet, in whatever order they come."""

    @Cache(key="v_{value}", expire=MINUTE, client=client)
    def kind(value: Any) -> str:
        return type(value).__name__

    for _ in range(2):
        assert [kind(v) for v in (1, True, 1.0, Colour.RED, "1", b"1", None)] == [
            *("int", "bool", "float", "Colour", "str", "bytes", "NoneType")
        ]


def test_equal_tuples_of_other_types(client: CacheClientRam[Any]) -> None:
    """Tuples are told apart by what is in them."""

    @Cache(key="v_{values}", expire=MINUTE, client=client)
    def kinds(values: tuple[Any, ...]) -> str:
        return " ".join(type(value).__name__ for value in values)

    for _ in range(2):
        assert [kinds(v) for v in ((1, "a"), (True, "a"), (1.0, "a"), ((1,), "a"))] == [
            *("int str", "bool str", "float str", "tuple str")
        ]
    assert len(index_of(kinds)) == 1


@pytest.mark.parametrize(
    "drop",
    [
        lambda client: client.invalidate_cache("n_1"),
        lambda client: client.invalidate_cache_many(["n_1"]),
        lambda client: client.clear(),
        lambda client: client.to_cache("n_1", 70, MINUTE),
    ],
)
def test_changed_by_key(client: CacheClientRam[Any], drop: Callable[[Any], None]) -> None:
    """What is done to an entry by its key is seen by the next call, and nothing is kept of it."""
    count = counting(client)
    count(1)
    drop(client)

    assert index_of(count) == {}
    assert count(1) in {2, 70}
    check(client)


def test_expired(client: CacheClientRam[Any], clock: FakeClock) -> None:
    """At the instant of its expiry an entry is served no more, and it is counted as expired."""
    count = counting(client)
    count(1)
    clock.advance(seconds=59.999)
    assert count(1) == 1
    clock.advance(seconds=0.001)

    assert count(1) == 2
    assert count.stats().misses == {"absent": 1, "expired": 1}  # type: ignore[attr-defined]
    check(client)


def test_evicted(clock: FakeClock) -> None:
    """An entry that was evicted is not found by its arguments either."""
    client = CacheClientRam[Any](max_entries=2, clock=clock)
    count = counting(client)
    for n in range(10):
        count(n)

    assert len(index_of(count)) == 2
    assert count(0) == 11
    check(client)


def test_values_are_let_go(client: CacheClientRam[Any]) -> None:
    """Neither an index nor a dead entry keeps a value alive."""

    class Value:
        pass

    @Cache(key="n_{n}", expire=MINUTE, client=client)
    def make(n: int) -> Any:
        return Value()

    value = weakref.ref(make(1))
    assert value() is not None
    make.invalidate(1)
    gc.collect()

    assert value() is None


def test_stored_by_key_before(client: CacheClientRam[Any]) -> None:
    """What was stored under the key directly, to expire alike, is found by arguments from then on."""
    count = counting(client)
    client.to_cache("n_1", 70, MINUTE)

    assert [count(1), count(1)] == [70, 70]
    assert list(index_of(count)) == [1]
    assert count.stats().hits == 2  # type: ignore[attr-defined]
    check(client)


def test_two_functions_one_key(client: CacheClientRam[Any]) -> None:
    """Two functions share an entry, and each counts its own hits."""
    one, two = counting(client), counting(client)
    assert [one(1), two(1), two(1), one(1), one(1)] == [1] * 5

    assert (one.stats().hits, two.stats().hits) == (2, 2)  # type: ignore[attr-defined]
    check(client)


def test_direct_reads_are_no_hits(client: CacheClientRam[Any]) -> None:
    """What reads an entry by its key does not count as the function's hit, also when the entry has gone."""
    count = counting(client)
    count(1)
    for _ in range(5):
        client.from_cache("n_1")
    count(1)
    assert count.stats().hits == 1  # type: ignore[attr-defined]
    client.invalidate_cache("n_1")

    assert count.stats().hits == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("bound", [3, 50, None])
def test_hits_survive(bound: int | None, factory: CacheClientFactory, clock: FakeClock) -> None:
    """Hits stay counted when their entries are evicted, replaced, dropped, or left with another client."""
    client = CacheClientRam[int](max_entries=bound, clock=clock)
    factory.register("ram", client)

    @Cache(key="n_{n}", expire=MINUTE)
    def same(n: int) -> int:
        return n

    calls = 0
    for n in range(600):
        for argument in (n % 7, n % 7, n % 40):
            same(argument)
            calls += 1
        if n % 50 == 0:
            client.invalidate_cache("n_3")
            clock.advance(seconds=20)
        if n % 100 == 0:
            with factory.override("ram", CacheClientRam[int](clock=clock)):
                calls += same(1)
        if n == 300:
            client.clear()

    stats = same.stats()
    assert stats.hits + sum(stats.misses.values()) == calls
    assert stats.stores == sum(stats.misses.values())
    check(client)


def test_another_client(factory: CacheClientFactory) -> None:
    """From the moment the registry has changed, nothing of the client before is served."""
    factory.register("ram", CacheClientRam[int]())
    calls = [0]

    @Cache(key="n_{n}", expire=MINUTE)
    def count(n: int) -> int:
        calls[0] += 1
        return calls[0]

    assert [count(1), count(1)] == [1, 1]
    with factory.override("ram", CacheClientRam[int]()):
        assert [count(1), count(1)] == [2, 2]
    assert [count(1), count(1)] == [1, 1]


class Renaming(CacheClientRam[int]):
    """A client that changes what passes through it."""

    def from_cache(self, key: str) -> int | None:
        value = super().from_cache(key)
        return None if value is None else value + 100


def test_subclass_with_a_method_of_its_own() -> None:
    """A subclass that overrides a method is asked through it at every call."""
    count = counting(Renaming())

    assert [count(1), count(1), count(1)] == [1, 101, 101]


def test_subclass_without() -> None:
    """One that overrides nothing is as quick as its parent."""

    class Named(CacheClientRam[int]):
        name = "prices"

    count = counting(Named())
    count(1)

    assert list(index_of(count)) == [1]


def test_copies(client: CacheClientRam[Any]) -> None:
    """What a caller does to a result never reaches the next one."""

    @Cache(key="n_{n}", expire=MINUTE, client=client)
    def digits(n: int) -> list[int]:
        return [n]

    digits(1).append(2)
    digits(1).append(3)

    assert digits(1) == [1]
    assert digits.stats().hits == 2
    assert list(index_of(digits)) == [1]


def test_value_of_another_class(client: CacheClientRam[Any]) -> None:
    """A value of a subclass of what is declared is copied as what it is, and so looked up by its key."""

    class Numbers(list[int]):
        pass

    @Cache(key="n_{n}", expire=MINUTE, client=client)
    def numbers(n: int) -> list[int]:
        return Numbers([n])

    numbers(1)
    again = numbers(1)
    again.append(2)

    assert type(again) is Numbers
    assert numbers(1) == [1]
    assert numbers.stats().hits == 2


class Stubborn:
    """Can be copied once, when it is stored."""

    copies = 0

    def __deepcopy__(self, memo: object) -> "Stubborn":
        type(self).copies += 1
        if type(self).copies > 1:
            raise ValueError
        return self


def test_copy_fails(client: CacheClientRam[Any]) -> None:
    """A value that cannot be copied for a caller is a miss, and its error nobody's."""
    Stubborn.copies = 0

    @Cache(key="n_{n}", expire=MINUTE, client=client)
    def make(n: int) -> Stubborn:
        return Stubborn()

    assert isinstance(make(1), Stubborn)
    assert isinstance(make(1), Stubborn)
    assert make.stats().misses == {"absent": 1, "copy": 1}


def test_shared_on_purpose() -> None:
    """With isolation="none" a hit is the very object that was stored."""

    @Cache(key="n_{n}", expire=MINUTE, client=CacheClientRam[Any](isolation="none"))
    def numbers(n: int) -> list[int]:
        return [n]

    assert numbers(1) is numbers(1)
    assert list(index_of(numbers)) == [1]


def test_none(client: CacheClientRam[Any]) -> None:
    """None is stored where the policy says so, and only there."""
    calls: list[str] = []

    @Cache(key="a_{n}", expire=MINUTE, client=client)
    def kept(n: int) -> None:
        calls.append("kept")

    @Cache(key="b_{n}", expire=MINUTE, client=client, policy=Policy(cache_none=False))
    def refused(n: int) -> None:
        calls.append("refused")

    for _ in range(2):
        kept(1)
        refused(1)
    assert calls == ["kept", "refused", "refused"]
    check(client)


def test_invalidated_while_loading(client: CacheClientRam[Any]) -> None:
    """A value whose key is invalidated while it is computed goes to its caller, and is not stored."""
    calls = [0]

    @Cache(key="n_{n}", expire=MINUTE, client=client)
    def load(n: int) -> int:
        calls[0] += 1
        if calls[0] == 1:
            client.invalidate_cache("n_1")
        return calls[0]

    assert [load(1), load(1), load(1)] == [1, 2, 2]
    assert load.stats().refused == 1


def test_load_within_a_load(client: CacheClientRam[Any]) -> None:
    """Of two loads of one key, the first to finish is stored."""
    calls = [0]

    @Cache(key="n_{n}", expire=MINUTE, client=client)
    def load(n: int) -> int:
        calls[0] += 1
        mine = calls[0]
        if mine == 1:
            load(n)
        return mine

    assert [load(1), load(1)] == [1, 2]
    assert client._table.begun == {}
    check(client)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_function_raises(client: CacheClientRam[Any], error: type[BaseException]) -> None:
    """What the function raises is its caller's; nothing of the load is left."""
    raising = [True]

    @Cache(key="n_{n}", expire=MINUTE, client=client)
    def load(n: int) -> int:
        if raising[0]:
            raise error
        return n

    with pytest.raises(error):
        load(1)
    assert client._table.begun == {}
    raising[0] = False
    assert [load(1), load(1)] == [1, 1]
    assert load.stats().hits == 1


def test_read_once_results(client: CacheClientRam[Any]) -> None:
    """A result that its first reader uses up is not stored."""

    @Cache(key="n_{n}", expire=MINUTE, client=client)
    def numbers(n: int) -> Any:
        return iter([n])

    assert [list(numbers(1)), list(numbers(1))] == [[1], [1]]
    assert numbers.stats().errors == {("write", "serialization"): 2}
    assert client._table.begun == {}


def test_other_version(client: CacheClientRam[Any]) -> None:
    """An entry of another version is not found, by key or by arguments."""

    @Cache(key="n_{n}", expire=MINUTE, client=client, version="1")
    def old(n: int) -> str:
        return "old"

    @Cache(key="n_{n}", expire=MINUTE, client=client, version="2")
    def new(n: int) -> str:
        return "new"

    assert [old(1), new(1), new(1), old(1), new(1)] == ["old", "new", "new", "old", "new"]
    check(client)


def test_closed_index_is_forgotten(factory: CacheClientFactory) -> None:
    """A function that was bound to a client keeps neither the client nor its entries when it is gone."""
    factory.register("ram", client := CacheClientRam[int]())

    @Cache(key="n_{n}", expire=MINUTE)
    def same(n: int) -> int:
        return n

    same(1)
    gone = weakref.ref(client._table)
    del client
    factory.unregister("ram")
    factory.register("ram", CacheClientRam[int]())
    same(1)
    gc.collect()

    assert gone() is None


def test_coroutine_function(client: CacheClientRam[Any]) -> None:
    """A coroutine function finds its entries in the same way."""
    calls = [0]

    @Cache(key="n_{n}", expire=MINUTE, client=client)
    async def count(n: int) -> int:
        calls[0] += 1
        return calls[0]

    async def main() -> list[int]:
        before = [await count(1), await count(1)]
        await count.invalidate(1)
        return [*before, await count(1)]

    assert asyncio.run(main()) == [1, 1, 2]
    assert list(index_of(count)) == [1]


def test_type_without_an_index(client: CacheClientRam[Any]) -> None:
    """With a serializer the value is read from its bytes at every call, so no entry is found by arguments."""

    class Text:
        def dumps(self, value: int, /) -> bytes:
            return b"%d" % value

        def loads(self, data: bytes, /) -> int:
            return int(data)

    @Cache(key="n_{n}", expire=MINUTE, client=CacheClientRam[int](serializer=Text()))
    def same(n: int) -> int:
        return n

    assert [same(1), same(1)] == [1, 1]
    assert same.stats().hits == 1
