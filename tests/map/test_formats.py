"""What every format makes of one small project, word for word.

To write the golden files again: `TYPED_CACHE_GOLDEN=write python -m pytest tests/map`, then read the diff.
"""

import json
import os
import re
from pathlib import Path
from typing import Final

import pytest

from typed_cache.checker._commands import CLEAN, FINDINGS, USAGE
from typed_cache.checker._main import main

HERE: Final = Path(__file__).parent
FORMATS: Final = {"text": "txt", "json": "json", "mermaid": "mmd", "dot": "dot", "html": "html"}


@pytest.fixture(autouse=True)
def in_this_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are shown as they were given."""
    monkeypatch.chdir(HERE)


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each format is its golden file."""
    status = main(["map", "--format", name, "shop"])
    written = capsys.readouterr().out
    golden = HERE / "golden" / f"shop.{FORMATS[name]}"
    if os.environ.get("TYPED_CACHE_GOLDEN") == "write":
        golden.write_text(written, encoding="utf-8")

    assert status == CLEAN
    assert written == golden.read_text(encoding="utf-8")


def test_page_needs_no_network(capsys: pytest.CaptureFixture[str]) -> None:
    """The page loads nothing: no address, no other file."""
    main(["map", "--format", "html", "shop"])
    page = capsys.readouterr().out.replace("http://www.w3.org/2000/svg", "")

    assert not re.search(r"https?:|//\w+\.|\bsrc=|<link|@import|url\((?!#)", page)


def test_text_of_a_project_cannot_end_the_script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A template that holds markup stays text, and comes back whole."""
    text = "</script><b>&{{x}}"
    source = f'from typed_cache import Cache\n@Cache(key="{text}")\ndef f() -> int: ...\n'
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    main(["map", "--format", "html", str(tmp_path)])
    page = capsys.readouterr().out
    facts = re.search(r"^const facts = (.*);$", page, re.MULTILINE)

    assert page.count("</script>") == 1
    assert facts is not None
    assert json.loads(facts[1])["keys"][0]["template"] == text


def test_text_of_a_project_cannot_end_a_label(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Quotes and backslashes in a template stay inside the labels of both graphs."""
    source = "from typed_cache import Cache\n@Cache(key='a\"b\\\\c')\ndef f() -> int: ...\n"
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    main(["map", "--format", "dot", str(tmp_path)])
    main(["map", "--format", "mermaid", str(tmp_path)])
    written = capsys.readouterr().out

    assert 'label="a\\"b\\\\c\\n' in written
    assert '(["a#quot;b\\c<br>' in written


def test_output_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--output writes a file and nothing else."""
    status = main(["map", "--output", str(tmp_path / "keys.txt"), "shop"])

    assert status == CLEAN
    assert capsys.readouterr().out == ""
    assert "get_user" in (tmp_path / "keys.txt").read_text(encoding="utf-8")


def test_output_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path that cannot be written is wrong usage."""
    assert main(["map", "--output", str(tmp_path), "shop"]) == USAGE
    assert "cannot be written" in capsys.readouterr().err


def test_path_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A path that does not exist is wrong usage."""
    assert main(["map", "shoop"]) == USAGE
    assert "'shoop'" in capsys.readouterr().err


def test_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, the rest is drawn, and the exit status is 1."""
    (tmp_path / "broken.py").write_text("def (", encoding="utf-8")
    status = main(["map", str(tmp_path), "shop"])
    written = capsys.readouterr()

    assert status == FINDINGS
    assert "broken.py:1" in written.err
    assert "get_user" in written.out


def test_exclude(capsys: pytest.CaptureFixture[str]) -> None:
    """--exclude leaves files out."""
    main(["map", "--exclude", "users.py", "shop"])

    assert "get_user" not in capsys.readouterr().out
