"""This is where the plans are driven for plain functions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, final

from typed_cache.client import EntryStore, Miss
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

__all__ = ["Loader"]


@final
class Loader:
    """One plain function's way to its cache.

    `find` returns the target of the call at hand, or raises where there is none to be had; those are the
    only errors besides the function's own that come out of here.
    """

    __slots__ = ("_expire", "_find", "_function", "health")

    def __init__(
        self,
        function: Callable[..., object],
        find: Callable[[], Target[EntryStore[Any]]],
        expire: timedelta | None,
        health: Health,
    ) -> None:
        self._function = function
        self._find = find
        self._expire = expire
        self.health: Health = health

    def read(self, key: str, /) -> object:
        """Return the fresh value, or a `Miss`; count which."""
        store = self._find().store
        try:
            found = store.read(key)
        except Exception as error:  # noqa: BLE001  # whatever a backend raises, the caller gets the function's result
            self.health.failed("read", error)
            found = miss_of(error)
        if type(found) is Miss:
            self.health.counters.misses[found.reason] += 1
        else:
            self.health.counters.hits += 1
        return found

    def load(self, miss: Miss, key: str, /, *args: object, **kwargs: object) -> object:
        """Call the function after a miss, and store its value unless an invalidation overtook it."""
        target = self._find()
        return self._drive(load(miss, key, Terms(self._expire, target.policy)), target.store, args, kwargs)

    def replace(self, key: str, /, *args: object, **kwargs: object) -> object:
        """Call the function whatever is stored, and store its value in place of that."""
        target = self._find()
        return self._drive(replace(key, Terms(self._expire, target.policy)), target.store, args, kwargs)

    def withdraw(self, key: str, /, *args: object, **kwargs: object) -> object:
        """Call the function, then drop the entry."""
        return self._drive(withdraw(key), self._find().store, args, kwargs)

    def invalidate(self, key: str, /) -> None:
        """Drop the entry."""
        self._ask(Ask("invalidate", (key,)), self._find().store)

    def peek(self, key: str, /) -> object:
        """Return the fresh value, or None; counts nothing."""
        found = self._ask(Ask("read", (key,)), self._find().store)
        return None if found is FAILED or type(found) is Miss else found

    def entry(self, key: str, /) -> object:
        """Return the entry, or None."""
        found = self._ask(Ask("entry", (key,)), self._find().store)
        return None if found is FAILED else found

    def key_for(self, key: str, /) -> str:
        """Return `key` as the client gets it."""
        return self._find().store.key_for(key)

    def _drive(
        self, plan: Plan, store: EntryStore[Any], args: tuple[object, ...], kwargs: dict[str, object]
    ) -> object:
        answer: object = None
        while True:
            try:
                step = plan.send(answer)
            except StopIteration as done:
                return done.value
            answer = self._function(*args, **kwargs) if isinstance(step, Run) else self._ask(step, store)

    def _ask(self, step: Ask, store: EntryStore[Any]) -> object | Failed:
        try:
            answer = perform(step, store)
        except Exception as error:  # noqa: BLE001  # as in `read`
            self.health.failed(step.counted_as, error)
            return FAILED
        self.health.answered(step.operation, answer)
        return answer
