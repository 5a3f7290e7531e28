"""This is where rows become a Markdown table, a verdict, and a part of the page."""

import re
from collections.abc import Sequence
from typing import Final

from benchmarks.eviction import Row
from benchmarks.eviction.contestants import OPTIMUM, OURS, REFERENCE
from benchmarks.eviction.traces import TRACES

__all__ = ["missed", "publish", "table"]

_MARKED: Final = re.compile(r"(?<=<!-- entries: )(\d+)( -->\n).*?(?=\n<!-- /entries -->)", re.DOTALL)
_VERDICT: Final = re.compile(r"(?<=<!-- verdict -->\n).*?(?=\n<!-- /verdict -->)", re.DOTALL)


def table(rows: Sequence[Row], entries: int) -> str:
    """Return a line for each contestant, a column for each trace, and below it what there is to know.

    An asterisk marks a figure of a cache that held more entries than it was to.
    """
    chosen = [row for row in rows if row.entries == entries]
    traces = list(dict.fromkeys(row.trace for row in chosen))
    names = list(dict.fromkeys(row.contestant for row in chosen))
    cells = {(row.contestant, row.trace): _percent(row) for row in chosen}
    lines = [["% of requests", *traces], ["---", *["---:"] * len(traces)]]
    lines += [[_emphasis(name), *(cells[name, trace] for trace in traces)] for name in names]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = [
        "| " + " | ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]) + " |"
        for line in lines
    ]
    return "\n".join([*shown, *_notes(chosen, names)])


def missed(rows: Sequence[Row]) -> list[str]:
    """Return a line for each trace of the goal on which ours answers less than the paper's S3-FIFO."""
    goals = {trace.name for trace in TRACES if trace.is_goal}
    reference = {(row.trace, row.entries): row.hit_ratio for row in rows if row.contestant == REFERENCE}
    lines: list[str] = []
    for row in rows:
        wanted = reference.get((row.trace, row.entries))
        if row.contestant != OURS or row.trace not in goals or wanted is None or row.hit_ratio is None:
            continue
        if row.hit_ratio < wanted:
            lines.append(f"MISSED: {row.trace}, {row.entries:,} entries: {row.hit_ratio:.2%} < {wanted:.2%}")
    return lines


def publish(page: str, rows: Sequence[Row]) -> str:
    """Return the page with its tables and the verdict made anew, each between its markers."""
    page = _MARKED.sub(lambda found: f"{found[1]}{found[2]}{table(rows, int(found[1]))}", page)
    return _VERDICT.sub(lambda _: _verdict(rows), page)


def _verdict(rows: Sequence[Row]) -> str:
    """Say how ours stands to the paper's S3-FIFO on the traces of the goal."""
    below = missed(rows)
    if not below:
        return "On the first four traces typed_cache answers at least what the paper's S3-FIFO does."
    lines = (line.replace("MISSED:", "-") for line in below)
    return "\n".join(
        ["On the first four traces typed_cache answers less than the paper's S3-FIFO here:", "", *lines]
    )


def _percent(row: Row) -> str:
    if row.hit_ratio is None:
        return "-"
    return f"{100 * row.hit_ratio:.1f}{'*' if row.most_held > row.entries else ''}"


def _emphasis(name: str) -> str:
    return f"**{name}**" if name == OURS else f"*{name}*" if name == OPTIMUM else name


def _notes(rows: Sequence[Row], names: Sequence[str]) -> list[str]:
    """Say who is not there, and who held more than it was to."""
    notes = [f"{row.contestant}: {row.note}" for row in rows if row.hit_ratio is None]
    for name in names:
        most = max(row.most_held for row in rows if row.contestant == name)
        if most > rows[0].entries:
            notes.append(f"\\* {name} held up to {most:,} entries, where it was to hold {rows[0].entries:,}.")
    return ["", *dict.fromkeys(notes)] if notes else []
