"""The command line of the benchmarks, up to the point where it would measure."""

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks._figures import Quartiles, Report, Row, Table
from benchmarks._options import Options
from packaging.requirements import Requirement

from benchmarks import __main__, _command, _environment, _scenarios

ROOT = Path(__file__).parents[2]


def run_here(*arguments: str) -> int:
    """Run the command in this process."""
    return __main__.main([*arguments, "--here"])


def test_list_names_every_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    """`--list` has a line for each, and measures nothing."""
    assert run_here("--list") == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(_scenarios.SCENARIOS)


def test_every_scenario_is_there() -> None:
    """Each name leads to a function."""
    for where, _ in _scenarios.SCENARIOS.values():
        module, _, function = where.partition(":")
        path = ROOT / "benchmarks" / f"{module}.py"

        assert f"\ndef {function}(" in path.read_text(encoding="utf-8")


def test_an_unknown_scenario_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A typo lists the names that there are."""
    with pytest.raises(SystemExit):
        run_here("--only", "ram-hti")

    assert "ram-hti: no such scenario" in capsys.readouterr().err


def test_quick_figures_are_not_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """What `--quick` gives does not go into the docs."""
    with pytest.raises(SystemExit):
        run_here("--quick", "--docs")

    assert "leave one of them out" in capsys.readouterr().err


@pytest.mark.parametrize(("ratio", "status"), [(2.9, 0), (3.1, 1)])
def test_a_missed_goal_is_the_exit_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ratio: float, status: int
) -> None:
    """1 says that a goal was missed."""
    figure = Quartiles.exactly(ratio)
    table = Table("ram-hit/str", "a hit", "ns", [Row("typed_cache", figure, figure)])
    monkeypatch.setattr(_command, "measure", lambda name, options: [table])
    monkeypatch.setattr(_command._machine, "built_with_pgo", lambda: False)

    assert run_here("--only", "ram-hit") == status
    assert "the goal is <= 3x" in capsys.readouterr().out


def test_a_scenario_that_fails_is_the_exit_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Others go on, and 2 says that one ended without results."""
    fine = Report(_command._machine.describe(), quick=True, results=[])

    def apart(name: str, options: Options) -> Report | None:
        return None if name == "threads" else fine

    monkeypatch.setattr(_command, "_apart", apart)

    assert run_here("--only", "threads", "memory") == 2
    assert "goals" in capsys.readouterr().out


def test_the_peers_are_pinned() -> None:
    """A figure belongs to a version: each peer has one."""
    for text in _environment.requirements():
        assert str(Requirement(text).specifier).startswith("==")


def test_a_python_may_be_a_path() -> None:
    """`--python` takes the interpreter itself."""
    assert _environment.find_python(sys.executable) == sys.executable


def test_a_python_that_is_not_there_is_told() -> None:
    """A version that nobody installed ends the run, and says what to write."""
    with pytest.raises(SystemExit, match=r"--python 3\.99: no such interpreter"):
        _environment.find_python("3.99")


def test_the_way_in_needs_the_standard_library_only() -> None:
    """The environment is made by a Python that has nothing installed."""
    program = "import benchmarks.__main__, benchmarks._environment"
    isolated = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, '.'); {program}"]
    run = subprocess.run(isolated, cwd=ROOT, check=False)

    assert run.returncode == 0
