"""What annotations tell when they are only text."""

# ruff: noqa: E501  # a case of a table is one line

import sys

import pytest

from .conftest import Run, Write

HEAD = """\
import abc
import argparse
import asyncio
import collections
import datetime as dt
import enum
import functools
import io
import subprocess
import threading
import typing as t
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final, Generic, Literal, NamedTuple, NewType, Protocol, TypedDict, TypeVar

import attrs
import foreign
import msgspec
import pydantic

T = TypeVar("T")
Bound = TypeVar("Bound", bound="User")
Either = TypeVar("Either", int, str)
UserId = NewType("UserId", int)
Alias = "User | None"
Later: t.TypeAlias = "User"
Other = TypeVar("Other")
Names = dict[str, T]
Swapped: t.TypeAlias = "dict[Other, T]"
Json = dict[str, "Json"] | list["Json"] | str


@dataclass
class User:
    id: int
    born: dt.date
    tags: "list[str]"
    plain: "Plain"

    @property
    def label(self) -> "User":
        return self

    @label.setter
    def label(self, value: "User") -> None: ...

    @functools.cached_property
    def once(self) -> int:
        return 1

    @foreign.decorated
    def odd(self) -> int: ...

    @staticmethod
    def make() -> "User": ...


class Plain:
    __slots__ = ("slotted",)
    shared = 1
    one, two = 1, 2
    class Inner: ...
    import os

    def __init__(self, user: User, *, other: int) -> None:
        self.user = user
        self.other = other
        self.made = User(1, 2, 3, 4)
        self.day = dt.date(2020, 1, 1)
        self.text = "x"
        self.twice = 1
        self.twice = "2"
        self.typed = None
        self.typed: int = 1
        self.first, self.second = 1, 2
        for self.looped in (): ...


class Sub(Plain): ...
class Foreign(foreign.Base): ...
class ForeignMeta(metaclass=foreign.Meta): ...
@foreign.decorate
class Decorated: ...
class Dynamic:
    def __getattr__(self, name: str) -> int: ...
class BySetattr:
    def __init__(self) -> None:
        setattr(self, "x", 1)
class Text(str): ...
class Members(enum.Enum):
    ONE = 1
    @property
    def title(self) -> str: ...
class Pair(NamedTuple):
    left: int
class Shape(Protocol):
    area: float
class Box(Generic[T]):
    def __init__(self) -> None:
        self.item = 1
class Row(TypedDict):
    id: int
class Model(pydantic.BaseModel):
    id: int
class Open(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="allow")
    id: int
class Struct(msgspec.Struct):
    id: int
@attrs.define
class Attrs:
    id: int
class Abstract(abc.ABC): ...
class Base:
    x: int
class StableSub(Base):
    def __cache_key__(self) -> str: ...
class Rows(Iterator[int]): ...
class Loop(Loop): ...
class Failure(Exception): ...
class Lookup(Mapping[str, int]): ...
"""

TABLE = [
    # an attribute that is certainly not there
    *[(f"a: {kind}", f"{{a.{path}}}", "TC003") for kind, path in [
        ("User", "x"), ("User", "born.x"), ("User", "label.x"), ("User", "once.x"), ("'User'", "x"), ("User | None", "x"),
        ("t.Optional[User]", "x"), ("t.Union[User, Plain]", "x"), ("Annotated[User, 1]", "x"), ("Alias", "x"), ("Later", "x"),
        ("Bound", "x"), ("Either", "x"), ("UserId", "x"), ("Plain", "x"), ("Plain", "user.x"), ("Plain", "made.x"),
        ("Plain", "day.x"), ("Plain", "text.x"), ("Plain", "typed.x"), ("Sub", "x"), ("Members", "x"), ("Pair", "x"),
        ("Shape", "x"), ("Box[int]", "x"), ("Row", "id"), ("Model", "x"), ("Struct", "x"), ("Attrs", "x"), ("Text", "x"),
        ("dt.date", "yaer"), ("t.List[int]", "x"), ("Literal['x']", "x"), ("Lookup", "x"),
    ]],
    # what is there, or may be
    *[(f"a: {kind}", f"{{a.{path}}}", "") for kind, path in [
        ("User", "id"), ("User", "born.year"), ("User", "label.label.id"), ("User", "odd.x"), ("User", "__class__"),
        ("Plain", "slotted"), ("Plain", "shared"), ("Plain", "one"), ("Plain", "Inner.x"), ("Plain", "os.x"),
        ("Plain", "first"), ("Plain", "looped"), ("Plain", "twice.x"), ("Plain", "other"), ("Sub", "user.id"),
        ("Foreign", "x"), ("ForeignMeta", "x"), ("Decorated", "x"), ("Dynamic", "x"), ("BySetattr", "x"), ("Members", "name"),
        ("Members", "title"), ("Pair", "left"), ("Shape", "area"), ("Box[int]", "item"), ("Model", "id"), ("Open", "x"),
        ("Any", "x"), ("T", "x"), ("foreign.Thing", "x"), ("Missing", "x"), ("'not a type'", "x"), ("3", "x"), ("object", "x"),
        ("Literal[A]", "x"), ("Failure", "args"), ("t.Self", "x"), ("make()", "x"),
    ]],
    # no value has a stable text
    *[(f"a: {kind}", "{a}", "TC007") for kind in [
        "Plain", "Sub", "Plain | None", "list[Plain]", "dict[str, Plain]", "tuple[Plain, ...]", "complex", "io.StringIO",
        "t.Callable[[int], int]", "Iterator[int]", "Rows", "Box[int]", "'Plain'", "Failure", "object", "User",
        "list[object]", "t.Sequence[Plain]", "t.Mapping[str, list[Plain]]", "t.AbstractSet[Plain]", "list[Pair | Plain]",
        "collections.Counter[Plain]", "Names[Plain]", "threading.Lock", "asyncio.Queue[int]", "subprocess.Popen[str]",
        "argparse.Namespace", "t.IO[str]",
    ]],
    ("*a: Plain", "{a}", "TC007"),
    ("**a: Plain", "{a}", "TC007"),
    ("a: User", "{a.make}", "TC007"),
    # some value may have one
    *[(f"a: {kind}", "{a}", "") for kind in [
        "Text", "Members", "Pair", "Shape", "Model", "Struct", "Attrs", "Foreign", "Decorated", "Abstract", "Base",
        "StableSub", "int", "list[int]", "Any", "Pair | Plain", "Final[int]", "ClassVar[int]", "Row", "UserId",
        "collections.OrderedDict[str, int]", "foreign.Thing", "Lookup", "type[User]", "Json", "Names[int]", "Names",
        "list[Pair | None]", "t.Sequence[int]",
    ]],
]  # fmt: skip


