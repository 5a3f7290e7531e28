"""Every format, byte for byte, and SARIF by its schema."""

import json
import re
from importlib.metadata import version
from pathlib import Path

import jsonschema
import pytest

from typed_cache.checker._format_text import in_colour
from typed_cache.checker._report import FORMATS

from .conftest import Run, Write

GOLDEN = Path(__file__).parent / "golden"
SCHEMA = json.loads((Path(__file__).parent / "sarif_2_1_0_subset.json").read_text(encoding="utf-8"))


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
    written = answer.out.replace(f'"version": "{version("typed-cache-client")}"', '"version": "0"')

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


def test_colour_of_a_clean_result() -> None:
    """Good news is green."""
    assert in_colour("No problems found in 1 file.\n") == "\x1b[32mNo problems found in 1 file.\x1b[0m\n"
