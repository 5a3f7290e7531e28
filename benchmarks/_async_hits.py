"""A hit in RAM of a function that awaits, beside the peers that take such functions.

The baseline is the least that one can await: a coroutine function whose body is a hit of `lru_cache`.
"""

import asyncio
from collections.abc import Callable, Coroutine
from functools import lru_cache
from typing import Any, Final

from benchmarks._figures import Table
from benchmarks._peers import HOUR, Function, Peer, decorate_all, load, typed_cache
from benchmarks._timing import Arguments, Contestant, Effort, Loop, race, write_loop

STORED: Final = 1_000
CAPACITY: Final = 10_000
ASKED: Final = range(500, 510)
RUNS: Final[list[object]] = []
"""What the function ran for; a hit adds nothing."""
BASELINE: Final = "lru_cache in an async def"


async def square(n: int) -> int:
    """Stand for a function that is worth caching."""
    RUNS.append(n)
    return n * n


def _lru_cache(_function: Function, capacity: int) -> Function:
    @lru_cache(maxsize=capacity)
    def kept(n: int) -> int:
        RUNS.append(n)
        return n * n

    async def square(n: int) -> int:
        return kept(n)

    return square


def _async_lru(function: Function, capacity: int) -> Function:
    cached: Function = load("async_lru").alru_cache(maxsize=capacity, ttl=HOUR)(function)
    return cached


def _async_lru_without_ttl(function: Function, capacity: int) -> Function:
    cached: Function = load("async_lru").alru_cache(maxsize=capacity)(function)
    return cached


def _cachebox(function: Function, capacity: int) -> Function:
    cachebox = load("cachebox")
    cached: Function = cachebox.cached(cachebox.TTLCache(maxsize=capacity, global_ttl=HOUR))(function)
    return cached


def _aiocache(function: Function, capacity: int) -> Function:  # noqa: ARG001  # its memory has no bound
    cached: Function = load("aiocache").cached(ttl=HOUR)(function)
    return cached


def _cashews(function: Function, capacity: int) -> Function:
    cache = load("cashews").Cache()
    cache.setup(f"mem://?size={capacity}")
    cached: Function = cache(ttl=HOUR, key="square:{n}")(function)
    return cached


PEERS: Final = (
    Peer(BASELINE, "", _lru_cache),
    Peer("async-lru", "async-lru", _async_lru),
    Peer("async-lru without a ttl", "async-lru", _async_lru_without_ttl),
    Peer("cachebox", "cachebox", _cachebox),
    Peer("aiocache", "aiocache", _aiocache),
    Peer("cashews", "cashews", _cashews),
)


def hits(effort: Effort) -> Table:
    """Race ours and the peers, all on one event loop."""
    calls: list[Arguments] = [((int(str(number)),), {}) for number in ASKED]
    with asyncio.Runner() as runner:
        found, absent = decorate_all([*PEERS, typed_cache("square_{n}")], square, CAPACITY)
        for _, cached in found:
            runner.run(_fill(cached))
        contestants = [
            Contestant(
                peer.name,
                _on(runner, write_loop(cached, calls, expression="await f")),
                len(calls),
                peer.version,
            )
            for peer, cached in found
        ]
        rows = race(contestants, BASELINE, effort)
    return Table("ram-hit/async", "a hit, async function, 1 int argument", "ns", rows, BASELINE, absent)


async def _fill(cached: Callable[[int], Coroutine[Any, Any, int]]) -> None:
    for number in range(STORED):
        await cached(number)
    RUNS.clear()
    for number in ASKED:
        await cached(int(str(number)))
    if RUNS:
        raise RuntimeError(f"{cached!r} runs again for what it should have kept: this would time misses")


def _on(runner: asyncio.Runner, loop: Callable[[int], Any]) -> Loop:
    """Return a coroutine function's loop as one that is called."""

    def called(turns: int) -> float:
        seconds: float = runner.run(loop(turns))
        return seconds

    return called
