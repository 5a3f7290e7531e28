"""What a call costs the first time and on a hit, measured and set in a table."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any, Final

__all__ = ["Row", "measure", "measure_async", "print_table"]

REPEATS: Final = 300
MILLISECOND: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; times are in seconds."""

    call: str
    key: str
    first: float
    hit: float


def measure(call: str, key: str, function: Callable[[], object]) -> Row:
    """Time the first call of `function`, and the median of those that follow."""
    first, *hits = (timed(function) for _ in range(1 + REPEATS))
    return Row(call, key, first, median(hits))


def timed(function: Callable[[], object]) -> float:
    """Return the seconds that one call takes."""
    start = perf_counter()
    function()
    return perf_counter() - start


def measure_async(call: str, key: str, function: Callable[[], Coroutine[Any, Any, object]]) -> Row:
    """Do as `measure` does, inside one event loop, so that starting the loop is not what is timed."""

    async def timings() -> list[float]:
        seconds: list[float] = []
        for _ in range(1 + REPEATS):
            start = perf_counter()
            await function()
            seconds.append(perf_counter() - start)
        return seconds

    first, *hits = asyncio.run(timings())
    return Row(call, key, first, median(hits))


def duration(seconds: float) -> str:
    """Return a time as a person says it."""
    return f"{seconds * 1e3:,.1f} ms" if seconds >= MILLISECOND else f"{seconds * 1e6:,.1f} µs"


def print_table(title: str, rows: Sequence[Row]) -> None:
    """Print `rows` under `title`."""
    call = max(len(row.call) for row in rows)
    key = max(len(row.key) for row in rows)
    print(f"\n{title}\n")
    print(f"  {'call':{call}}  {'key':{key}}  {'first call':>10}  {'a hit':>9}  {'times fewer':>11}")
    print(f"  {'─' * call}  {'─' * key}  {'─' * 10}  {'─' * 9}  {'─' * 11}")
    for row in rows:
        costs = f"{duration(row.first):>10}  {duration(row.hit):>9}  {row.first / row.hit:>11,.0f}"
        print(f"  {row.call:{call}}  {row.key:{key}}  {costs}")
