"""The typing promises, held against four type checkers.

`accepted/` holds code that every checker takes, types asserted; `refused/` holds code that every checker
refuses, line by line: such a line carries each checker's own coded ignore, and since all four report an
ignore that is no longer needed, a checker that starts to accept the line fails this test.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
ACCEPTED: Final = sorted(HERE.glob("accepted/*.py"))
REFUSED: Final = sorted(HERE.glob("refused/*.py"))
IGNORES: Final = {
    "mypy": re.compile(r"# type: ignore\[[\w, -]+\]"),
    "pyright": re.compile(r"# pyright: ignore\[\w+(, \w+)*\]"),
    "ty": re.compile(r"# ty: ignore\[[\w, -]+\]"),
    "pyrefly": re.compile(r"# pyrefly: ignore\[[\w, -]+\]"),
}
FOLDERS: Final = [str(HERE / "accepted"), str(HERE / "refused")]
COMMANDS: Final = {
    "mypy": ["--config-file", str(HERE / "mypy.ini")],
    "pyright": ["-p", str(HERE), "--pythonpath", sys.executable],
    "ty": ["check", "--config-file", str(HERE / "ty.toml"), "--python", sys.prefix, *FOLDERS],
    "pyrefly": ["check", "-c", str(HERE / "pyrefly.toml"), "--python-interpreter-path", sys.executable],
}


def run_checker(checker: str) -> subprocess.CompletedProcess[str]:
    """Run `checker` over the folder with its own configuration."""
    program = shutil.which(checker, path=str(Path(sys.executable).parent)) or checker
    return subprocess.run(
        [program, *COMMANDS[checker]], cwd=HERE, capture_output=True, text=True, check=False
    )


@pytest.mark.checkers
@pytest.mark.parametrize("checker", COMMANDS)
def test_checker_agrees_with_every_line(checker: str) -> None:
    """Accepted lines pass, refused lines fail with the code they name, and no ignore is idle."""
    verdict = run_checker(checker)

    assert verdict.returncode == 0, f"{verdict.stdout}\n{verdict.stderr}"


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_refused_lines_are_refused_by_all_four(path: Path) -> None:
    """A line that one checker refuses is refused by the other three."""
    marked = [line for line in path.read_text().splitlines() if "ignore[" in line]
    assert marked

    for line in marked:
        missing = [checker for checker, ignore in IGNORES.items() if not ignore.search(line)]
        assert not missing, line


@pytest.mark.parametrize("path", ACCEPTED, ids=lambda path: path.stem)
def test_accepted_code_runs(path: Path) -> None:
    """What the checkers accept, the decorators accept, without a warning."""
    command = [sys.executable, "-W", "error", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr


def test_every_feature_has_both_files() -> None:
    """Each feature shows what is accepted and what is refused."""
    assert [path.name for path in ACCEPTED] == [path.name for path in REFUSED]
