"""Put what was measured into docs/performance.md, between its markers, so that no figure is typed by hand.

The results of each Python are kept as docs/performance/TAG.json. Page and plots are made of these files
alone: a run adds its own results to the file of its Python, and writes both anew. A table stands on the
page as the newest Python gave it; the goals stand there with all.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from benchmarks._environment import ROOT
from benchmarks._figures import (
    OURS,
    Curve,
    Machine,
    Quartiles,
    Report,
    Result,
    Table,
    number,
    read_report,
    write_report,
)
from benchmarks._goals import GOALS, Verdict, judge, judge_all
from benchmarks._plots import draw_curve, draw_table

PAGE: Final = ROOT / "docs" / "performance.md"
KEPT: Final = ROOT / "docs" / "performance"
MARKED: Final = re.compile(r"(?<=<!-- measured: )([\w/-]+)( -->\n).*?(?=<!-- /measured -->)", re.DOTALL)
PLOTTED: Final = {
    "ram-hit/int",
    "ram-hit/async",
    "ram-miss/int",
    "memory/resident",
    "memcached-hit/one-same-core",
    "redis-hit/one-same-core",
}
"""The tables that are drawn as well; a curve always is."""


def publish(report: Report) -> None:
    """Keep the results, and write page and plots."""
    place = KEPT / f"{report.machine.tag}.json"
    fresh = {result.name for result in report.results}
    old: Sequence[Result] = read_report(place).results if place.exists() else ()
    results = [*(result for result in old if result.name not in fresh), *report.results]
    write_report(Report(report.machine, report.quick, results), place)
    write_page()


def write_page() -> None:
    """Write page and plots anew from the kept results."""
    reports = kept_reports()
    PAGE.write_text(render(PAGE.read_text(encoding="utf-8"), reports), encoding="utf-8")
    for result, _ in newest(reports).values():
        if drawing := draw(result):
            (KEPT / plot_name(result)).write_text(drawing, encoding="utf-8")


def kept_reports() -> list[Report]:
    """Return the kept results of each Python, the newest Python last."""
    reports = [read_report(path) for path in sorted(KEPT.glob("*.json"))]
    return sorted(
        reports, key=lambda report: [int(part) for part in re.findall(r"\d+", report.machine.python)]
    )


def newest(reports: Sequence[Report]) -> dict[str, tuple[Result, Machine]]:
    """Return each result as the newest Python gave it."""
    return {result.name: (result, report.machine) for report in reports for result in report.results}


def draw(result: Result) -> str | None:
    """Return the drawing of a result; None where it has none."""
    if isinstance(result, Curve):
        return draw_curve(result)
    return draw_table(result) if result.name in PLOTTED else None


def plot_name(result: Result) -> str:
    """Return the file of a result's drawing."""
    return f"{result.name.replace('/', '-')}.svg"


def render(page: str, reports: Sequence[Report]) -> str:
    """Return the page with what stands between its markers made anew."""
    results = newest(reports)

    def part(found: re.Match[str]) -> str:
        name, rest = found[1], found[2]
        if name == "goals":
            text = "\n".join(goals(reports))
        elif name == "machines":
            text = "\n".join(machines(reports))
        else:
            chosen = [kept for key, kept in results.items() if key.split("/")[0] == name]
            text = "\n".join(line for result, machine in chosen for line in section(result, machine))
        return f"{name}{rest}\n{text or 'Nothing was measured yet.'}\n\n"

    return MARKED.sub(part, page)


def goals(reports: Sequence[Report]) -> Iterator[str]:
    """Write a line for each goal, and a column for each Python."""
    judged = [{verdict.goal: verdict for verdict in judge_all(report)} for report in reports]
    titles = {name: result.title for name, (result, _) in newest(reports).items()}
    columns = [report.machine.label for report in reports]
    yield f"| what | goal | {' | '.join(columns)} |"
    yield f"| --- | --- |{' ---: |' * len(columns)}"
    for goal in GOALS:
        what = titles.get(goal.table, goal.table) + ("" if goal.row == OURS else f": {goal.row}")
        cells = [_told(verdicts.get(goal)) for verdicts in judged]
        yield f"| {what} | {goal} | {' | '.join(cells)} |"
    yield ""
    yield "    nox -s bench -- --docs --python 3.13"


def _told(verdict: Verdict | None) -> str:
    if verdict is None:
        return "-"
    return f"{number(verdict.measured)}{'' if verdict.met else ' (missed)'}"


def machines(reports: Sequence[Report]) -> Iterator[str]:
    """Say where each Python ran."""
    for report in reports:
        machine = report.machine
        yield (
            f"- CPython {machine.label} ({machine.built}), {machine.system}, "
            f"{machine.cores} cores of {machine.processor}"
        )


def section(result: Result, machine: Machine) -> Iterator[str]:
    """Write a result: its table, what there is to know, the verdict, the command, and the drawing."""
    yield f"### {result.title[0].upper()}{result.title[1:]}"
    yield ""
    yield from table_lines(result) if isinstance(result, Table) else curve_lines(result)
    yield ""
    remarks = [f"CPython {machine.label}."]
    if isinstance(result, Table):
        remarks += [f"Goal {verdict}." for verdict in judge(result, machine)]
    if result.note:
        remarks.append(f"{result.note[0].upper()}{result.note[1:]}.")
    remarks += [f"{name}: {reason}." for name, reason in result.absent.items()]
    yield " ".join(remarks)
    scenario, version = result.name.split("/")[0], machine.python.rpartition(".")[0]
    command = f"    nox -s bench -- --docs --only {scenario} --python {version}"
    yield from ["", command, ""]
    if draw(result):
        yield from [f"![{result.title}](performance/{plot_name(result)})", "", command, ""]


def table_lines(table: Table) -> Iterator[str]:
    """Write a table in Markdown."""
    ratio = f" to {table.baseline} |" if table.baseline else ""
    yield f"| | {table.unit} |{ratio} |"
    yield f"| --- | ---: |{' ---: |' if ratio else ''} --- |"
    for row in table.rows:
        name = f"**{row.name}**" if row.name == OURS else f"{row.name} {row.version}".strip()
        ratios = f" {_with_spread(row.ratio)} |" if ratio and row.ratio else " |" if ratio else ""
        yield f"| {name} | {_with_spread(row.figure)} |{ratios} {row.note} |"


def curve_lines(curve: Curve) -> Iterator[str]:
    """Write a curve in Markdown: a line for each place, a column for each contestant."""
    yield f"| {curve.x_label} | {' | '.join(f'{name}, {curve.unit}' for name in curve.lines)} |"
    yield f"| ---: |{' ---: |' * len(curve.lines)}"
    for place in sorted({x for line in curve.lines.values() for x, _ in line}):
        found = [dict(line).get(place) for line in curve.lines.values()]
        yield f"| {place:,.0f} | {' | '.join(number(figure.median) if figure else '-' for figure in found)} |"


def _with_spread(quartiles: Quartiles) -> str:
    low, median, high = (number(value) for value in (quartiles.low, quartiles.median, quartiles.high))
    return median if low == high else f"{median} ({low} to {high})"