@pytest.mark.parametrize(("parameter", "key", "code"), TABLE)
def test_annotation(parameter: str, key: str, code: str, write: Write, run: Run) -> None:
    """A class is held to what the source shows of it, and to nothing where the source does not."""
    write("a.py", f"{HEAD}\n@Cache(key='{key}')\ndef get({parameter}) -> int: ...\n")

    assert "".join(run("check", "a.py").codes) == code


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("int", "str", True),
        ("User", "Plain", True),
        ("list[int]", "list[str]", True),
        ("foreign.A", "foreign.B", True),
        ("Literal['a']", "Literal['b']", True),
        ("t.Callable[[int], str]", "t.Callable[[str], str]", True),
        ("tuple[int, ...]", "tuple[str, ...]", True),
        ("User", "'User'", False),
        ("User | None", "t.Optional[User]", False),
        ("int | str", "t.Union[str, int]", False),
        ("t.List[int]", "list[int]", False),
        ("Annotated[int, 1]", "int", False),
        ("Alias", "None | User", False),
        ("Later", "User", False),
        ("T", "int", False),
        ("Loop", "Loop", False),
        ("Any", "int", False),
        ("T | None", "int", False),
        ("Names[int]", "dict[str, int]", False),
        ("Names[str]", "dict[str, int]", True),
        ("Swapped[str, int]", "dict[str, int]", False),
        ("list[Names[Alias]]", "list[dict[str, User | None]]", False),
        ("Literal['a', 'b']", "Literal['b', 'a']", False),
        ("Literal['a'] | Literal['b']", "Literal['b', 'a']", False),
        ("Literal['a', 'b']", "Literal['b', 'c']", True),
        ("dict[str, int | str] | None", "None | dict[str, str | int]", False),
        ("Json", "Json", False),
    ],
)
def test_return_types(one: str, other: str, differ: bool, write: Write, run: Run) -> None:
    """The same type is the same however it is spelled."""
    uses = [
        f"@Cache(key='all')\ndef f{number}() -> {kind}: ...\n" for number, kind in enumerate((one, other))
    ]
    write("a.py", HEAD + "".join(uses))

    assert run("check", "a.py").codes == (["TC009"] if differ else [])


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("return self.tenant", ["TC005"]),
        ("return self.tenant.upper()", ["TC005"]),
        ("return [x for x in range(1) if self.tenant]", ["TC005"]),
        ("return (lambda: self.tenant)()", ["TC005"]),
        ("return self.user.id", ["TC005"]),
        ("return self.label", ["TC005"]),
        ("return CURRENT.get()", ["TC005"]),
        ("return TYPED.get()", ["TC005"]),
        ("return self.session.get(self.session.timeout)", []),
        ("return self.method()", []),
        ("return self.LIMIT + self.size + self.kind", []),
        ("self.tenant = 'x'", []),
        ("return self.missing", []),
        ("return other.tenant + PLAIN.get('x') + given.get()", []),
        ("return make().tenant", []),
        ("self.tenant += 'x'", []),
        ("self.tenant += self.tenant", ["TC005"]),
        ("return (lambda self: self.tenant)(given)", []),
        ("return [self.tenant for self in given]", []),
        ("self = given\n        return self.tenant", []),
        ("def inner():\n            self = given\n            return self.tenant", []),
        ("class Inner:\n            def get(self): return self.tenant", []),
        ("class Inner:\n            name = self.tenant", ["TC005"]),
        ("def inner(given=self.tenant): ...", ["TC005"]),
        ("return (lambda self: CURRENT.get())(given)", ["TC005"]),
        ("import CURRENT\n        return CURRENT.get()", []),
        ("try: ...\n        except E as CURRENT: return CURRENT.get()", []),
        ("match given:\n            case {**CURRENT}: return CURRENT.get()", []),
        ("match given:\n            case [*self]: return self.tenant", []),
        ("return [x for x in given if (CURRENT := x)] + CURRENT.get()", []),
        ("return [self.tenant for x in given for self in x]", []),
        ("return {self.tenant: self for x in self.tenant for self in x}", ["TC005"]),
        ("import self\n        return self.tenant", []),
        ("return given.CURRENT.get() + make().get()", []),
    ],
)
def test_state(body: str, codes: list[str], write: Write, run: Run) -> None:
    """What a body reads counts where it could stand in a key and may differ between instances."""
    write(
        "a.py",
        f"""\
from contextvars import ContextVar
from dataclasses import dataclass
from typing import ClassVar, Final
CURRENT = ContextVar[str]("current")
TYPED: ContextVar[str] = make()
PLAIN = {{}}
class Session:
    timeout: int
    def get(self, number): return number
@dataclass
class User:
    id: int
class Repo:
    LIMIT = 10
    size: ClassVar[int] = 1
    kind: Final = "x"
    def __init__(self, tenant: str, session: Session, user: User) -> None:
        self.tenant = tenant
        self.session = session
        self.user = user
    @property
    def label(self) -> str: ...
    def method(self) -> int: ...
    @Cache(key="all", ignore=["given"])
    def get(self, given):
        {body}
""",
    )

    assert run("check", "a.py").codes == codes


