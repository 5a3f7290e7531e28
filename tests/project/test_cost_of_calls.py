"""What a hit and a miss cost, in what can be counted at every run: calls in Python, and memory that stays.

Instructions are counted by the nox session `instructions`.
"""

import gc
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from typing import Any, Final

import pytest

from typed_cache import Cache, CacheClientRam

HITS: Final = 10_000
MISSES: Final = 1_000
ARGUMENTS: Final = [int(str(number)) for number in range(500, 510)]
Calls = Callable[[int], None]
"""Makes so many calls."""


def keep(key: str, entries: int = 100) -> Any:
    """Return a decorator with a RAM client of its own."""
    client = CacheClientRam[Any](max_entries=entries)
    return Cache(key=key, client=client, expire=timedelta(hours=1))


@keep("square_{n}")
def square(n: int) -> int:
    return n * n


@keep("price_{n}_{currency}_{gross}")
def price(n: int, currency: str = "EUR", *, gross: bool = False) -> int:
    return n


@keep("scores_{n}")
def scores(n: int) -> list[int]:
    return [n] * 10


@keep("fetch_{n}")
async def fetch(n: int) -> int:
    return n * n


@keep("fresh_{n}")
def fresh(n: int) -> int:
    return n


class Users:
    @keep("user_{n}")
    def get(self, n: int) -> int:
        return n * n


USERS: Final = Users()


def call_square(calls: int) -> None:
    for _ in range(calls // 10):
        for n in ARGUMENTS:
            square(n)


def call_price(calls: int) -> None:
    for _ in range(calls // 10):
        for n in ARGUMENTS:
            price(n, gross=True)


def call_scores(calls: int) -> None:
    for _ in range(calls // 10):
        for n in ARGUMENTS:
            scores(n)


def call_fetch(calls: int) -> None:
    for _ in range(calls // 10):
        for n in ARGUMENTS:
            try:
                fetch(n).send(None)
            except StopIteration:
                continue


def call_users(calls: int) -> None:
    for _ in range(calls // 10):
        for n in ARGUMENTS:
            USERS.get(n)


FUNCTIONS: Final[dict[str, Calls]] = {
    "square": call_square,
    "price": call_price,
    "scores": call_scores,
    "fetch": call_fetch,
}


def python_calls(make: Calls, calls: int) -> Counter[str]:
    """Return which functions written in Python are called while `make` makes its calls, and how often."""
    seen: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen[frame.f_code.co_qualname] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        make(calls)
    finally:
        sys.setprofile(before)
    del seen[make.__qualname__]
    return seen


def blocks_that_stay(make: Calls, calls: int) -> int:
    """Return how many blocks of memory are left after the calls: of three times the fewest."""
    grown: list[int] = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            before = sys.getallocatedblocks()
            make(calls)
            grown.append(sys.getallocatedblocks() - before)
    finally:
        gc.enable()
    return min(grown)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_hit_calls_nothing_in_python(name: str) -> None:
    """What a hit runs is the function that was written for it, and C."""
    make = FUNCTIONS[name]
    make(1_000)

    assert python_calls(make, HITS) == {name: HITS}


def test_a_hit_of_a_method_binds_it() -> None:
    """A method is bound as well, which is one call."""
    call_users(1_000)

    calls = python_calls(call_users, HITS)

    assert calls["get"] == HITS
    assert sum(calls.values()) <= 2 * HITS


@pytest.mark.parametrize("make", [*FUNCTIONS.values(), call_users])
def test_a_hit_leaves_nothing_behind(make: Calls) -> None:
    """Ten thousand hits leave no memory allocated."""
    make(5_000)  # the uses of an entry have grown out of the integers that are there anyway

    assert blocks_that_stay(make, HITS) < 10


def test_a_miss_calls_no_more_than_it_did() -> None:
    """A miss that stores and evicts makes ten calls in Python, the two of the function itself among them."""
    for n in range(1_000):
        fresh(n)

    def miss(calls: int) -> None:
        for n in range(1_000, 1_000 + calls):
            fresh(n)

    calls = python_calls(miss, MISSES)

    assert calls["fresh"] == 2 * MISSES
    assert sum(calls.values()) // MISSES <= 10
