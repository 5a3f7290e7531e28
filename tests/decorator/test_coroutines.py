"""Coroutine functions: the same promises, awaited."""

import asyncio
import inspect
import threading
from datetime import timedelta
from typing import Any

import pytest

from fakes import AsyncShelf, Broken, Shelf
from typed_cache import Cache, CacheClientFactory, CacheClientRam, DecorationError


@pytest.fixture
def ram() -> CacheClientRam[Any]:
    return CacheClientRam()


def test_a_hit_does_not_await_the_function(ram: CacheClientRam[Any]) -> None:
    """The second call is answered from the cache."""
    calls = []

    @Cache(key="async_{n}", expire=timedelta(minutes=1), client=ram)
    async def get(n: int) -> str:
        calls.append(n)
        await asyncio.sleep(0)
        return str(n)

    async def main() -> list[str]:
        return [await get(1), await get(n=1), await get(2)]

    assert asyncio.run(main()) == ["1", "1", "2"]
    assert calls == [1, 2]


def test_the_handles_are_awaitable(ram: CacheClientRam[Any]) -> None:
    """All but `key_for` and `stats`."""
    calls = []

    @Cache(key="handled_{n}", client=ram)
    async def get(n: int) -> int:
        calls.append(n)
        return len(calls)

    async def main() -> None:
        assert await get.peek(1) is None
        assert await get(1) == 1
        assert await get.peek(1) == 1
        assert await get.refresh(1) == 2
        entry = await get.entry(1)
        assert entry is not None
        assert entry.value == 2
        await get.invalidate(1)
        assert await get.entry(1) is None

    asyncio.run(main())
    assert get.key_for(1) == "handled_1"
    assert get.stats().invalidations == 1


def test_methods(ram: CacheClientRam[Any]) -> None:
    """A coroutine method binds like any other."""

    class Repo:
        @Cache(key="m_{n}", client=ram)
        async def get(self, n: int) -> int:
            return n

        @Cache(key="m_{n}", invalidate=True, client=ram)
        async def change(self, n: int) -> None:
            await asyncio.sleep(0)

    async def main() -> None:
        repo = Repo()
        assert await repo.get(3) == 3
        assert await repo.get.peek(3) == 3
        await repo.change(3)
        assert await repo.get.peek(3) is None

    asyncio.run(main())
    assert inspect.iscoroutinefunction(Repo.get)
    assert inspect.iscoroutinefunction(Repo().get)
    assert inspect.iscoroutinefunction(Repo().change)


def test_it_is_a_coroutine_function(ram: CacheClientRam[Any]) -> None:
    """For `inspect`, and so for every framework that asks it."""

    @Cache(key="c_{n}", client=ram)
    async def get(n: int) -> int:
        return n

    @Cache(key="c_{n}", invalidate=True, client=ram)
    async def change(n: int) -> None: ...

    assert inspect.iscoroutinefunction(get)
    assert inspect.iscoroutinefunction(change)


def test_a_client_that_may_block_is_asked_on_a_thread() -> None:
    """A user's plain client never blocks the loop."""
    asked_on: set[str] = set()

    class Watched(Shelf[int]):
        def from_cache(self, key: str) -> int | None:
            asked_on.add(threading.current_thread().name)
            return super().from_cache(key)

    client = Watched()

    @Cache(key="blocking_{n}", client=client)
    async def get(n: int) -> int:
        return n

    async def main() -> list[int]:
        return [await get(1), await get(1)]

    assert asyncio.run(main()) == [1, 1]
    assert client.values == {"blocking_1": 1}
    assert all(name.startswith("typed_cache") for name in asked_on)


def test_an_async_client_is_awaited() -> None:
    """By `client=` and by name."""
    factory = CacheClientFactory()
    by_name, direct = AsyncShelf[int](), AsyncShelf[int]()
    factory.register("async", by_name)
    Cache.set_cache_factory(factory)

    @Cache(key="named_{n}")
    async def named(n: int) -> int:
        return n

    @Cache(key="direct_{n}", client=direct)
    async def given(n: int) -> int:
        return n

    async def main() -> None:
        assert [await named(1), await named(1), await given(2), await given.peek(2)] == [1, 1, 2, 2]
        await given.invalidate(2)

    asyncio.run(main())
    Cache.set_cache_factory(None)
    assert by_name.values == {"named_1": 1}
    assert direct.values == {}
    assert named.stats().hits == 1


def test_an_async_client_does_not_serve_a_plain_function() -> None:
    """It could not be awaited; the error says both ways out."""
    with pytest.raises(DecorationError, match="coroutine function"):

        @Cache(key="plain_{n}", client=AsyncShelf[int]())
        def get(n: int) -> int:
            return n


def test_a_dead_backend() -> None:
    """The coroutine's own result is what the caller gets."""

    @Cache(key="down_{n}", client=Broken[int]())
    async def down(n: int) -> int:
        return n

    async def main() -> list[int | None]:
        return [await down(1), await down.refresh(1), await down.peek(1), await down.invalidate(1)]

    assert asyncio.run(main()) == [1, 1, None, None]
    assert down.stats().errors["read", "ConnectionRefusedError"] == 2


def test_exceptions_are_not_cached(ram: CacheClientRam[Any]) -> None:
    """What the coroutine raises reaches who awaits it."""

    @Cache(key="raises_{n}", client=ram)
    async def raises(n: int) -> int:
        raise LookupError(n)

    with pytest.raises(LookupError):
        asyncio.run(raises(1))
    assert asyncio.run(raises.peek(1)) is None


def test_a_cancelled_load_is_not_stored(ram: CacheClientRam[Any]) -> None:
    """Cancellation passes through and leaves nothing behind."""
    started = asyncio.Event()

    @Cache(key="cancelled_{n}", client=ram)
    async def slow(n: int) -> int:
        started.set()
        await asyncio.Event().wait()
        return n

    async def main() -> None:
        task = asyncio.create_task(slow(1))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await slow.peek(1) is None

    asyncio.run(main())


def test_a_value_invalidated_while_it_was_loaded_is_not_stored(ram: CacheClientRam[Any]) -> None:
    """As for plain functions."""

    @Cache(key="overtaken_{n}", client=ram)
    async def row(n: int) -> str:
        await row.invalidate(n)
        return "old"

    async def main() -> None:
        assert await row(1) == "old"
        assert await row.peek(1) is None

    asyncio.run(main())
    assert row.stats().refused == 1


def test_put(ram: CacheClientRam[Any]) -> None:
    """`put=True` awaits the function each time and stores what it returned."""
    calls = []

    @Cache(key="put_{n}", put=True, client=ram)
    async def put(n: int) -> int:
        calls.append(n)
        return len(calls)

    async def main() -> list[int | None]:
        return [await put(1), await put(1), await put.peek(1)]

    assert asyncio.run(main()) == [1, 2, 2]


def test_several_loops() -> None:
    """Loops in several threads use one function at once."""
    shelf = Shelf[int]()

    @Cache(key="loops_{n}", client=shelf)
    async def get(n: int) -> int:
        await asyncio.sleep(0)
        return n

    async def many() -> list[int]:
        return await asyncio.gather(*(get(n % 5) for n in range(50)))

    results: list[list[int]] = []
    threads = [threading.Thread(target=lambda: results.append(asyncio.run(many()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == [[n % 5 for n in range(50)]] * 4
