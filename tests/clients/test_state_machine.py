"""Every client against a model: a dict, a clock, and the time at which each key last changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import cachetools
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ram_invariants import check
from servers import MemcachedServer
from typed_cache import CacheClientMemcached, CacheClientRam, MappingClient
from typed_cache.client import Claim, EntryStore, Miss, ResultType
from typed_cache.serializers import MsgpackSerializer
from typed_cache.testing import FakeClock

VALUES = list[int] | None


KEYS = st.sampled_from([f"k{n}" for n in range(8)])
EXPIRES = st.sampled_from([None, 1, 2, 5, 30, 3600])
CONTENTS = st.one_of(st.none(), st.lists(st.integers(0, 9), max_size=3))


@dataclass
class Stored:
    value: VALUES
    created: float
    expires: float | None


@dataclass
class Model:
    """What is stored, and in which step each key last changed."""

    entries: dict[str, Stored] = field(default_factory=dict[str, Stored])
    changed: dict[str, int] = field(default_factory=dict[str, int])
    step: int = 0

    def change(self, key: str) -> None:
        self.step += 1
        self.changed[key] = self.step

    def fresh(self, key: str, now: float) -> Stored | None:
        stored = self.entries.get(key)
        return None if stored is None or (stored.expires is not None and stored.expires <= now) else stored


class ClientMachine(RuleBasedStateMachine):
    """Does to a client and to the model the same things, and compares what they say."""

    claims: Bundle[tuple[str, int, Claim]] = Bundle("claims")

    def __init__(
        self, make: Callable[[FakeClock], Any], *, may_forget: bool, inspect: Callable[[Any], None]
    ) -> None:
        super().__init__()
        self.clock = FakeClock(start=1000.0)
        self.client = make(self.clock)
        self.store: EntryStore[VALUES] = self.client.entries(ResultType(VALUES))
        self.may_forget = may_forget
        self.inspect = inspect
        self.model = Model()

    @rule(key=KEYS, value=CONTENTS, expire=EXPIRES)
    def to_cache(self, key: str, value: VALUES, expire: int | None) -> None:
        # One function's copier does not reach a value given directly: give it away for good.
        self.client.to_cache(key, None if value is None else list(value), as_time(expire))
        self.remember(key, value, expire)

    @rule(target=claims, key=KEYS)
    def claim(self, key: str) -> tuple[str, int, Claim]:
        return key, self.model.step, self.store.claim(key)

    @rule(claimed=claims, value=CONTENTS, expire=EXPIRES)
    def write(self, claimed: tuple[str, int, Claim], value: VALUES, expire: int | None) -> None:
        key, step, claim = claimed
        mine = None if value is None else list(value)
        stored = self.store.write(key, mine, as_time(expire), claim)
        if mine is not None:
            mine.append(99)

        assert stored == (self.model.changed.get(key, 0) <= step)
        if stored:
            self.remember(key, value, expire)

    @rule(key=KEYS)
    def invalidate(self, key: str) -> None:
        self.store.invalidate(key)
        self.forget(key)

    @rule(key=KEYS)
    def invalidate_directly(self, key: str) -> None:
        self.client.invalidate_cache(key)
        self.forget(key)

    @precondition(lambda self: hasattr(self.client, "clear"))
    @rule()
    def clear(self) -> None:
        self.client.clear()
        for key in [f"k{n}" for n in range(8)]:
            self.forget(key)

    @rule(seconds=st.sampled_from([1, 2, 4, 40, 7200]))
    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    @rule(key=KEYS)
    def read(self, key: str) -> None:
        found = self.store.read(key)
        stored = self.model.fresh(key, self.clock())
        if isinstance(found, Miss):
            assert stored is None or self.may_forget
            return
        assert stored is not None
        assert found == stored.value
        if found is not None:
            found.append(99)

    @rule(key=KEYS)
    def read_directly(self, key: str) -> None:
        found = self.client.from_cache(key)
        stored = self.model.fresh(key, self.clock())

        assert found == (None if stored is None else stored.value) or (self.may_forget and found is None)

    @rule(key=KEYS)
    def entry(self, key: str) -> None:
        entry = self.store.entry(key)
        stored = self.model.fresh(key, self.clock())
        if entry is None:
            assert stored is None or self.may_forget
            return
        assert stored is not None
        left = None if stored.expires is None else timedelta(seconds=stored.expires - self.clock())
        assert (entry.value, entry.fresh_for) == (stored.value, left)
        assert abs(entry.age.total_seconds() - (self.clock() - stored.created)) < 1e-5

    @invariant()
    def sound(self) -> None:
        self.inspect(self.client)

    def remember(self, key: str, value: VALUES, expire: int | None) -> None:
        now = self.clock()
        self.model.change(key)
        self.model.entries[key] = Stored(value, now, None if expire is None else now + expire)

    def forget(self, key: str) -> None:
        self.model.change(key)
        self.model.entries.pop(key, None)


def as_time(expire: int | None) -> timedelta | None:
    return None if expire is None else timedelta(seconds=expire)


def nothing_to_see(client: object) -> None:
    """Look at nothing inside."""


def ram(max_entries: int | None = None, *, serialized: bool = False) -> Callable[[FakeClock], Any]:
    serializer = MsgpackSerializer() if serialized else None
    return lambda clock: CacheClientRam[Any](max_entries, serializer=serializer, clock=clock)


def mapping(make: Callable[[], Any]) -> Callable[[FakeClock], Any]:
    return lambda clock: MappingClient[Any](make(), clock=clock)


@pytest.mark.parametrize(
    ("make", "may_forget", "inspect"),
    [
        pytest.param(ram(), False, check, id="ram"),
        pytest.param(ram(8), False, check, id="ram-with-room"),
        pytest.param(ram(3), True, check, id="ram-of-3"),
        pytest.param(ram(1), True, check, id="ram-of-1"),
        pytest.param(ram(8, serialized=True), False, check, id="ram-of-bytes"),
        pytest.param(mapping(dict), False, nothing_to_see, id="dict"),
        pytest.param(mapping(lambda: cachetools.LRUCache(3)), True, nothing_to_see, id="cachetools"),
    ],
)
def test_client(make: Callable[[FakeClock], Any], may_forget: bool, inspect: Callable[[Any], None]) -> None:
    """Whatever is done to it, in whatever order, it serves what the model serves, or less if bounded."""
    assert run(make, may_forget=may_forget, inspect=inspect) >= 40


def test_memcached(memcached: MemcachedServer) -> None:
    """The same of a real server; it may forget, since its own clock cannot be stopped."""
    numbers = count()

    def make(clock: FakeClock) -> CacheClientMemcached[Any]:
        client = CacheClientMemcached[Any].connect(
            memcached.address, namespace=f"machine{next(numbers)}:", clock=clock
        )
        made.append(client)
        return client

    made: list[CacheClientMemcached[Any]] = []
    assert run(make, may_forget=True, inspect=nothing_to_see) >= 40
    for client in made:
        client.close()


def run(make: Callable[[FakeClock], Any], *, may_forget: bool, inspect: Callable[[Any], None]) -> int:
    """Let hypothesis look for a sequence of steps that tells a client from the model; count its tries."""
    made: list[ClientMachine] = []

    def machine() -> ClientMachine:
        made.append(ClientMachine(make, may_forget=may_forget, inspect=inspect))
        return made[-1]

    run_state_machine_as_test(
        machine, settings=settings(max_examples=40, stateful_step_count=40, deadline=None)
    )
    return len(made)
