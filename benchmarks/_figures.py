"""What is measured, as values: quartiles, the rows of a table, the points of a curve."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Self

import msgspec

OURS: Final = "typed_cache"
"""How our own rows are named."""


class Quartiles(msgspec.Struct, frozen=True):
    """The middle of many measurements, and the half of them around it."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Self:
        """Return the quartiles of `values`; one value is all three."""
        found = sorted(values)
        if len(found) == 1:
            return cls(found[0], found[0], found[0])
        low, median, high = statistics.quantiles(found, n=4, method="inclusive")
        return cls(low, median, high)

    @classmethod
    def exactly(cls, value: float) -> Self:
        """Return a figure that does not vary, such as a count of bytes."""
        return cls(value, value, value)


class Row(msgspec.Struct, frozen=True):
    """One contestant: its figure, and its ratio to the baseline of the same rounds."""

    name: str
    figure: Quartiles
    ratio: Quartiles | None = None
    version: str = ""
    note: str = ""


class Table(msgspec.Struct, frozen=True, tag="table"):
    """What was measured side by side. `name` is the scenario, a slash, and the variant."""

    name: str
    title: str
    unit: str
    rows: Sequence[Row]
    baseline: str = ""
    absent: Mapping[str, str] = {}
    """Contestants that could not be measured, and why."""
    note: str = ""

    def row(self, name: str) -> Row | None:
        """Return the row of that contestant, if it was measured."""
        return next((row for row in self.rows if row.name == name), None)


class Curve(msgspec.Struct, frozen=True, tag="curve"):
    """How a figure grows with the work: one line a contestant, over the same places on the x axis."""

    name: str
    title: str
    unit: str
    x_label: str
    lines: Mapping[str, Sequence[tuple[float, Quartiles]]]
    absent: Mapping[str, str] = {}
    note: str = ""


Result = Table | Curve


class Machine(msgspec.Struct, frozen=True):
    """Where it was measured."""

    python: str
    built: str
    with_pgo: bool
    with_gil: bool
    system: str
    processor: str
    cores: int

    @property
    def tag(self) -> str:
        """A name for files."""
        pgo, gil = "-pgo" if self.with_pgo else "", "" if self.with_gil else "-free-threaded"
        return f"cpython-{self.python}{pgo}{gil}"

    @property
    def label(self) -> str:
        """A name for a column."""
        return f"{self.python}{' with PGO' if self.with_pgo else ''}{'' if self.with_gil else ', no GIL'}"


class Report(msgspec.Struct, frozen=True):
    """All that was measured on one machine with one Python."""

    machine: Machine
    quick: bool
    results: Sequence[Result]


def number(value: float) -> str:
    """Return a figure with the digits that say something."""
    if abs(value) >= 100:  # noqa: PLR2004  # three digits are what these measurements hold
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"  # noqa: PLR2004  # the same


def write_report(report: Report, path: Path) -> None:
    """Write a report as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def read_report(path: Path) -> Report:
    """Read what `write_report` wrote."""
    return msgspec.json.decode(path.read_bytes(), type=Report)
