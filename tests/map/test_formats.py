"""What every format makes of one small project, word for word.

To write the golden files again: `TYPED_CACHE_GOLDEN=write python -m pytest tests/map`, then read the diff.
"""

import json
import os
import re
import subprocess
import sys
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


HEAD: Final = "from typed_cache import Cache\n"


def test_what_a_terminal_would_act_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line break or an escape sequence in a template is shown as Python writes it, in every text."""
    source = HEAD + '@Cache(key="a\\n\\x1b[31mb\\ud800")\ndef f() -> int: ...\n'
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    for name in ("text", "mermaid", "dot"):
        assert main(["map", "--format", name, str(tmp_path)]) == CLEAN
        written = capsys.readouterr().out

        assert re.search(r"a(\\)+n(\\)+x1b\[31mb(\\)+ud800", written)
        assert "\x1b" not in written


def test_columns_of_wide_signs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Signs to which a terminal gives two columns keep the table straight."""
    source = HEAD + '@Cache(key="\u7528\u6237_{x}")\ndef f(x: int) -> int: ...\n'
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    main(["map", str(tmp_path)])
    _, _, head, row, *_ = capsys.readouterr().out.splitlines()

    assert row.index("never") + 2 == head.index("EXPIRES")


@pytest.mark.parametrize("name", ["json", "html", "mermaid", "dot"])
def test_formats_for_programs_are_utf_8(name: str, tmp_path: Path) -> None:
    """Whatever the terminal's encoding is; a file name that is no text does not stop them."""
    source = HEAD + '@Cache(key="\u00fcber_\u7528")\ndef f() -> int: ...\n'
    (tmp_path / os.fsdecode(b"\xe9.py")).write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "typed_cache", "map", "--format", name, str(tmp_path)]
    env = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    written = subprocess.run(command, capture_output=True, check=True, env=env).stdout

    text = written.decode("utf-8")
    assert "\\u00fcber" in text if name in {"json", "html"} else "\u00fcber_\u7528" in text


def test_colour(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Colour is for terminals that want it, and changes no word."""
    main(["map", "shop"])
    plain = capsys.readouterr().out
    main(["map", "--color", "always", "shop"])
    coloured = capsys.readouterr().out

    assert "\x1b[31minvalidates" in coloured
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[\d*m", "", coloured) == plain

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for value, wanted in (("", True), ("1", False)):
        monkeypatch.setenv("NO_COLOR", value)
        main(["map", "shop"])
        assert ("\x1b" in capsys.readouterr().out) is wanted


def test_colour_stays_out_of_files(tmp_path: Path) -> None:
    """What is written to a file is for reading elsewhere."""
    main(["map", "--color", "always", "--output", str(tmp_path / "keys.txt"), "shop"])

    assert "\x1b" not in (tmp_path / "keys.txt").read_text(encoding="utf-8")


def test_nothing_found_in_what_could_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A map without keys does not claim more than was read."""
    (tmp_path / "broken.py").write_text("def (", encoding="utf-8")
    main(["map", str(tmp_path)])

    assert capsys.readouterr().out == "No use of typed_cache.Cache found in what could be read.\n"


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
