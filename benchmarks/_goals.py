"""What the figures of ours have to be: the goals, by the name of the table that they are read from."""

from dataclasses import dataclass
from typing import Final, Literal

from typing_extensions import override

from benchmarks._figures import OURS, Machine, Report, Table, number


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on one figure of one row; `on_pgo` is the bound where Python was built with PGO."""

    table: str
    bound: float
    on_pgo: float | None = None
    figure: Literal["ratio", "figure"] = "ratio"
    at_least: bool = False
    row: str = OURS
    unit: str = "x"

    def on(self, machine: Machine) -> float:
        """Return the bound for an interpreter."""
        return self.bound if self.on_pgo is None or not machine.with_pgo else self.on_pgo

    @override
    def __str__(self) -> str:
        """Say what is asked."""
        sign, unit = (">=" if self.at_least else "<="), (self.unit if self.unit == "x" else f" {self.unit}")
        on_pgo = "" if self.on_pgo is None else f" ({sign} {self.on_pgo:g}{unit} with PGO)"
        return f"{sign} {self.bound:g}{unit}{on_pgo}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A goal, and what was measured."""

    goal: Goal
    measured: float
    bound: float

    @property
    def met(self) -> bool:
        """Whether the goal was reached."""
        return self.measured >= self.bound if self.goal.at_least else self.measured <= self.bound

    @override
    def __str__(self) -> str:
        """Say it in a line."""
        unit = self.goal.unit if self.goal.unit == "x" else f" {self.goal.unit}"
        sign = ">=" if self.goal.at_least else "<="
        word = "met" if self.met else "MISSED"
        what = "" if self.goal.row == OURS else f" ({self.goal.row})"
        return f"{word}: {number(self.measured)}{unit}, the goal is {sign} {self.bound:g}{unit}{what}"


GOALS: Final = (
    Goal("ram-hit/int", 3.0, on_pgo=4.0),
    Goal("ram-hit/str", 3.0, on_pgo=4.5),
    Goal("ram-hit/three", 1.5, on_pgo=2.0),
    Goal("ram-hit/method", 5.0),
    Goal("ram-hit/async", 5.0),
    Goal("ram-hit/list", 4.5),
    Goal("ram-miss/int", 3.5),
    Goal("threads/int", 0.85, at_least=True),
    Goal("memory/int", 200.0, figure="figure", unit="bytes"),
    Goal("memcached-hit/one", 1.15),
    Goal("memcached-hit/one-same-core", 1.15),
    Goal("memcached-hit/many", 0.15),
    Goal("memcached-hit/many-same-core", 0.15),
    *(
        Goal("import-time/process", 40.0, figure="figure", row=row, unit="ms")
        for row in ("import typed_cache", "from typed_cache import Cache, CacheClientMemcached")
    ),
    *(
        Goal(f"eviction/{trace}", 1.0, at_least=True)
        for trace in ("zipf-1.0", "zipf-0.8", "scans", "shifting")
    ),
    Goal("plugin-cost/mypy", 1.05, row="mypy with the plugin"),
    Goal("checker-speed/check", 5.0, figure="figure", row="one core", unit="s"),
)
"""A table without a goal is there to be looked at."""


def judge(table: Table, machine: Machine) -> list[Verdict]:
    """Return how a table measured on `machine` stands to its goals; a missing row has no verdict."""
    verdicts: list[Verdict] = []
    for goal in GOALS:
        row = table.row(goal.row) if goal.table == table.name else None
        figure = row and (row.ratio if goal.figure == "ratio" else row.figure)
        if figure:
            verdicts.append(Verdict(goal, figure.median, goal.on(machine)))
    return verdicts


def judge_all(report: Report) -> list[Verdict]:
    """Return how all tables of a report stand to their goals."""
    tables = [result for result in report.results if isinstance(result, Table)]
    return [verdict for table in tables for verdict in judge(table, report.machine)]
