"""The count of instructions cuts, subtracts and judges as it says; nothing here is counted."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from benchmarks._options import Options
from benchmarks.instructions import (
    BASELINES,
    TITLES,
    YARDSTICKS,
    Profile,
    Step,
    __main__,
    budget,
    callgrind,
    page,
    pieces,
)
from benchmarks.instructions.callgrind import FEW, MANY, Piece

from benchmarks import instruction_counts, instructions

ROOT = Path(__file__).parents[2]


def made_up(steps: tuple[float, ...] = (100.0, 10.0, 90.0)) -> dict[str, Profile]:
    """Return a profile of every call."""
    names = ("the call", "try:", "return value")
    found = [Step(name, taken) for name, taken in zip(names, steps, strict=True)]
    return {name: Profile(sum(steps), found) for name in (*YARDSTICKS, *TITLES)}


def test_a_cut_does_what_comes_before_the_line() -> None:
    """Cut before its last line, a hit counts itself and returns nothing; whole, it returns the value."""
    for _ in range(3):  # to open the way, to find the entry by its key, by its arguments
        pieces.square(7)
    before = pieces.square.stats().hits
    whole = pieces.lines_of(pieces.square, lambda _: pieces.square(7))
    line, text = whole[-1]

    assert text == "return value"
    assert pieces.cut(pieces.square, line)(7) is None
    assert pieces.square(7) == 49
    assert pieces.square.stats().hits - before == 3


def test_every_step_of_every_call_can_be_cut() -> None:
    """Each call has a first piece without it, one for each line, and the whole; all of them run."""
    for call, found in pieces.pieces():
        steps = [step for step, loop in found if loop(20) or True]

        assert steps[0].startswith("the ")
        assert steps[-1] == ""
        assert len(steps) >= (2 if call in YARDSTICKS else 8)


def test_pieces_are_those_that_are_profiled() -> None:
    """Every title has its pieces, and no piece is without a title."""
    assert sorted(call for call, _ in pieces.pieces()) == sorted({**YARDSTICKS, **TITLES})


def test_a_figure_is_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the marks and the loops cost around the calls falls out, and so does what came before."""
    names = [("hit", "the call"), ("hit", "")]

    def run(command: list[str], folder: str) -> str:
        if "valgrind" in command[0]:
            counts = [5_000_000, FEW * 20 + 77, MANY * 20 + 77, 99, FEW * 320 + 77, MANY * 320 + 77]
            for number, total in enumerate(counts, 1):
                Path(folder, f"out.{number}").write_text(f"desc: x\ntotals: {total}\n", encoding="utf-8")
        return json.dumps(names)

    monkeypatch.setattr(callgrind, "_run", run)
    monkeypatch.setattr(shutil, "which", lambda name: name)

    assert callgrind.count() == [Piece("hit", "the call", 20.0), Piece("hit", "", 320.0)]


def test_without_valgrind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who lacks valgrind is told what it is for, and how to get it."""
    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(SystemExit, match="apt-get install valgrind"):
        callgrind.count()


def test_steps_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step is what its piece takes beyond the piece before, and the steps are the whole call."""
    found = [Piece("hit", "the call", 20.0), Piece("hit", "x = 1", 120.0), Piece("hit", "", 320.0)]
    monkeypatch.setattr(instructions, "count", lambda *arguments: found)

    profile = instructions.profiles()["hit"]

    assert profile.steps == [Step("the call", 100.0), Step("x = 1", 200.0)]
    assert profile.instructions == 300.0


@pytest.mark.parametrize(
    ("ratio", "kept", "told"),
    [(2.0, True, "fine"), (2.29, True, "fine"), (2.31, False, "OVER"), (1.6, True, "keeps what was won")],
)
def test_budget_has_a_tolerance(ratio: float, kept: bool, told: str) -> None:
    """Fifteen per cent more are allowed; fifteen less should become the budget."""
    ((line, verdict),) = budget.judge({"hit": ratio}, {"hit": 2.0})

    assert verdict is kept
    assert told in line


def test_a_call_without_a_budget_does_not_pass() -> None:
    """A call that is new to the budget has to be entered."""
    ((line, verdict),) = budget.judge({"hit": 2.0}, {})

    assert not verdict
    assert "--budget" in line


@pytest.mark.parametrize(("allowed", "status"), [(1.0, 0), (0.8, 1)])
def test_check_exits_with_the_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], allowed: float, status: int
) -> None:
    """1 says that a call takes more than its budget."""
    monkeypatch.setattr(__main__, "profiles", lambda **_: made_up())
    monkeypatch.setattr(budget, "read", lambda: {budget.build(): dict.fromkeys(TITLES, allowed)})

    assert __main__.main(["--check"]) == status
    assert len(capsys.readouterr().out.splitlines()) == 1 + len(TITLES)


def test_a_python_without_a_budget_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a Python that nobody wrote a budget for nothing is counted, and it says so."""
    monkeypatch.setattr(budget, "read", dict)

    assert __main__.main(["--check"]) == 0
    assert "has no budget" in capsys.readouterr().out


def test_budget_is_kept_for_this_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`--budget` writes the ratios of this Python, and leaves the others."""
    kept = tmp_path / "budget.json"
    kept.write_text('{"3.0": {"hit": 9.0}}', encoding="utf-8")
    monkeypatch.setattr(budget, "KEPT", kept)
    monkeypatch.setattr(__main__, "profiles", lambda **_: made_up())

    assert __main__.main(["--budget"]) == 0
    assert budget.read() == {"3.0": {"hit": 9.0}, budget.build(): dict.fromkeys(BASELINES, 1.0)}


def test_every_supported_python_has_a_budget_for_every_call() -> None:
    """The file that is committed has what a check will ask for."""
    classifiers = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split('"')
    versions = {
        text.rpartition(" ")[2]
        for text in classifiers
        if text.startswith("Programming Language") and "3." in text
    }
    budgets = budget.read()

    assert versions <= set(budgets)
    assert all(set(of_build) == set(TITLES) for of_build in budgets.values())


def test_page_is_made_of_the_profiles() -> None:
    """docs/profile.md has a place for each call, which is filled anew, and the rest of it stays."""
    text = page.PAGE.read_text(encoding="utf-8")
    made = page.publish(text, made_up(), "3.11.0")

    assert all(f"<!-- instructions: {name} -->" in made for name in ("overview", *TITLES))
    assert "| the call<br>`try:` | 110 | 55% |" in made
    assert page.publish(made, made_up(), "3.11.0") == made


def test_the_suite_has_the_same_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m benchmarks --only instructions` gives a table for each call, in ratio to `lru_cache`."""
    asked: list[Any] = []

    def profiles(*, whole: bool) -> dict[str, Profile]:
        asked.append(whole)
        return made_up()

    monkeypatch.setattr(instruction_counts, "profiles", profiles)
    tables = instruction_counts.run(Options(quick=True))

    assert asked == [True]
    assert [table.name for table in tables] == [f"instructions/{name}" for name in TITLES]
    assert all(
        (row := table.row("typed_cache")) and row.ratio and row.ratio.median == 1.0 for table in tables
    )
