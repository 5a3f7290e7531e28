"""What the rules see of live annotations: attributes, stability, shapes."""

import abc
import collections.abc as cabc
import dataclasses
import datetime as dt
import enum
import functools
import pathlib
import types
import typing
import uuid
from typing import (
    Annotated,
    Any,
    ClassVar,
    Generic,
    Literal,
    NamedTuple,
    NewType,
    Protocol,
    TypedDict,
    TypeVar,
)

import attr
import attrs
import msgspec
import pydantic
import pytest
import typing_extensions

from typed_cache.template import STABLE, UNKNOWN, Missing, Unstable
from typed_cache.template._annotations import view_of
from typed_cache.template._resolve import written

Item = TypeVar("Item")
OfUser = TypeVar("OfUser", bound="User")


@dataclasses.dataclass
class User:
    id: int
    parent: "User | None" = None

    @property
    def label(self) -> str:
        return str(self.id)

    @functools.cached_property
    def digest(self) -> bytes:
        return b""

    def rename(self) -> None:
        self.nickname = "x"  # type: ignore[attr-defined]

    @classmethod
    def build(cls) -> "User":
        return cls(1)


class Pair(NamedTuple):
    left: int


class HasId(Protocol):
    id: int


class Color(enum.Enum):
    RED = 1


@attrs.define
class Org:
    id: int


@attr.s
class OldOrg:
    id = attr.ib()


class Order(msgspec.Struct):
    id: int


class Model(pydantic.BaseModel):
    id: int


class OpenModel(pydantic.BaseModel, extra="allow"):
    id: int


class Slotted:
    __slots__ = ("id",)


class Ordinary:
    def __init__(self) -> None:
        self.id = 1


class Magic:
    def __getattr__(self, name: str) -> int:
        return len(name)


class Column(Generic[Item]):
    """Makes an attribute, as SQLAlchemy's `Mapped` does."""

    def __get__(self, instance: object, owner: type | None = None) -> Item:
        raise AttributeError


class Person:
    name: Column[str] = Column()
    note: ClassVar[Column[str]]


@dataclasses.dataclass
class Page(Generic[OfUser]):
    first: OfUser
    rest: list[OfUser]
    lead: OfUser | None = None

    @property
    def last(self) -> OfUser:
        return self.first


class UserPage(Page[User]): ...


class Row(TypedDict):
    id: int


class Keyed:
    def __cache_key__(self) -> str:
        return ""


class Shape: ...


@dataclasses.dataclass
class Circle(Shape):
    r: int


class Reader(abc.ABC):
    @abc.abstractmethod
    def read(self) -> str: ...


class Recursive:
    """Behaves as what `type Nested = dict[str, Nested] | str` makes on newer Pythons."""

    __type_params__ = ()

    @property
    def __value__(self) -> object:
        return typing.Union[dict[str, self], str]  # type: ignore[valid-type]  # noqa: UP007

    def __call__(self) -> None:
        """Pass for a type."""

    def __repr__(self) -> str:
        return "Nested"


NESTED: Any = Recursive()
Table = typing_extensions.TypeAliasType("Table", dict[str, Item], type_params=(Item,))
Maybe = typing_extensions.TypeAliasType("Maybe", int | None)
UserId = NewType("UserId", User)
Ids = typing_extensions.TypeAliasType("Ids", list[complex])
Bound = TypeVar("Bound", bound=User)
Free = TypeVar("Free")
Either = TypeVar("Either", User, Org)


@pytest.mark.parametrize(
    ("annotation", "name"),
    [
        (User, "ide"),
        (User | None, "ide"),
        (Annotated[User, "x"], "ide"),
        (UserId, "ide"),
        (Bound, "ide"),
        (User | Pair, "left"),
        (Pair, "ide"),
        (HasId, "ide"),
        (Color, "valeu"),
        (Org, "ide"),
        (OldOrg, "ide"),
        (Order, "ide"),
        (Model, "ide"),
        (Slotted, "ide"),
        (Row, "id"),
        (int, "ide"),
        (str, "ide"),
        (Literal["a"], "ide"),
        (list[User], "ide"),
        (dt.datetime, "yaer"),
        (uuid.UUID, "hexx"),
        (pathlib.PurePosixPath, "naem"),
        (Page[User], "first_"),
        (Table[int], "id"),
        (User | cabc.Callable[[int], int], "ide"),
    ],
)
def test_missing_attribute(annotation: object, name: str) -> None:
    """A typo is caught where the type tells all of its attributes."""
    assert isinstance(view_of(annotation).attribute(name), Missing)


