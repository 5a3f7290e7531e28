"""Keys that functions share are found the same where only that is asked, from what begins alike."""

from pathlib import Path
from typing import Final

import pytest

from corpus_reader import CORPUS
from mypy_case_reader import CASES, Case
from typed_cache.checker import _findings
from typed_cache.checker._findings import Finding, check_files, shared_keys, whole
from typed_cache.checker._project import Project

SHARING: Final = """
import typed_cache
from typed_cache import Cache

@Cache(key="a_{n}")
def one(n: int) -> int: return n

@Cache(key="a_{n}")
def two(n: int) -> str: return str(n)

@Cache(key="a_{n}_{m}", cache_client_name="other")
def three(n: int, m: int) -> str: return str(n)

@Cache(key="a_{n}", invalidate=True)
def four(n: int) -> None: ...

@Cache(key="a_{nope}")
def five(n: int) -> str: return str(n)

@Cache()
def a_() -> bytes: return b""

@Cache(key="a_")
def six() -> str: return ""

@Cache(key="{n}_b")
def seven(n: str) -> float: return 0.0

if typed_cache:
    @Cache(key="twice_{n}")
    def twice(n: int) -> int: return n
else:
    @Cache(key="other_{n}")
    def twice(n: int) -> str: return str(n)

@Cache(key="twice_{n}")
def like_the_first(n: int) -> str: return str(n)

@Cache(key="other_{n}")
def like_the_second(n: int) -> int: return n
"""
CASE: Final = Case("sharing", [{"app/__init__.py": "", "app/a.py": SHARING, "app/b.py": SHARING}])


def alone(folder: Path) -> list[Finding]:
    """What is found of shared keys when nothing else is asked."""
    project = Project.of([str(folder)])
    return list(shared_keys(project, project.files))


def both_ways(folder: Path) -> tuple[list[Finding], list[Finding]]:
    """What is found of shared keys when all is checked, and when nothing else is asked."""
    project = Project.of([str(folder)])
    everything = whole([check_files(project, project.files)]).findings
    return [found for found in everything if found.code == "TC009"], alone(folder)


@pytest.mark.parametrize("case", [CASE, *CASES], ids=lambda case: case.name)
def test_the_same_is_found(case: Case, tmp_path: Path) -> None:
    """All that is found, word for word and in its order, is found from what begins alike."""
    for step in range(len(case.steps)):
        case.write(step, tmp_path)
        everything, found = both_ways(tmp_path)
        assert found == everything
        assert everything or case is not CASE


def test_the_same_is_found_in_the_corpus() -> None:
    """So it is in the corpus that all front ends share."""
    everything, found = both_ways(CORPUS)
    assert found == everything
    assert everything


def test_no_other_function_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a function whose keys begin like no other's, only its key is read."""
    lonely = "from typed_cache import Cache\n@Cache(key='{word}_{{n}}')\ndef {word}(n: int) -> {word}: ...\n"
    (tmp_path / "app.py").write_text("".join(lonely.format(word=word) for word in ("int", "str", "bytes")))

    def none(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(_findings, "facts_of_use", none)
    assert alone(tmp_path) == []


def reader(returns: str) -> str:
    """A module with a function whose key all such modules have."""
    return f"from typed_cache import Cache\n\n@Cache(key='same_{{n}}')\ndef get(n: int) -> {returns}: ...\n"


@pytest.mark.parametrize("turn", [1, -1])
def test_the_later_module_is_at_fault(turn: int, tmp_path: Path) -> None:
    """Later is told by the dotted name, whatever the order of the files, and not by the path."""
    files = {"app/__init__.py": "", "app/zebra.py": reader("int"), "app/api/views.py": reader("str")}
    Case("order", [{**files, "app/api/__init__.py": ""}]).write(0, tmp_path)
    project = Project([str(tmp_path / name) for name in files][::turn])
    assert [Path(found.path).name for found in shared_keys(project, project.files)] == ["zebra.py"]
    everything = whole([check_files(project, [file]) for file in project.files])
    assert [Path(found.path).name for found in everything.findings] == ["zebra.py"]


def test_between_modules(tmp_path: Path) -> None:
    """Between modules, functions of one module are not held against each other."""
    twice = reader("int") + "\n@Cache(key='same_{n}')\ndef other(n: int) -> str: ...\n"
    Case("between", [{"app/__init__.py": "", "app/a.py": twice, "app/b.py": twice}]).write(0, tmp_path)
    project = Project.of([str(tmp_path)])
    found = shared_keys(project, project.files, between_modules=True)
    assert [(Path(each.path).name, each.line) for each in found] == [("b.py", 3), ("b.py", 6)]
    assert "app.a.other" in found[0].headline
    assert "app.a.get" in found[1].headline
