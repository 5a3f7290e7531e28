"""The command line: `python -m benchmarks.eviction [--quick] [--json FILE] [--docs]`.

It runs in the Python at hand; a peer that is not installed there is named. The exit status is 1 where ours
answered less than the paper's S3-FIFO on one of the four traces that are a goal.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.eviction import Row, run
from benchmarks.eviction.plot import draw
from benchmarks.eviction.table import missed, publish, table

DOCS = Path(__file__).parents[2] / "docs"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each size of cache; return 1 where the goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.eviction", description="Compare hit ratios.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the requests, one size of cache")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where the rows go as well")
    parser.add_argument("--docs", action="store_true", help="put tables and plot into docs/eviction.md")
    options = parser.parse_args(arguments)
    if options.docs and options.quick:
        parser.error("--docs keeps figures, and --quick makes none to keep: leave one of them out")
    rows = run(quick=options.quick)
    for entries in dict.fromkeys(row.entries for row in rows):
        print(f"\n{entries:,} entries\n\n{table(rows, entries)}")
    below = missed(rows)
    print("", *(below or ["ours answers at least what the paper's S3-FIFO does"]), sep="\n")
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    if options.docs:
        _keep(rows)
    return int(bool(below))


def _keep(rows: Sequence[Row]) -> None:
    page = DOCS / "eviction.md"
    page.write_text(publish(page.read_text(encoding="utf-8"), rows), encoding="utf-8")
    (DOCS / "eviction.svg").write_text(draw(rows, entries=500), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