@pytest.mark.parametrize(
    ("annotation", "name"),
    [
        (Any, "ide"),
        (object, "ide"),
        (Ordinary, "ide"),
        (Magic, "ide"),
        (OpenModel, "ide"),
        (User, "nickname"),
        (Ordinary | None, "ide"),
        (Free, "ide"),
        ("NotResolved", "ide"),
        (typing.ForwardRef("NotResolved"), "ide"),
        (None, "ide"),
        (dt.tzinfo | None, "key"),
        (type[User], "id"),
        (types.ModuleType, "TENANT"),
        (types.SimpleNamespace, "id"),
        (OSError, "code"),
        (cabc.Callable[[int], int], "__name__"),
        (cabc.Callable[..., int] | None, "code"),
        (typing.Callable[[int], int], "__name__"),
    ],
)
def test_unknown_attribute(annotation: object, name: str) -> None:
    """Where the type may have the attribute after all, nothing is said."""
    if annotation in {None, dt.tzinfo | None}:
        assert not isinstance(view_of(annotation).attribute("__class__"), Missing)
    else:
        assert view_of(annotation).attribute(name) is UNKNOWN


@pytest.mark.parametrize(
    ("annotation", "name", "text"),
    [
        (User, "id", "int"),
        (User, "label", "str"),
        (User, "digest", "bytes"),
        (User | Org, "id", "int"),
        (Either, "id", "int"),
        (Pair, "left", "int"),
        (HasId, "id", "int"),
        (Org, "id", "int"),
        (Order, "id", "int"),
        (Model, "id", "int"),
        (OldOrg, "id", "Any"),
        (Slotted, "id", "Any"),
        (Color, "value", "Any"),
        (dt.date, "year", "Any"),
        (Person, "name", "Any"),
        (Person, "note", "Any"),
        (Page[User], "first", f"{__name__}.User"),
        (Page[User], "last", f"{__name__}.User"),
        (Page[User], "rest", f"list[{__name__}.User]"),
        (Page[User], "lead", f"None | {__name__}.User"),
        (Page, "first", "Any"),
        (UserPage, "first", "Any"),
        (UserPage, "rest", "list[Any]"),
    ],
)
def test_attribute(annotation: object, name: str, text: str) -> None:
    """An attribute has the type that the class gives it."""
    found = view_of(annotation).attribute(name)
    assert not isinstance(found, Missing)
    assert found is not UNKNOWN
    assert found.text == text


def test_attribute_of_own_class() -> None:
    """A forward reference inside a class resolves in the class's module."""
    parent = view_of(User).attribute("parent")
    assert not isinstance(parent, Missing)
    assert parent is not UNKNOWN
    assert isinstance(parent.attribute("ide"), Missing)


@pytest.mark.parametrize(
    "annotation",
    [
        int | cabc.Callable[[], int],
        cabc.Callable[[int], None] | None,
        list[Annotated[int, {"unit": "s"}]] | None,
        TypeVar("Hook", bound=cabc.Callable[[int], None]),
        typing_extensions.TypeAliasType("Handler", cabc.Callable[[int], None] | None),
    ],
)
def test_unhashable_arguments(annotation: object) -> None:
    """A Callable's parameters are a list, and what annotates a type can be anything."""
    assert not isinstance(view_of(annotation).attribute("__class__"), Missing)


def test_each_member_once() -> None:
    """A member of a union that is there twice is seen once."""
    either = typing_extensions.TypeAliasType("Either", list[int] | None)
    assert view_of(typing.Union[either, list[int]]).text == "None | list[int]"  # noqa: UP007
    assert len(getattr(view_of(typing.Union[either, list[int]]), "members", ())) == 2  # noqa: UP007


def test_attributes_of_a_method() -> None:
    """A method has what its function has, which anybody may put there."""
    method = view_of(User).attribute("rename")
    assert not isinstance(method, Missing)
    assert method is not UNKNOWN
    assert method.attribute("__name__") is UNKNOWN
    assert method.stability() == Unstable("A method is code, which has no stable text")


