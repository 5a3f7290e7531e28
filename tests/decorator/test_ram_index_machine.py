"""Cached functions on RAM against a model: whatever happens by key, nobody is served what is not there."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ram_invariants import check
from typed_cache import Cache, CacheClientFactory, CacheClientRam
from typed_cache.testing import FakeClock

ARGUMENTS = st.sampled_from([0, 1, 2, True, False, 1.0, "1", "a", None, (1, "a"), (True, "a")])
EXPIRE = timedelta(seconds=10)
Stored = tuple[int, float]


@dataclass
class Function:
    """A cached function, and what its model knows."""

    cached: Any
    name: str
    hits: int = 0
    misses: int = 0


class IndexMachine(RuleBasedStateMachine):
    """Functions that share a client return a number that is new at every call of theirs."""

    def __init__(self, bound: int | None) -> None:
        super().__init__()
        self.clock = FakeClock(start=1000.0)
        self.clients = [CacheClientRam[Any](bound, clock=self.clock) for _ in range(2)]
        self.used = 0
        self.factory = CacheClientFactory()
        self.factory.register("ram", self.clients[0])
        Cache.set_cache_factory(self.factory)
        self.may_forget = bound is not None
        self.calls = 0
        self.stored: list[dict[str, Stored]] = [{}, {}]
        self.inside: list[str] = []
        self.functions = [Function(self.make(name), name) for name in ("one", "two")]
        self.copied = Function(self.make_copied(), "list")

    def make(self, name: str) -> Any:
        @Cache(key="{value}", expire=EXPIRE)
        def function(value: Any) -> int:
            return self.called()

        return function

    def make_copied(self) -> Any:
        @Cache(key="list_{value}", expire=EXPIRE)
        def function(value: Any) -> list[int]:
            return [self.called()]

        return function

    def called(self) -> int:
        """Do what was asked for in the middle of a load."""
        for key in self.inside:
            self.client.invalidate_cache(key)
            self.entries.pop(key, None)
        self.calls += 1
        return self.calls

    @property
    def client(self) -> CacheClientRam[Any]:
        return self.clients[self.used]

    @property
    def entries(self) -> dict[str, Stored]:
        return self.stored[self.used]

    def fresh(self, key: str) -> int | None:
        value, expires = self.entries.get(key, (0, 0.0))
        return value if self.clock() < expires else None

    @rule(which=st.integers(0, 1), value=ARGUMENTS, overtaken=st.booleans())
    def call(self, which: int, value: Any, overtaken: bool) -> None:
        function = self.functions[which]
        self.look(function, value, function.cached, lambda found: found, overtaken)

    @rule(value=ARGUMENTS)
    def call_copied(self, value: Any) -> None:
        def first(found: list[int]) -> int:
            found.append(-1)
            return found[0]

        self.look(self.copied, value, self.copied.cached, first, overtaken=False)

    def look(self, function: Function, value: Any, cached: Any, number: Any, overtaken: bool) -> None:
        key = cached.key_for(value)
        known, before = self.fresh(key), self.calls
        self.inside = [key] if overtaken else []
        found = number(cached(value))
        self.inside = []
        if self.calls == before:
            function.hits += 1
            assert found == known
            return
        function.misses += 1
        assert found == self.calls
        assert known is None or self.may_forget
        if not overtaken:
            self.entries[key] = found, self.clock() + 10

    @rule(value=ARGUMENTS, how=st.sampled_from(["handle", "client", "other"]))
    def invalidate(self, value: Any, how: str) -> None:
        cached = self.functions[0].cached
        if how == "handle":
            cached.invalidate(value)
        elif how == "client":
            self.client.invalidate_cache(cached.key_for(value))
        else:
            self.functions[1].cached.invalidate(value)
        self.entries.pop(cached.key_for(value), None)

    @rule(value=ARGUMENTS, seconds=st.sampled_from([5, 10, 40]))
    def to_cache(self, value: Any, seconds: int) -> None:
        self.calls += 1
        key = self.functions[0].cached.key_for(value)
        self.client.to_cache(key, self.calls, timedelta(seconds=seconds))
        self.entries[key] = self.calls, self.clock() + seconds

    @rule(value=ARGUMENTS)
    def refresh(self, value: Any) -> None:
        cached = self.functions[1].cached
        assert cached.refresh(value) == self.calls
        self.entries[cached.key_for(value)] = self.calls, self.clock() + 10

    @rule(value=ARGUMENTS)
    def read_directly(self, value: Any) -> None:
        key = self.functions[0].cached.key_for(value)
        found = self.client.from_cache(key)
        assert found == self.fresh(key) or (self.may_forget and found is None)

    @rule()
    def clear(self) -> None:
        self.client.clear()
        self.entries.clear()

    @rule(seconds=st.sampled_from([1, 4, 9, 30]))
    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    @rule()
    def change_client(self) -> None:
        self.factory.unregister("ram")
        self.used = 1 - self.used
        self.factory.register("ram", self.client)

    @invariant()
    def sound(self) -> None:
        for client in self.clients:
            check(client)
            assert client._table.begun == {}

    @invariant()
    def counted(self) -> None:
        for function in (*self.functions, self.copied):
            stats = function.cached.stats()
            assert (stats.hits, sum(stats.misses.values())) == (function.hits, function.misses)

    def teardown(self) -> None:
        Cache.set_cache_factory(None)


@pytest.mark.parametrize("bound", [None, 1, 3, 100])
def test_index(bound: int | None) -> None:
    """Calls, invalidations, writes by key, expiry, eviction, changes of the registry, in any order."""
    made: list[IndexMachine] = []

    def machine() -> IndexMachine:
        made.append(IndexMachine(bound))
        return made[-1]

    run_state_machine_as_test(
        machine, settings=settings(max_examples=60, stateful_step_count=50, deadline=None)
    )
    assert len(made) >= 60
