"""Time calls that take nanoseconds, side by side.

Contestants take turns: a round runs each for a slice of a few milliseconds, in an order that moves on by
one with every round, so that the machine's slower and faster minutes hit all of them. What is compared is a
contestant's figure with the baseline's of the same round; of these ratios the median and the quartiles are
kept.

The clock of a slice counts the processor time of this process, which other work on the machine does not
change, unless the contestants wait for a server. The garbage collector is off within a slice, as in
`timeit`, and runs between rounds, after everything that was set up was set aside (`gc.freeze`).

A slice calls within a loop that is written out for it, ten calls a turn, each with arguments of its own:
the loop adds one or two nanoseconds to a call.
"""

import gc
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice, repeat
from typing import Any, Final, Literal

from benchmarks._figures import Quartiles, Row

Clock = Callable[[], float]
Loop = Callable[[int], float]
"""Makes so many turns, and returns the seconds that they took."""

Arguments = tuple[tuple[object, ...], Mapping[str, object]]
"""The positional and the keyword arguments of one call."""

SLOWEST: Final = 2.0
"""Seconds for which a contestant may warm up before it is taken as it is."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long is measured: rounds, and the seconds of a contestant's slice of each."""

    rounds: int
    slice_seconds: float

    @classmethod
    def of(cls, *, quick: bool) -> "Effort":
        """Return what `--quick` gives, or what a proper run takes."""
        return cls(rounds=15, slice_seconds=0.002) if quick else cls(rounds=61, slice_seconds=0.005)

    @classmethod
    def over_a_server(cls, *, quick: bool) -> "Effort":
        """Return longer slices, for calls that take a hundred times as long."""
        return cls(rounds=15, slice_seconds=0.01) if quick else cls(rounds=61, slice_seconds=0.03)


@dataclass(frozen=True, slots=True)
class Contestant:
    """A loop to time; `per_turn` says how many calls a turn of it makes."""

    name: str
    loop: Loop
    per_turn: int = 1
    version: str = ""
    note: str = ""


def write_loop(
    function: object, calls: Sequence[Arguments], *, clock: Clock = time.process_time, expression: str = "f"
) -> Loop:
    """Return a loop whose turn makes `calls`, one after the other.

    `expression` is what is called, with `function` as `f`: `f.get` looks a method up for every call, and
    `await f` makes the loop a coroutine function.
    """
    names: dict[str, object] = {"f": function}
    lines: list[str] = []
    for number, (positional, keywords) in enumerate(calls):
        texts: list[str] = []
        for place, value in enumerate(positional):
            names[f"a{number}_{place}"] = value
            texts.append(f"a{number}_{place}")
        for keyword, value in keywords.items():
            names[f"a{number}_{keyword}"] = value
            texts.append(f"{keyword}=a{number}_{keyword}")
        lines.append(f"        {expression}({', '.join(texts)})\n")
    define = "async def" if expression.startswith("await ") else "def"
    parameters = ", ".join(f"{name}={name}" for name in names)
    source = (
        f"{define} loop(turns, *, {parameters}):\n"
        "    begun = clock()\n"
        "    for _ in repeat(None, turns):\n"
        f"{''.join(lines)}"
        "    return clock() - begun\n"
    )
    namespace: dict[str, Any] = {**names, "clock": clock, "repeat": repeat}
    exec(compile(source, "<benchmark>", "exec"), namespace)  # noqa: S102  # text from above, as `timeit` does
    loop: Loop = namespace["loop"]
    return loop


def fresh_loop(function: Callable[[int], object], *, clock: Clock = time.process_time) -> Loop:
    """Return a loop that calls with a number never seen before, and so always misses."""
    numbers = count()

    def loop(turns: int) -> float:
        fresh = list(islice(numbers, turns))
        begun = clock()
        for number in fresh:
            function(number)
        return clock() - begun

    return loop


def race(
    contestants: Sequence[Contestant], baseline: str, effort: Effort, *, unit: Literal["ns", "us"] = "ns"
) -> list[Row]:
    """Return a row each with what a call takes in `unit`, the quickest first."""
    per_second = {"ns": 1e9, "us": 1e6}[unit]
    turns = {one.name: _calibrate(one.loop, effort.slice_seconds) for one in contestants}
    taken: dict[str, list[float]] = {one.name: [] for one in contestants}
    with _collector_off():
        for number in range(effort.rounds):
            shift = number % len(contestants)
            for one in [*contestants[shift:], *contestants[:shift]]:
                seconds = one.loop(turns[one.name])
                taken[one.name].append(seconds / turns[one.name] / one.per_turn * per_second)
            gc.collect()
    rows = [
        Row(
            one.name,
            Quartiles.of(taken[one.name]),
            Quartiles.of(own / base for own, base in zip(taken[one.name], taken[baseline], strict=True)),
            one.version,
            one.note,
        )
        for one in contestants
    ]
    return sorted(rows, key=lambda row: row.figure.median)


def _calibrate(loop: Loop, slice_seconds: float) -> int:
    """Return how many turns fill a slice; the turns made to find out warm the contestant up."""
    turns, spent = 1, 0.0
    while (seconds := loop(turns)) < slice_seconds and spent < SLOWEST:
        spent += seconds
        turns *= 2
    return max(1, round(turns * slice_seconds / max(seconds, 1e-9)))


@contextmanager
def _collector_off() -> Generator[None]:
    """Collect only when asked, and not what was there before."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
