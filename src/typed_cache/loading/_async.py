"""This is where the plans are driven for coroutine functions, without ever blocking the loop."""

import inspect
from collections.abc import Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any, final

from typed_cache.client import AsyncEntryStore, EntryStore, Miss
from typed_cache.loading._health import Health
from typed_cache.loading._plan import (
    FAILED,
    Ask,
    Failed,
    Plan,
    Run,
    Terms,
    load,
    miss_of,
    replace,
    withdraw,
)
from typed_cache.loading._steps import perform
from typed_cache.loading._target import Target

__all__ = ["AsyncLoader"]

AnyStore = EntryStore[Any] | AsyncEntryStore[Any]


@final
class AsyncLoader:
    """One coroutine function's way to its cache; `Loader` with its methods awaitable.

    A store that does not block is asked directly, one that blocks on a thread, an async one is awaited.
    """

    __slots__ = ("_expire", "_find", "_function", "health")

    def __init__(
        self,
        function: Callable[..., Coroutine[Any, Any, object]],
        find: Callable[[], Target[Any]],
        expire: timedelta | None,
        health: Health,
    ) -> None:
        self._function = function
        self._find = find
        self._expire = expire
        self.health: Health = health

    async def read(self, key: str, /) -> object:
        """Return the fresh value, or a `Miss`; count which."""
        store: AnyStore = self._find().store
        try:
            found = await _answer(Ask("read", (key,)), store)
        except Exception as error:  # noqa: BLE001  # whatever a backend raises, the caller gets the function's result
            self.health.failed("read", error)
            found = miss_of(error)
        if type(found) is Miss:
            self.health.counters.misses[found.reason] += 1
        else:
            self.health.counters.hits += 1
        return found

    async def load(self, miss: Miss, key: str, /, *args: object, **kwargs: object) -> object:
        """Await the function after a miss, and store its value unless an invalidation overtook it."""
        target = self._find()
        return await self._drive(
            load(miss, key, Terms(self._expire, target.policy)), target.store, args, kwargs
        )

    async def replace(self, key: str, /, *args: object, **kwargs: object) -> object:
        """Await the function whatever is stored, and store its value in place of that."""
        target = self._find()
        return await self._drive(replace(key, Terms(self._expire, target.policy)), target.store, args, kwargs)

    async def withdraw(self, key: str, /, *args: object, **kwargs: object) -> object:
        """Await the function, then drop the entry."""
        return await self._drive(withdraw(key), self._find().store, args, kwargs)

    async def invalidate(self, key: str, /) -> None:
        """Drop the entry."""
        await self._ask(Ask("invalidate", (key,)), self._find().store)

    async def peek(self, key: str, /) -> object:
        """Return the fresh value, or None; counts nothing."""
        found = await self._ask(Ask("read", (key,)), self._find().store)
        return None if found is FAILED or type(found) is Miss else found

    async def entry(self, key: str, /) -> object:
        """Return the entry, or None."""
        found = await self._ask(Ask("entry", (key,)), self._find().store)
        return None if found is FAILED else found

    def key_for(self, key: str, /) -> str:
        """Return `key` as the client gets it."""
        store: AnyStore = self._find().store
        return store.key_for(key)

    async def _drive(
        self, plan: Plan, store: AnyStore, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> object:
        answer: object = None
        while True:
            try:
                step = plan.send(answer)
            except StopIteration as done:
                return done.value
            answer = await (
                self._function(*args, **kwargs) if isinstance(step, Run) else self._ask(step, store)
            )

    async def _ask(self, step: Ask, store: AnyStore) -> object | Failed:
        try:
            answer = await _answer(step, store)
        except Exception as error:  # noqa: BLE001  # as in `read`
            self.health.failed(step.counted_as, error)
            return FAILED
        self.health.answered(step.operation, answer)
        return answer


async def _answer(step: Ask, store: AnyStore) -> object:
    if store.blocking:
        from typed_cache.loading._threads import in_thread  # noqa: PLC0415  # asyncio is loaded when it is used

        return await in_thread(partial(perform, step, store))
    answer = perform(step, store)
    return await answer if inspect.iscoroutine(answer) else answer
