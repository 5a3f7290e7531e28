"""Files are found and read; what cannot be is named, and the rest is checked."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from typed_cache.checker._sources import Unreadable, parsed, python_files, read_source

from .conftest import HEAD, Run, Write

WRONG = """\
@Cache(key="{usr_id}")
def get(user_id: int) -> int:
    return user_id
"""


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"def f(:\n", 1, "invalid syntax"),
        (b"x = 1\ny = '\xff'\n", 2, "it is not UTF-8 (byte 0xff)"),
        (b"# coding: nonsense\n", None, "unknown encoding: nonsense"),
        (b"# coding: undefined\n", None, "its encoding 'undefined' decodes nothing"),
        (b"# coding: hex\n", None, "'hex' is not a text encoding"),
        (b"\xef\xbb\xbf# coding: latin-1\n", None, "encoding problem: utf-8"),
        (b"# coding: ascii\nx = '\xc3\xa4'\n", 2, "it is not ASCII (byte 0xc3)"),
        (b"# coding: cp1252\nx = '\x81'\n", 2, "it is not CP1252 (byte 0x81)"),
        (b"\xef\xbb\xbfx = 1\n\xff\n", 2, "it is not UTF-8 (byte 0xff)"),
        (b"x = '\0'\n", None, "source code string cannot contain null bytes"),
        (b"x = " + b"-" * 100_000 + b"1\n", None, "it is nested too deeply"),
        (b"x = " + b"a." * 100_000 + b"a\n", None, "it is nested too deeply"),
    ],
)
def test_broken_file_is_named_and_the_rest_is_checked(
    data: bytes, line: int | None, reason: str | None, write: Write, run: Run
) -> None:
    """A file that cannot be read costs itself only, and the exit status tells."""
    write("bad.py", "").write_bytes(data)
    write("wrong.py", WRONG)
    answer = run("check", ".")

    place = "bad.py" if line is None else f"bad.py:{line}"
    assert f"{place}: cannot be checked: {reason or ''}" in answer.out
    assert answer.codes == ["TC002"]
    assert answer.status == 1


def test_python_that_could_not_read_it_is_named() -> None:
    """What a newer Python would read is wrong to an older one, which therefore says what it is."""
    fault = parsed("new.py", "x = (y :::= 1)\n")

    assert isinstance(fault, Unreadable)
    assert fault.reason == f"invalid syntax (read as Python {sys.version_info[0]}.{sys.version_info[1]})"


def test_notebook_that_is_named(write: Write, run: Run) -> None:
    """A notebook is JSON, which can be a right expression of Python: it is named as what it is."""
    write("n.ipynb", '{"cells": []}\n', head="")
    answer = run("check", "n.ipynb")

    assert answer.status == 1
    assert "n.ipynb: cannot be checked: it is a notebook" in answer.out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such files")
def test_pipe_below_a_folder_is_named_and_not_read(write: Write, run: Run, tmp_path: Path) -> None:
    """Reading a pipe that nobody writes to would never end."""
    os.mkfifo(tmp_path / "x.py")
    write("wrong.py", WRONG)
    answer = run("check", ".")

    assert "x.py: cannot be checked: it is no regular file" in answer.out
    assert answer.codes == ["TC002"]
    assert answer.status == 1


def test_source_from_standard_input(tmp_path: Path) -> None:
    """A pipe that is named itself is read."""
    ran = subprocess.run(
        [sys.executable, "-m", "typed_cache", "check", "/dev/stdin"],
        cwd=tmp_path,
        input=f"{HEAD}{WRONG}",
        capture_output=True,
        text=True,
        check=False,
    )

    assert "/dev/stdin:2:2: TC002" in ran.stdout
    assert ran.returncode == 1


def test_broken_file_alone_is_no_clean_result(write: Write, run: Run) -> None:
    """Nothing found in files that could not be read is not good news."""
    write("bad.py", "def f(:\n")
    answer = run("check", ".")

    assert answer.status == 1
    assert "No problems found in 1 file. 1 could not be checked." in answer.out


@pytest.mark.parametrize(
    "data",
    [
        b"# coding: latin-1\nx = '\xe4'\n",
        b"# \xe4\n# coding: latin-1\nx = '\xe4'\n",
        b"# -*- coding: latin-1-unix -*-\nx = '\xe4'\n",
        b"# -*- coding: utf-8-unix -*-\n",
        b"x = 1\n# How the decoding: works\n",
        b"\xef\xbb\xbfx = 1\n",
        b"\xef\xbb\xbf# coding: utf-8\nx = 1\n",
    ],
)
def test_declared_encoding_is_read(data: bytes, write: Write, run: Run) -> None:
    """A coding cookie counts as it does for Python, and so does a byte order mark."""
    write("a.py", "").write_bytes(data)

    assert run("check", ".").status == 0


@pytest.mark.parametrize("odd", ["\f", "\x1c", "\x85", "\u2028"])
def test_lines_are_those_of_python(odd: str, write: Write, run: Run) -> None:
    """What ends a line in other programs shifts neither columns nor the comments that silence."""
    write(
        "a.py",
        f"""\
        # {odd}
        X = "{odd}"
        @Cache(key="{{y}}")  # noqa: TC002
        def silenced(x: int) -> int: ...
        Z = "{odd}ß"; found = Cache(key="{{y}}")(silenced)
        """,
    )
    answer = run("check", "a.py")

    assert answer.codes == ["TC002"]
    assert answer.out.startswith("a.py:6:19: TC002")


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_lines_of_other_systems(end: str, write: Write, run: Run) -> None:
    """A carriage return ends a line, with or without a line feed."""
    write("a.py", "").write_bytes(
        (HEAD + WRONG.replace("def get", "\n# noqa\ndef get")).replace("\n", end).encode()
    )

    assert run("check", "a.py").codes == ["TC002"]


def test_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission is named; the others are listed."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.py").touch()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    files, faults = python_files([str(tmp_path)])

    assert [Path(file).name for file in files] == ["open.py"]
    assert [(Path(fault.path).name, fault.reason) for fault in faults] == [("closed", "Permission denied")]


def test_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """What the system says is the reason."""
    fault = read_source(str(tmp_path / "gone.py"))

    assert isinstance(fault, Unreadable)
    assert fault.reason == "No such file or directory"
    assert str(fault).endswith("gone.py: cannot be checked: No such file or directory")


def test_path_that_is_not_there(tmp_path: Path) -> None:
    """A path that leads nowhere is named."""
    _, (fault,) = python_files([str(tmp_path / "gone")])

    assert fault.reason == "there is no such file or folder"


def test_what_is_no_source_of_the_project_is_left_out(tmp_path: Path) -> None:
    """Hidden folders, environments, build output, and other files; one that is named is taken."""
    for name in (".hidden/a.py", "env/b.py", "build/c.py", "app/e.py", "app/g.txt"):
        touch(tmp_path / name)
    (tmp_path / "env" / "pyvenv.cfg").touch()

    assert found(tmp_path) == ["e.py"]
    assert found(tmp_path / "app", tmp_path) == ["e.py"]
    assert found(tmp_path / "build/c.py", tmp_path / "app/g.txt") == ["c.py", "g.txt"]


def touch(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def found(*paths: Path | str, exclude: Sequence[str] = ()) -> list[str]:
    return [Path(file).name for file in python_files([*map(str, paths)], exclude)[0]]


def test_warnings_of_the_source_are_its_own() -> None:
    """A doubtful escape in the source warns nobody here."""
    assert not isinstance(parsed("a.py", "x = '\\d'\n"), Unreadable)


def test_source_is_never_run(write: Write, run: Run, tmp_path: Path) -> None:
    """Checking a file does nothing that the file does."""
    write("app.py", f"open({str(tmp_path / 'trace')!r}, 'w')\nraise SystemExit(3)\n")

    assert run("check", "app.py").status == 0
    assert not (tmp_path / "trace").exists()


@pytest.mark.parametrize("nested", ["|".join(["int"] * 800), "int" + "[int" * 150 + "]" * 150])
def test_deep_nesting_costs_at_most_its_file(nested: str, write: Write, run: Run) -> None:
    """An annotation nested beyond reason ends no run: it is checked, or its file is named."""
    write("deep.py", f"@Cache(key='all')\ndef f() -> {nested}: ...\n")
    write("wrong.py", WRONG)
    answer = run("check", ".")

    assert answer.codes == ["TC002"]
    assert "Traceback" not in answer.err
