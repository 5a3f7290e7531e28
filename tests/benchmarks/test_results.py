"""What becomes of figures: quartiles, goals, JSON, text and drawings."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from benchmarks._figures import (
    Curve,
    Machine,
    Quartiles,
    Report,
    Row,
    Table,
    number,
    read_report,
    write_report,
)
from benchmarks._goals import judge
from benchmarks._plots import draw_curve, draw_table
from benchmarks._report import show

MACHINE = Machine("3.13.0", "GCC 12", False, True, "Linux x86_64", "a processor", 2)
PGO = Machine("3.11.2", "GCC 12", True, True, "Linux x86_64", "a processor", 2)
TABLE = Table(
    "ram-hit/int",
    "a hit, 1 int argument",
    "ns",
    [
        Row("lru_cache", Quartiles(40, 41, 43), Quartiles(1, 1, 1)),
        Row("typed_cache", Quartiles(140, 143.5, 150), Quartiles(3.4, 3.5, 3.6)),
        Row("<peer> & co", Quartiles(30_000, 34_000, 36_000), Quartiles(700, 800, 900), "1.2.3", "a note"),
    ],
    "lru_cache",
    {"theine": "not installed: no wheel for this Python"},
)
CURVE = Curve(
    "growth/entries",
    "a hit, by entries",
    "ns",
    "entries",
    {name: [(100, Quartiles(1, 2, 3)), (1_000, Quartiles(2, 3, 4))] for name in ("typed_cache", "lru_cache")},
)
REPORT = Report(MACHINE, quick=False, results=[TABLE, CURVE])


def test_quartiles_of_one_value_are_that_value() -> None:
    """A single measurement has no spread."""
    assert Quartiles.of([7.0]) == Quartiles(7.0, 7.0, 7.0)


def test_quartiles_hold_half_of_the_values() -> None:
    """The quartiles are those of the values themselves."""
    assert Quartiles.of([5, 1, 4, 2, 3]) == Quartiles(2.0, 3.0, 4.0)


def test_a_goal_is_read_from_our_row() -> None:
    """3.5 is more than 3, and less than the 4 that are allowed where Python was built with PGO."""
    (here,) = judge(TABLE, MACHINE)
    (there,) = judge(TABLE, PGO)

    assert not here.met
    assert there.met
    assert str(here) == "MISSED: 3.50x, the goal is <= 3x"


def test_a_goal_may_be_a_floor() -> None:
    """Throughput is to be at least so much."""
    table = Table(
        "threads/int",
        "threads",
        "calls/us",
        [Row("typed_cache", Quartiles.exactly(2.0), Quartiles(0.8, 0.9, 1))],
    )
    (verdict,) = judge(table, MACHINE)

    assert verdict.met
    assert verdict.goal.at_least


def test_a_table_without_ours_has_no_verdict() -> None:
    """A goal is neither met nor missed by what was not measured."""
    assert judge(Table("ram-hit/int", "a hit", "ns", []), MACHINE) == []


def test_json_gives_back_what_was_written(tmp_path: Path) -> None:
    """A report is read as it was written, tables as tables and curves as curves."""
    path = tmp_path / "deep" / "report.json"
    write_report(REPORT, path)

    assert read_report(path) == REPORT


def test_a_shown_table_names_who_is_missing() -> None:
    """A peer that could not run stands below the table, with the reason."""
    text = show(TABLE, MACHINE)

    assert "theine: not installed: no wheel for this Python" in text
    assert "> typed_cache" in text
    assert "<peer> & co 1.2.3" in text
    assert "MISSED" in text


def test_a_shown_curve_has_a_line_for_each_place() -> None:
    """Every place on the x axis is a line."""
    lines = show(CURVE, MACHINE).splitlines()

    assert [line.split() for line in lines[2:4]] == [["100", "2.00", "2.00"], ["1,000", "3.00", "3.00"]]


@pytest.mark.parametrize(
    ("value", "text"), [(0.0512, "0.05"), (3.5, "3.50"), (42.04, "42.0"), (12345.6, "12,346")]
)
def test_numbers_have_three_digits(value: float, text: str) -> None:
    """More digits than a measurement holds would be noise."""
    assert number(value) == text


def test_a_drawn_table_is_xml_and_names_everybody() -> None:
    """The drawing is well formed, whatever characters a name has."""
    texts = [node.text for node in ET.fromstring(draw_table(TABLE)).iter() if node.text]

    assert {"lru_cache", "typed_cache", "<peer> & co"} <= set(texts)
    assert "3.50x" in texts


def test_a_drawn_curve_keeps_labels_apart() -> None:
    """Two lines that end in one spot have labels that do not stand on each other."""
    drawing = ET.fromstring(draw_curve(CURVE))
    labels = [node for node in drawing.iter() if node.text in {"typed_cache", "lru_cache"}]
    first, second = sorted(float(node.attrib["y"]) for node in labels)

    assert second - first >= 17
