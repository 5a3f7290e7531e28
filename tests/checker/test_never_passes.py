"""What import refuses, the command refuses: functions, templates and decorators are made up by hypothesis."""

import sys
import tempfile
import types
import unittest.mock
import warnings
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from typed_cache.checker._findings import check_files
from typed_cache.checker._project import Project
from typed_cache.errors import DecorationError, ExpireError, KeyTemplateError

HEAD = """\
import datetime as dt
import decimal
import enum
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, NamedTuple, Optional, Protocol, TypeVar

from typed_cache import Cache

T = TypeVar("T")


class Plain:
    kind: str

    def __init__(self) -> None:
        self.id = 1


class Keyed:
    def __cache_key__(self) -> str:
        return "keyed"


class Below(Keyed): ...


@dataclass
class User:
    id: int
    plain: Plain
    boss: "User | None" = None

    @property
    def name(self) -> str:
        return "name"

    def rename(self) -> None: ...


class Point(NamedTuple):
    x: int


class Colour(enum.Enum):
    RED = 1


class HasId(Protocol):
    id: int


class Number(int): ...


class Rows:
    def __iter__(self) -> "Rows":
        return self

    def __next__(self) -> int:
        return 1


class Pair(NamedTuple):
    point: Point
    plain: Plain


@dataclass
class Box(Generic[T]):
    item: T


@dataclass
class Ring:
    next: "Ring | None"
    box: Box[Number]


class Column:
    def __get__(self, instance: object, owner: type | None = None) -> int:
        return 1


class Row:
    id: Column = Column()
    kind: ClassVar[str] = "row"


"""
TYPES = [
    *(
        "",
        "int",
        "str",
        "object",
        "Any",
        "Plain",
        "Keyed",
        "Below",
        "User",
        "Point",
        "Colour",
        "HasId",
        "Number",
    ),
    *("Rows", "complex", "dt.date", "decimal.Decimal", "Iterator[int]", "Callable[[], int]", "list[Plain]"),
    *("list[int]", "dict[str, User]", "Plain | None", "User | None", "Optional[Point]", "'User'", "'Plain'"),
    *("tuple[complex, ...]", "User | Point", "type[User]", "'NotDefined'", "bytes", "None", "Awaitable[int]"),
    *("Sequence[Plain]", "Mapping[str, list[Plain]]", "list[int | Plain]", "set[Colour]", "Sequence[User]"),
    *("Box[Plain]", "Box[int]", "Box", "Ring", "Pair", "Row", "type[Colour]", "Column", "list[User] | None"),
]
NAMES = ["a", "b", "user", "cls"]
ATTRIBUTES = [
    "id",
    "x",
    "item",
    "box",
    "name",
    "nmae",
    "plain",
    "boss",
    "rename",
    "year",
    "real",
    "value",
    "kind",
    "_x",
]

paths = st.builds(
    lambda name, attributes: ".".join([name, *attributes]),
    st.sampled_from([*NAMES, "usr", "self"]),
    st.lists(st.sampled_from(ATTRIBUTES), max_size=2),
)
parts = st.one_of(
    paths.map(lambda path: "{" + path + "}"),
    st.sampled_from(["user_", "{{", "}}", "-", ".", "1"]),
    st.text("{}ab.!:[]0 ", max_size=4),
)
templates = st.one_of(st.lists(parts, max_size=4).map("".join), st.none())
parameters = st.lists(st.sampled_from(NAMES), unique=True, max_size=3).flatmap(
    lambda names: st.tuples(*(st.tuples(st.just(name), st.sampled_from(TYPES)) for name in names))
)
arguments = st.sampled_from(
    [
        "",
        ", invalidate=True",
        ", put=True",
        ", ignore=('a', 'b', 'user')",
        ", ignore=['usr']",
        ", ignore=('self',)",
        ", expire=dt.timedelta(0)",
        ", expire=dt.timedelta(days=1)",
        ", expire=dt.timedelta(days=-1) * 2",
        ", expire=60",
    ]
)


@st.composite
def modules(draw: st.DrawFn) -> str:
    """A module with one decorated function, or one decorated method."""
    shown = [f"{name}: {kind}" if kind else name for name, kind in draw(parameters)]
    decorator = f"@Cache(key={draw(templates)!r}{draw(arguments)})"
    body = draw(st.sampled_from(["return 1", "yield 1", "return [x for x in ()]"]))
    returns = draw(
        st.sampled_from(
            ["", " -> int", " -> 'Iterator[int]'", " -> Iterator[int] | None", " -> Rows", " -> Any"]
        )
    )
    prefix = draw(st.sampled_from(["", "async "]))
    if draw(st.booleans()):
        signature = ", ".join(["self", *shown])
        lines = [
            "class Repo:",
            f"    {decorator}",
            f"    {prefix}def get({signature}){returns}:",
            f"        {body}",
        ]
    else:
        lines = [decorator, f"{prefix}def get({', '.join(shown)}){returns}:", f"    {body}"]
    return HEAD + "\n".join(lines) + "\n"


def refused_codes(source: str) -> set[str]:
    """The rules for which import refuses a module; a stand-in where its error carries no code."""
    module = types.ModuleType("generated")
    try:
        with warnings.catch_warnings(), unittest.mock.patch.dict(sys.modules, generated=module):
            warnings.simplefilter("ignore")
            exec(compile(source, "generated.py", "exec"), vars(module))
    except KeyTemplateError as error:
        return set(error.codes)
    except ExpireError:
        return {"TC011"}
    except DecorationError:
        return {"TC012"}
    return set()


@given(modules())
@settings(max_examples=250, deadline=None)
@example(HEAD + "@Cache(key='{user.boss.nmae}')\ndef get(user: User): ...\n")
@example(HEAD + "@Cache(key='{a}')\ndef get(a: list[Plain]): ...\n")
def test_command_finds_what_import_refuses(source: str) -> None:
    """No module that import refuses passes, and each rule that import names is among the findings."""
    refused = refused_codes(source)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.py"
        path.write_text(source, encoding="utf-8")
        found = {finding.code for finding in check_files(Project([str(path)]), [str(path)]).findings}

    assert refused <= found, source.removeprefix(HEAD)