def test_candidates() -> None:
    """The candidates are what could stand in a key: no methods, nothing private."""
    found = view_of(User).attribute("ide")
    assert found == Missing("User", ("digest", "id", "label", "parent"))


@pytest.mark.parametrize(
    "annotation",
    [
        int,
        str,
        None,
        User,
        Org,
        Order,
        Model,
        Pair,
        Color,
        Keyed,
        list[int],
        dict[str, User],
        dt.date,
        type[int],
    ],
)
def test_stable(annotation: object) -> None:
    """What has a stable text is known to have it."""
    assert view_of(annotation).stability() is STABLE


@pytest.mark.parametrize(
    ("annotation", "reason"),
    [
        (complex, "complex has no stable text"),
        (Ordinary, "Ordinary has no stable text"),
        (cabc.Callable[[], int], "Code has no stable text"),
        (cabc.Iterator[int], "Iterator can be run through once"),
        (cabc.Awaitable[int], "Awaitable can be run through once"),
        (Ordinary | None, "Ordinary has no stable text"),
        (Ordinary | complex, "Ordinary has no stable text"),
        (list[complex], "complex has no stable text"),
        (Ids, "complex has no stable text"),
        (typing.IO[str], "IO has no stable text"),
    ],
)
def test_unstable(annotation: object, reason: str) -> None:
    """What certainly has no stable text is told, with the reason."""
    assert view_of(annotation).stability() == Unstable(reason)


@pytest.mark.parametrize(
    "annotation",
    [Any, object, Free, cabc.Sequence[int], HasId, Reader, Shape, Ordinary | int, "NotResolved", dt.tzinfo],
)
def test_stability_unknown(annotation: object) -> None:
    """Where a value behind the annotation may have a stable text, nothing is said."""
    assert view_of(annotation).stability() is UNKNOWN


@pytest.mark.parametrize(
    ("annotation", "shapes"),
    [
        (int, {"INT"}),
        (int | None, {"INT", "NONE"}),
        (str, {"WORD", "QUOTED"}),
        (dt.date, {"date"}),
        (Color, {f"@{__name__}.Color"}),
    ],
)
def test_shapes(annotation: object, shapes: set[str]) -> None:
    """An annotation tells which shapes of text its values take."""
    found = view_of(annotation).shapes()
    assert found is not UNKNOWN
    assert {shape.head or shape.form.name for shape in found} == shapes


@pytest.mark.parametrize("annotation", [Any, int | Any, Free, Ordinary])
def test_shapes_unknown(annotation: object) -> None:
    """Where anything may come, every shape may."""
    assert view_of(annotation).shapes() is UNKNOWN


@pytest.mark.parametrize(
    ("annotation", "text"),
    [
        (None, "None"),
        (int | None, "None | int"),
        (typing.Optional[int], "None | int"),  # noqa: UP045  # the older spelling is the point
        (dict[str, list[int]], "dict[str, list[int]]"),
        (tuple[int, ...], "tuple[int, ...]"),
        (Annotated[int, "x"], "int"),
        (Literal["a", 1], "Literal['a', 1]"),
        (User, f"{__name__}.User"),
        ("User", "User"),
        (typing.ForwardRef("User"), "User"),
        (Ids, "list[complex]"),
        (Table[int], "dict[str, int]"),
        (Table, "dict[str, Any]"),
        (list[Table[int]], "list[dict[str, int]]"),
        (NESTED, "dict[str, Nested] | str"),
        (Maybe | str, "None | int | str"),  # type: ignore[operator]  # the alias of a union
        (Literal["b", "a", None], "Literal['a', 'b'] | None"),  # noqa: PYI061  # the older spelling is the point
        (Literal["b"] | Literal["a"], "Literal['a', 'b']"),  # noqa: PYI030  # so it is
        (typing.List, "list"),  # noqa: UP006  # the older spelling is the point
        (tuple[()], "tuple[]"),
        (cabc.Callable[[int], str], "collections.abc.Callable[[int], str]"),
        (Any, "Any"),
        (typing.Generic, "Generic"),  # its own origin
    ],
)
def test_written(annotation: object, text: str) -> None:
    """A type has one text, however it was spelled."""
    assert written(annotation) == text
