"""The hit ratios of `benchmarks.eviction` as tables of this suite, for a cache of 1 % of the keys.

`python -m benchmarks.eviction` prints all sizes, and fills its own page.
"""

from collections.abc import Sequence

from benchmarks import eviction
from benchmarks._figures import Quartiles, Row, Table
from benchmarks._options import Options
from benchmarks.eviction.contestants import REFERENCE

SIZE = 500
"""Entries: 1 % of the keys."""


def run(options: Options) -> list[Table]:
    """Replay the traces."""
    rows = [row for row in eviction.run(quick=options.quick) if row.entries == SIZE]
    return [
        table(trace, [row for row in rows if row.trace == trace])
        for trace in dict.fromkeys(r.trace for r in rows)
    ]


def table(trace: str, found: Sequence[eviction.Row]) -> Table:
    """Return what each contestant reached on one trace."""
    reference = next((row.hit_ratio for row in found if row.contestant == REFERENCE), None)
    rows = [
        Row(
            row.contestant,
            Quartiles.exactly(100 * row.hit_ratio),
            Quartiles.exactly(row.hit_ratio / reference) if reference else None,
            note=row.note,
        )
        for row in found
        if row.hit_ratio is not None
    ]
    rows.sort(key=lambda row: -row.figure.median)
    absent = {row.contestant: row.note for row in found if row.hit_ratio is None}
    name = f"eviction/{trace.replace(' ', '-')}"
    return Table(name, f"requests answered, {trace}, {SIZE} entries", "%", rows, REFERENCE, absent)
