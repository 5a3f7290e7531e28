"""What is passed without being judged: nothing that the rules would find something in."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from mypy import api
from mypy.nodes import CallExpr, Decorator

from corpus_reader import CORPUS
from mypy_case_reader import CASES, Case
from typed_cache._mypy._plainly_right import PlainlyRight

CONFIG: Final = "[mypy]\nplugins = typed_cache.mypy_plugin\nstrict = True\n"
HEAD: Final = """
import enum
from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, NewType, TypeVar
from typed_cache import Cache

T = TypeVar("T")
Id = NewType("Id", int)

class Plain: ...

@dataclass(frozen=True)
class Row:
    id: int
    name: "str | None"
    owner: Plain

@dataclass
class Box(Generic[T]):
    item: T

class Base:
    region: str
    def __init__(self, tenant: int, owner: Plain) -> None:
        self.tenant = tenant
        self.owner = owner
        self.row = Row(1, None, owner)

@dataclass(frozen=True)
class Stored:
    tenant: int
    owner: Plain
    region: str
    row: Row
"""
KEYS: Final = (
    "{a}",
    "{a}_{b}",
    "{a.id}_{b}",
    "{a.owner}_{b}",
    "{a.item}",
    "{b.nope}",
    "{c}_{a}_{b}",
    "{{}}{a}{b}",
    "{a}_{b",
)
ARGUMENTS: Final = (
    "",
    ', ignore=("b",)',
    ', ignore=("a", "nope")',
    ', ignore=("nope",)',
    ", invalidate=True",
    ", expire=timedelta(0)",
)
SIGNATURES: Final = (
    "a: int, b: str",
    "a: Row, b: int | None = None",
    "a: Plain, /, b: object",
    "a: Box[int], *, b: list[Plain]",
    "a: Box[Plain], b: Id",
    "*a: Row, **b: str",
    "cls: type[Base], a: int, b: list[Row]",
)
RESULTS: Final = (
    ("int", "return 1"),
    ("list[Row]", "return []"),
    ("Iterator[int]", "return iter(())"),
    ("Iterator[int]", "yield 1"),
    ("Iterator[int] | None", "return None"),
)
METHODS: Final = (
    "{self.tenant}_{a}",
    "{self}_{a}",
    "{a}",
    "{self.tenant}_{self.owner}_{a}",
    "{self.region}_{self.tenant}_{a}",
    "{self.row.id}_{self.region}_{self.tenant}_{a}",
)


def functions() -> Iterator[str]:
    """A module with a function for each way to combine these, and methods."""
    yield HEAD
    ways = itertools.product(KEYS, ARGUMENTS, SIGNATURES, RESULTS)
    for number, (key, arguments, signature, (returns, body)) in enumerate(ways):
        yield f'@Cache(key="k{number}_{key}"{arguments})\ndef f{number}({signature}) -> {returns}: {body}\n'
    about_self = ("", ', ignore=("self",)', ", invalidate=True")
    for number, (key, arguments, base) in enumerate(
        itertools.product(METHODS, about_self, ("Base", "Stored"))
    ):
        yield f"class C{number}({base}):\n"
        for name, body in (
            ("reads", "return self.tenant + len(self.region)"),
            ("lean", "return a"),
            ("deep", "return len(self.row.name or str())"),
        ):
            yield f'    @Cache(key="m{number}_{name}_{key}"{arguments})\n'
            yield f"    def {name}(self, a: int) -> int: {body}\n"
    for number, (first, second) in enumerate(
        itertools.permutations(("{a}", "{b}", "x_{a}_{b}", "", "{a}{b}"), 2)
    ):
        for key, returns in (first, "int"), (second, "str"):
            name = f"s{number}_{returns}"
            yield f'@Cache(key="s{number}_{key}", ignore=())\n'
            yield f"def {name}(a: int, b: str) -> {returns}: raise ValueError\n"


def generated() -> Case:
    """The functions as a project."""
    return Case("generated", [{"app/__init__.py": "", "app/functions.py": "".join(functions())}])


def corpus() -> Case:
    """The corpus that all front ends share, as a project."""
    files: dict[str, str | None] = {
        f"corpus/{path.name}": path.read_text("utf-8") for path in CORPUS.glob("*.py")
    }
    return Case("corpus", [files])


@pytest.fixture(scope="module")
def of_the_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What mypy caches of the libraries, which both runs have in common."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "app").mkdir()
    (folder / "app" / "__init__.py").write_text(HEAD)
    run(folder, folder / "cache")
    for of_app in (folder / "cache").rglob("app*/*"):
        of_app.unlink()
    return folder / "cache"


def run(folder: Path, cache: Path) -> str:
    """Return what mypy prints about a project."""
    (folder / "mypy.ini").write_text(CONFIG)
    options = ["--config-file", str(folder / "mypy.ini"), "--cache-dir", str(cache)]
    output, crash, _ = api.run([*options, *(str(path) for path in folder.iterdir() if path.is_dir())])
    assert not crash
    return output


@pytest.mark.parametrize("case", [generated(), corpus(), *CASES], ids=lambda case: case.name)
def test_passing_changes_no_answer(
    case: Case, tmp_path: Path, of_the_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The output is the same, word for word, where some decorators are passed and where all are judged."""
    answers: list[bool] = []
    passes = PlainlyRight.passes

    def noted(self: PlainlyRight, call: CallExpr, decorator: Decorator) -> bool:
        answers.append(passes(self, call, decorator))
        return answers[-1]

    def none(self: PlainlyRight, call: CallExpr, decorator: Decorator) -> bool:
        del self, call, decorator
        return False

    for step in range(len(case.steps)):
        printed: list[str] = []
        for how, passing in ("some", noted), ("none", none):
            folder = tmp_path / f"{step}_{how}"
            for earlier in range(step + 1):
                case.write(earlier, folder)
            shutil.copytree(of_the_library, tmp_path / f"cache_{step}_{how}")
            monkeypatch.setattr(PlainlyRight, "passes", passing)
            printed.append(run(folder, tmp_path / f"cache_{step}_{how}").replace(str(folder), ""))
        assert printed[0] == printed[1]
    assert set(answers) == {True, False}
