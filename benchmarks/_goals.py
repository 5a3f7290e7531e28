"""What the figures of ours have to be: the goals, by the name of the table that they are read from."""

from dataclasses import dataclass
from typing import Final, Literal

from benchmarks._figures import OURS, Machine, Table


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on one figure of one row; `on_pgo` is the bound where Python was built with PGO."""

    bound: float
    on_pgo: float | None = None
    figure: Literal["ratio", "figure"] = "ratio"
    at_least: bool = False
    row: str = OURS
    unit: str = "x"

    def on(self, machine: Machine) -> float:
        """Return the bound for an interpreter."""
        return self.bound if self.on_pgo is None or not machine.with_pgo else self.on_pgo


@dataclass(frozen=True, slots=True)
class Verdict:
    """A goal, and what was measured."""

    table: str
    title: str
    measured: float
    bound: float
    at_least: bool
    unit: str

    @property
    def met(self) -> bool:
        """Whether the goal was reached."""
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound

    def __str__(self) -> str:
        """Say it in a line."""
        sign = ">=" if self.at_least else "<="
        word = "met" if self.met else "MISSED"
        return f"{word}: {self.measured:.2f} {self.unit}, the goal is {sign} {self.bound:g} {self.unit}"


GOALS: Final[dict[str, Goal]] = {
    "ram-hit/int": Goal(3.0, on_pgo=4.0),
    "ram-hit/str": Goal(3.0, on_pgo=4.5),
    "ram-hit/three": Goal(1.5, on_pgo=2.0),
    "ram-hit/method": Goal(5.0),
    "ram-hit/async": Goal(5.0),
    "ram-hit/list": Goal(4.5),
    "ram-miss/int": Goal(3.5),
    "threads/int": Goal(0.85, at_least=True),
    "memory/int": Goal(200.0, figure="figure", unit="bytes"),
    "memcached-hit/one": Goal(1.15),
    "memcached-hit/many": Goal(0.15),
    "import-time/process": Goal(40.0, figure="figure", row="import typed_cache", unit="ms"),
}
"""A table without a goal is there to be looked at."""


def judge(table: Table, machine: Machine) -> Verdict | None:
    """Return how a table measured on `machine` stands to its goal; None where it has none, or ours was not measured."""
    goal = GOALS.get(table.name)
    row = table.row(goal.row) if goal else None
    if goal is None or row is None:
        return None
    figure = row.ratio if goal.figure == "ratio" else row.figure
    if figure is None:
        return None
    return Verdict(table.name, table.title, figure.median, goal.on(machine), goal.at_least, goal.unit)
