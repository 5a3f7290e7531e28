"""Types of every kind that a function may return."""

import enum
from dataclasses import InitVar, dataclass, field
from typing import (
    ClassVar,
    Generic,
    NamedTuple,
    NewType,
    NotRequired,
    Protocol,
    TypedDict,
    TypeVar,
)

import attrs
import msgspec
import pydantic
from typing_extensions import TypeAliasType, override

from typed_cache.clients._isolation import Copier, copier_for

T = TypeVar("T")
Whole = TypeVar("Whole", bound=int)
Some = TypeVar("Some", int, str)
UserId = NewType("UserId", int)
Names = NewType("Names", list[str])


class Colour(enum.Enum):
    RED = 1


class Name(str):
    __slots__ = ()


class Tagged(str):  # noqa: SLOT000  # that is the point
    """A `str` whose values have a `__dict__`."""


@dataclass(frozen=True)
class Point:
    x: int
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chain:
    rest: "Chain | None" = None


class Pair(NamedTuple):
    left: int
    right: str


@attrs.frozen
class Fixed:
    x: int


class FixedStruct(msgspec.Struct, frozen=True):
    x: int


class FixedModel(pydantic.BaseModel, frozen=True):
    x: int


@dataclass
class User:
    name: str
    tags: list[str] = field(default_factory=list)
    kind: ClassVar[str] = "user"


@dataclass
class Admin(User):
    rights: dict[str, list[int]] = field(default_factory=dict)
    later: list[int] = field(init=False)
    seed: InitVar[int] = 0

    def __post_init__(self, seed: int) -> None:
        self.later = [seed]


@dataclass(slots=True)
class Slotted:
    items: list[int]
    __hidden: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Holder:
    items: list[int]


@dataclass
class Box(Generic[T]):
    items: list[T]


@attrs.define
class Crate:
    items: list[int]
    _spare: list[int] = attrs.field(factory=list)


class Struct(msgspec.Struct):
    items: list[int]


class FrozenStruct(msgspec.Struct, frozen=True, dict=True):
    items: list[int]


class Model(pydantic.BaseModel):
    items: list[int]


class PrivateModel(pydantic.BaseModel, frozen=True):
    x: int
    _seen: list[int] = pydantic.PrivateAttr(default_factory=list)


class Row(NamedTuple):
    key: int
    values: list[int]


class Cell(NamedTuple, Generic[T]):
    name: str
    value: T


class Movie(TypedDict):
    title: str
    cast: NotRequired[list[str]]


@dataclass
class Node:
    children: "list[Node]" = field(default_factory=list)
    parent: "Node | None" = None


@dataclass
class Deeper(Generic[T]):
    """Holds itself with an argument that never ends."""

    value: T
    below: "Deeper[list[T]] | None" = None


class Plain:
    def __init__(self) -> None:
        self.items = [1]

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plain) and self.items == other.items

    __hash__ = object.__hash__


class Shape(Protocol):
    items: list[int]


JSON = TypeAliasType("JSON", "dict[str, JSON] | list[JSON] | str | int | None")
Many = TypeAliasType("Many", list[T], type_params=(T,))


def admin() -> Admin:
    made = Admin("Ada", ["a"], {"read": [1]}, seed=7)
    made.later.append(8)
    return made


def copying(annotation: object) -> Copier:
    """Return the copier of a type that has one."""
    copier = copier_for(annotation)
    assert copier is not None
    return copier
