"""The page of figures says what the kept results say."""

import re

from benchmarks._figures import Curve, Machine, Quartiles, Report, Row, Table
from benchmarks._pages import KEPT, MARKED, PAGE, draw, kept_reports, newest, plot_name, render
from benchmarks._scenarios import SCENARIOS

OLD = Machine("3.11.7", "GCC", False, True, "Linux", "a processor", 2)
NEW = Machine("3.13.0", "GCC", False, True, "Linux", "a processor", 2)
PAGE_OF_ONE = "before\n<!-- measured: ram-hit -->\nold\n<!-- /measured -->\nafter\n"


def report(machine: Machine, ratio: float) -> Report:
    """Return a report with one table."""
    row = Row("typed_cache", Quartiles(90, 100, 110), Quartiles(ratio, ratio, ratio))
    table = Table("ram-hit/int", "a hit", "ns", [row], "lru_cache", {"theine": "no wheel"})
    return Report(machine, quick=False, results=[table])


def test_page_holds_the_kept_results() -> None:
    """Rendering the page anew changes nothing: no figure in it was typed by hand."""
    page = PAGE.read_text(encoding="utf-8")

    assert render(page, kept_reports()) == page


def test_drawings_are_those_of_the_kept_results() -> None:
    """Every drawing is what the results give, and the page shows each."""
    page = PAGE.read_text(encoding="utf-8")
    for result, _ in newest(kept_reports()).values():
        if drawing := draw(result):
            assert (KEPT / plot_name(result)).read_text(encoding="utf-8") == drawing
            assert f"(performance/{plot_name(result)})" in page


def test_markers_name_scenarios() -> None:
    """A part of the page is about a scenario that can be run."""
    marked = {found[1] for found in MARKED.finditer(PAGE.read_text(encoding="utf-8"))}

    assert marked - {"goals", "machines"} <= set(SCENARIOS)


def test_the_newest_python_fills_the_tables() -> None:
    """Of two results of one name the newest Python's stands on the page, with its command."""
    page = render(PAGE_OF_ONE, [report(OLD, 3.5), report(NEW, 2.5)])

    assert "2.50" in page
    assert "3.50" not in page
    assert "    nox -s bench -- --docs --only ram-hit --python 3.13\n" in page
    assert "theine: no wheel" in page
    assert re.match(r"before\n<!-- measured: ram-hit -->\n.*<!-- /measured -->\nafter\n", page, re.DOTALL)


def test_goals_stand_there_for_each_python() -> None:
    """A goal has a column for each Python, and a missed one says so."""
    page = render("<!-- measured: goals -->\n<!-- /measured -->\n", [report(OLD, 3.5), report(NEW, 2.5)])

    assert "| a hit | <= 3x (<= 4x with PGO) | 3.50 (missed) | 2.50 |" in page


def test_a_curve_is_drawn_and_told() -> None:
    """A curve has its table, its drawing, and the command under both."""
    lines = {"typed_cache": [(100.0, Quartiles(1, 2, 3)), (1_000.0, Quartiles(2, 3, 4))]}
    curve = Curve("growth/entries", "a hit, by entries", "ns", "entries", lines)
    page = render(PAGE_OF_ONE.replace("ram-hit", "growth"), [Report(NEW, quick=False, results=[curve])])

    assert "| 1,000 | 3.00 |" in page
    assert "![a hit, by entries](performance/growth-entries.svg)" in page
    assert page.count("nox -s bench -- --docs --only growth") == 2
