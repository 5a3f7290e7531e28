"""The way in: the commands that a newcomer pastes are there, and are what CI runs."""

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest

from typed_cache._version import VERSION

ROOT: Final = Path(__file__).parents[2]
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
SETUP: Final = "python3 -m venv .venv && .venv/bin/pip install nox && .venv/bin/nox -s"


@pytest.mark.parametrize("session", ["demo", "tests"])
def test_readme_has_the_two_commands(session: str) -> None:
    """Each command stands alone on its line, ready to be pasted and found by .ci/run."""
    assert f"\n    {SETUP} {session}\n" in README


def test_readme_is_one_screen_of_prose() -> None:
    """The README sells; the docs explain."""
    assert len(README.splitlines()) <= 160


def test_relative_links_of_the_readme_exist() -> None:
    """No link of the README points nowhere."""
    targets = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", README) if "://" not in target]

    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_version_is_one() -> None:
    """What is built and what the library says of itself is one version, and the changelog has its entry."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == VERSION
    assert f"\n## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
