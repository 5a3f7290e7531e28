"""Which files and folders `exclude` leaves out, in which words, and wherever the command runs."""

from pathlib import Path

import pytest

from typed_cache.checker._exclusion import anchored
from typed_cache.checker._sources import python_files

from .conftest import Run, Write

FILES = ("app.py", "gen/one.py", "sub/gen/two.py", "sub/pkg/three.py", "sub/pkg/x_pb2.py", "[odd]/four.py")
ALL = {"app", "one", "two", "three", "x_pb2", "four"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files, in which the command runs."""
    monkeypatch.chdir(tmp_path)
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "left_out"),
    [
        ("gen", {"one", "two"}),
        ("gen/", {"one", "two"}),
        ("*_pb2.py", {"x_pb2"}),
        ("one.py", {"one"}),
        ("./gen", {"one"}),
        ("sub/gen", {"two"}),
        ("./sub/gen/", {"two"}),
        ("sub/*/t*.py", {"two", "three"}),
        ("sub/*.py", {"two", "three", "x_pb2"}),
        ("**/gen", {"one", "two"}),
        ("**/gen/**/*.py", {"one", "two"}),
        ("sub/**", {"two", "three", "x_pb2"}),
        ("sub/../gen", {"one"}),
        ("{here}/sub/pkg", {"three", "x_pb2"}),
        ("[[]odd]", {"four"}),
        ("pkg/three.py", set[str]()),
        ("en", set[str]()),
    ],
)
@pytest.mark.parametrize("paths", [("{here}",), (".",), FILES, (*("./" + file for file in FILES),)])
def test_pattern(pattern: str, left_out: set[str], paths: tuple[str, ...], project: Path) -> None:
    """The same files are left out whether they are found or named, and however."""
    files, faults = python_files(
        [path.replace("{here}", str(project)) for path in paths], [pattern.replace("{here}", str(project))]
    )

    assert {Path(file).stem for file in files} == ALL - left_out
    assert faults == []


@pytest.mark.usefixtures("project")
def test_folder_that_is_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is left out, or lies in one, is left out when it is named."""
    assert python_files(["gen", "sub/gen"], ["gen"]) == ([], [])
    monkeypatch.chdir(project / "sub")
    assert python_files(["gen/two.py", "../gen/one.py"], ["./gen"])[0] == ["../gen/one.py"]


def test_name_of_a_folder_further_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the project's own folder is called leaves nothing out."""
    (tmp_path / "gen").mkdir()
    monkeypatch.chdir(tmp_path / "gen")
    Path("a.py").touch()

    assert python_files(["."], ["gen"])[0] == ["a.py"]


def test_folder_whose_name_looks_like_a_pattern() -> None:
    """The folder that a pattern is meant for is taken by the letter."""
    assert anchored("a/b", "/x[1]") == "/x[[]1]/a/b"


def test_settings_are_meant_for_their_own_folder(
    write: Write, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pyproject.toml leaves out is left out in a run from below, as pre-commit names it, too."""
    wrong = '@Cache(key="{b}")\ndef get(a: int) -> int: ...\n'
    for name in ("src/gen/a.py", "src/b_pb2.py", "src/c.py"):
        write(name, wrong)
    text = '[tool.typed-cache]\nexclude = ["src/gen", "*_pb2.py"]\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")

    assert run("check", "src/gen/a.py", "src/b_pb2.py", "src/c.py").out.count("TC002") == 1
    monkeypatch.chdir(tmp_path / "src")
    assert run("check", ".").codes == ["TC002"]
    assert run("check", "gen/a.py", "b_pb2.py").status == 0
    assert run("check", ".", "--exclude", "src/gen").out.count("TC002") == 3
