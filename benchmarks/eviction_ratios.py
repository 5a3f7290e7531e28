"""The hit ratios of `benchmarks.eviction` as tables of this suite, for a cache of 1 % of the keys.

`python -m benchmarks.eviction` prints all sizes, and fills its own page.
"""

from collections.abc import Sequence

from benchmarks import eviction
from benchmarks._figures import Quartiles, Row, Table
from benchmarks._options import Options
from benchmarks.eviction.contestants import REFERENCE
from benchmarks.eviction.traces import TRACES

SIZE = 500
"""Entries: 1 % of the keys."""


def run(options: Options) -> list[Table]:
    """Replay the traces."""
    requests = eviction.REQUESTS // 10 if options.quick else eviction.REQUESTS
    return [table(trace.name, list(eviction.replay(trace, SIZE, requests))) for trace in TRACES]


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