@pytest.mark.parametrize(
    ("returns", "kind"),
    [
        ("t.IO[str]", "IO"),
        ("t.TextIO", "TextIO"),
        ("io.StringIO", "StringIO"),
        ("'Rows'", "Rows"),
        ("Annotated[t.Optional[Iterator[int]], 1]", "Iterator"),
        ("t.Coroutine[int, int, int]", "Coroutine"),
        ("list[Iterator[int]]", ""),
        ("Plain | None", ""),
    ],
)
def test_results_that_are_read_once(returns: str, kind: str, write: Write, run: Run) -> None:
    """The first reader of a file, a coroutine or an iterator leaves nothing for the next."""
    write("a.py", f"{HEAD}\n@Cache(key='all')\ndef get() -> {returns}: ...\n")

    answer = run("check", "a.py")

    assert answer.codes == (["TC012"] if kind else [])
    assert f"a result of type {kind} in the decorator of a.get\n" in answer.out or not kind


TABLE_OF_INT = "@Cache(key='all')\ndef get() -> Table[int]: ...\n"


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the syntax is that of Python 3.12")
@pytest.mark.parametrize(
    ("definition", "code"),
    [
        ("@Cache(key='{a.nmae}')\ndef get[U: User](a: U) -> int: ...", "TC003"),
        ("@Cache(key='{a.item.x}')\ndef get(a: Crate[User]) -> int: ...", "TC003"),
        ("@Cache(key='{a.item.x}')\ndef get(a: Crate) -> int: ...", ""),
        ("@Cache(key='{a}')\ndef get(a: Refs[Plain]) -> int: ...", "TC007"),
        ("@Cache(key='{a}')\ndef get(a: Tree) -> int: ...", ""),
        (
            TABLE_OF_INT + "@Cache(key='all')\ndef other() -> dict[str, int]: ...",
            "",
        ),
        (
            TABLE_OF_INT + "@Cache(key='all')\ndef other() -> dict[str, str]: ...",
            "TC009",
        ),
        ("@Cache(key='all')\ndef get[V]() -> V: ...\n@Cache(key='all')\ndef other() -> int: ...", ""),
    ],
)
def test_type_parameters(definition: str, code: str, write: Write, run: Run) -> None:
    """Type parameters and `type` statements are what type variables and aliases are."""
    head = "type Table[V] = dict[str, V]\ntype Refs[V] = list[V]\ntype Tree = dict[str, Tree] | str\n"
    head += "class Crate[V: User]:\n    item: V\n"
    write("a.py", f"{HEAD}{head}{definition}\n")

    assert "".join(run("check", "a.py").codes) == code
