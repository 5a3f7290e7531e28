"""How results are shown in a terminal."""

from collections.abc import Sequence

from benchmarks._figures import OURS, Curve, Machine, Quartiles, Report, Result, Table, number
from benchmarks._goals import judge, judge_all


def show(result: Result, machine: Machine) -> str:
    """Return a result as text of fixed width."""
    return show_table(result, machine) if isinstance(result, Table) else show_curve(result)


def show_verdicts(report: Report) -> str:
    """Return how each figure with a goal stands to it, a line each."""
    lines = [f"  {verdict.goal.table:20} {verdict}" for verdict in judge_all(report)]
    return "\n".join(["goals", *lines]) + "\n"


def show_table(table: Table, machine: Machine) -> str:
    """Return a table: medians with their quartiles, the quickest first, and the verdict on the goal."""
    ratio = f"to {table.baseline}" if table.baseline else ""
    cells = [["", table.unit, "(quartiles)", ratio, "(quartiles)" if ratio else "", ""]]
    for row in table.rows:
        name = f"{row.name} {row.version}".strip() if row.name != OURS else f"> {row.name}"
        ratios = [number(row.ratio.median), spread(row.ratio)] if row.ratio else ["", ""]
        cells.append([name, number(row.figure.median), spread(row.figure), *ratios, row.note])
    lines = [f"{table.title}   [{table.name}]", *_aligned(cells)]
    lines += [f"  {name}: {reason}" for name, reason in table.absent.items()]
    if table.note:
        lines.append(f"  {table.note}")
    lines += [f"  {verdict}" for verdict in judge(table, machine)]
    return "\n".join(lines) + "\n"


def show_curve(curve: Curve) -> str:
    """Return a curve as a table: a line for each place on the x axis."""
    places = sorted({x for line in curve.lines.values() for x, _ in line})
    cells = [[curve.x_label, *curve.lines]]
    for place in places:
        found = (dict(line).get(place) for line in curve.lines.values())
        cells.append([f"{place:,.0f}", *(number(figure.median) if figure else "-" for figure in found)])
    lines = [f"{curve.title} ({curve.unit})   [{curve.name}]", *_aligned(cells)]
    lines += [f"  {name}: {reason}" for name, reason in curve.absent.items()]
    if curve.note:
        lines.append(f"  {curve.note}")
    return "\n".join(lines) + "\n"


def spread(quartiles: Quartiles) -> str:
    """Return the quartiles around a median; nothing for what does not vary."""
    if quartiles.low == quartiles.high:
        return ""
    return f"({number(quartiles.low)} .. {number(quartiles.high)})"


def _aligned(cells: Sequence[Sequence[str]]) -> list[str]:
    """Return lines with the first column and the last to the left, the others to the right."""
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))]
    return [
        "  " + "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip()
        for row in cells
    ]
