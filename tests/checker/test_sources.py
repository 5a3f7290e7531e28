"""Files are found and read; what cannot be is named, and the rest is checked."""

import os
from pathlib import Path

import pytest

from typed_cache.checker._sources import Unreadable, parsed, python_files, read_source

from .conftest import Run, Write

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
        (b"# coding: nonsense\n", None, "Python knows no encoding 'nonsense'"),
        (b"# coding: ascii\nx = '\xc3\xa4'\n", 2, "it is not ASCII (byte 0xc3)"),
        (b"x = '\0'\n", None, "source code string cannot contain null bytes"),
        (b"x = " + b"-" * 100_000 + b"1\n", None, None),
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


def test_broken_file_alone_is_no_clean_result(write: Write, run: Run) -> None:
    """Nothing found in files that could not be read is not good news."""
    write("bad.py", "def f(:\n")
    answer = run("check", ".")

    assert answer.status == 1
    assert "No problems found in 1 file. 1 could not be checked." in answer.out


def test_declared_encoding_is_read(write: Write, run: Run) -> None:
    """A coding cookie counts, and so does a byte order mark."""
    write("latin.py", "").write_bytes(b"# coding: latin-1\nx = '\xe4'\n")
    write("marked.py", "").write_bytes(b"\xef\xbb\xbfx = 1\n")

    assert run("check", ".").status == 0


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
    """Hidden folders, environments, build output, excluded ones; a file that is named is always taken."""
    for name in (
        ".hidden/a.py",
        "env/b.py",
        "build/c.py",
        "gen/d.py",
        "app/e.py",
        "app/f_pb2.py",
        "app/g.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "env" / "pyvenv.cfg").touch()

    def found(*paths: Path) -> list[str]:
        return [Path(file).name for file in python_files([*map(str, paths)], ["gen", "*_pb2.py"])[0]]

    assert found(tmp_path) == ["e.py"]
    assert found(tmp_path / "app", tmp_path) == ["e.py"]
    assert found(tmp_path / "app/f_pb2.py") == ["f_pb2.py"]


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
