"""What is shared, what is copied, and how deep."""

import datetime as dt
import enum
import pathlib
import typing
import uuid
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import InitVar, dataclass, field
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Generic,
    Literal,
    NamedTuple,
    NewType,
    NotRequired,
    Optional,
    Protocol,
    TypedDict,
    TypeVar,
    Union,
)

import attrs
import msgspec
import pydantic
import pytest
from typing_extensions import TypeAliasType, override

from typed_cache.client import UNANNOTATED
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


def copying(annotation: object) -> Copier:
    """Return the copier of a type that has one."""
    copier = copier_for(annotation)
    assert copier is not None
    return copier


SHARED = [
    *(int, str, bytes, bool, float, complex, None, type(None), range, object, Any, UNANNOTATED),
    *(dt.datetime, dt.date, dt.timedelta, dt.timezone, Decimal, uuid.UUID, pathlib.Path, Colour, Name),
    *(Point, Chain, Pair, Fixed, FixedStruct, FixedModel, UserId, Whole, Some, type[int], type),
    *(Literal["a", 1], int | None, Optional[Point], Union[int, Pair], Annotated[int, ["metadata"]]),  # noqa: UP007, UP045
    *(tuple[int, str], tuple[Point, ...], tuple[()], tuple, frozenset[str], frozenset),
    *(Callable[[int], list[int]], typing.Callable[..., int], typing.LiteralString),
    tuple[Any, ...],
]


@pytest.mark.parametrize("annotation", SHARED, ids=str)
def test_what_cannot_change_is_shared(annotation: object) -> None:
    """No copier, no cost: immutable types of every kind, and what nothing describes."""
    assert copier_for(annotation) is None


def admin() -> Admin:
    made = Admin("Ada", ["a"], {"read": [1]}, seed=7)
    made.later.append(8)
    return made


COPIED: list[tuple[object, object]] = [
    (list[int], [1]),
    (list, [1]),
    (typing.List[int], [1]),  # noqa: UP006
    (set[int], {1}),
    (deque[int], deque([1], 3)),
    (deque[list[int]], deque([[1]], 3)),
    (bytearray, bytearray(b"x")),
    (dict[str, int], {"a": 1}),
    (dict[str, list[Point]], {"a": [Point(1)]}),
    (dict[Row, int], {}),
    (defaultdict[str, list[int]], defaultdict(list, a=[1])),
    (OrderedDict[str, list[int]], OrderedDict(a=[1])),
    (Counter[str], Counter("aab")),
    (Mapping[str, list[int]], MappingProxyType({"a": [1]})),
    (MappingProxyType[str, int], MappingProxyType({"a": 1})),
    (tuple[int, list[int]], (1, [1])),
    (tuple[list[int], ...], ([1], [2])),
    (Sequence[int], [1]),
    (Iterable[list[int]], ([1],)),
    (Collection[int], {1}),
    (AbstractSet[str], {"a"}),
    (Mapping[str, list[int]], {"a": [1]}),
    (User, User("Ada", ["a"])),
    (Admin, admin()),
    (User, admin()),
    (Slotted, Slotted([1], [2])),
    (Holder, Holder([1])),
    (Box[int], Box([1])),
    (Box[list[int]], Box([[1]])),
    (Box, Box([[1]])),
    (Crate, Crate([1], [2])),
    (Struct, Struct([1])),
    (FrozenStruct, FrozenStruct([1])),
    (Model, Model(items=[1])),
    (PrivateModel, PrivateModel(x=1)),
    (Row, Row(1, [1])),
    (Cell[list[int]], Cell("a", [1])),
    (tuple[str, *tuple[list[int], ...]], ("a", [1], [2])),
    (Movie, {"title": "Up", "cast": ["Ed"]}),
    (Movie, {"title": "Up"}),
    (Node, Node([Node()])),
    (Plain, Plain()),
    (Shape, Plain()),
    (Tagged, Tagged("x")),
    (Hashable, Plain()),
    (Names, ["Ada"]),
    (Annotated[list[int], "metadata"], [1]),
    (list[int] | None, [1]),
    (list[int] | dict[str, list[int]], {"a": [1]}),
    (list[int] | list[list[int]], [[1]]),
    (Movie | int, {"title": "Up", "cast": ["Ed"]}),
    (Shape | int, Plain()),
    (T, [[1]]),
    (JSON, {"a": [1, {"b": None}]}),
    (Many[list[int]], [[1]]),
    ("Unknown", [[1]]),
    (Deeper[int], Deeper(1, Deeper([1]))),
    (int, 1),
]


@pytest.mark.parametrize(("annotation", "value"), COPIED[:-1], ids=str)
def test_what_can_change_is_copied(annotation: object, value: object) -> None:
    """A copy is equal, of the same class, and another object."""
    copy = copying(annotation)(value)

    assert copy == value
    assert type(copy) is type(value)
    assert copy is not value


def test_copy_goes_down_to_what_is_frozen() -> None:
    """`dict[str, list[Point]]`: new dict, new lists, the same points."""
    old = {"a": [Point(1)]}

    new = copying(dict[str, list[Point]])(old)

    assert new["a"] is not old["a"]
    assert new["a"][0] is old["a"][0]


def test_what_is_not_described_is_shared() -> None:
    """`list[Any]` says that there is a list and nothing of what is in it."""
    old: list[Any] = [[1]]

    assert copying(list[Any])(old)[0] is old[0]
    assert copying(dict[str, Any])({"a": old})["a"] is old


def test_fields_of_every_kind_are_copied() -> None:
    """Inherited fields, fields outside `__init__`, and no field at all: nothing of it is shared."""
    old = admin()
    old.__dict__["extra"] = [1]

    new = copying(Admin)(old)

    for name, value in vars(old).items():
        assert vars(new)[name] == value
        assert isinstance(value, str) or vars(new)[name] is not value


def test_no_init_runs() -> None:
    """A copy is made of what is there: nothing is checked, computed or counted again."""
    calls: list[str] = []

    @dataclass
    class Counted:
        items: list[int]

        def __post_init__(self) -> None:
            calls.append("init")

    old = Counted([1])
    copier_for(Counted)

    assert copying(Counted)(old) == old
    assert calls == ["init"]


def test_field_that_was_never_set_stays_unset() -> None:
    """A slot that is empty is empty in the copy."""
    old = Slotted([1])
    del old.items

    assert not hasattr(copying(Slotted)(old), "items")


def test_cached_property_is_not_shared() -> None:
    """What a `cached_property` left in an object is copied with it."""

    @dataclass
    class Sums:
        items: list[int]

        @cached_property
        def sums(self) -> list[int]:
            return [sum(self.items)]

    old = Sums([1, 2])
    old.sums.append(4)

    new = copying(Sums)(old)

    assert new.sums == [3, 4]
    assert new.sums is not old.sums


def test_dict_of_a_struct_is_kept() -> None:
    """What stands beside the fields of a Struct is copied with it."""
    old = FrozenStruct([1])
    old.__dict__["extra"] = [2]

    new = copying(FrozenStruct)(old)

    assert new.__dict__ == {"extra": [2]}
    assert new.__dict__["extra"] is not old.__dict__["extra"]


def test_what_a_container_is_made_with_is_kept() -> None:
    """The bound of a deque, the factory of a defaultdict."""
    assert copying(deque[list[int]])(deque([[1]], 3)).maxlen == 3
    assert copying(defaultdict[str, list[int]])(defaultdict(list)).default_factory is list


def test_keys_that_can_change_are_copied() -> None:
    """A key is a part of a value like any other."""

    @dataclass(eq=False)
    class Key:
        tags: list[str]

    old = {Key(["a"]): 1}

    (new,) = copying(dict[Key, int])(old)

    assert new.tags == ["a"]
    assert new not in old


def test_frozen_sets_of_what_can_change_are_copied() -> None:
    """A frozenset is shared only where its elements can be."""
    old = frozenset([Plain()])

    (new,) = copying(frozenset[Plain])(old)

    assert new not in old


def test_value_of_another_class_is_copied_deep() -> None:
    """A value that is not what the annotation says is not shared for that."""
    for annotation, value in [
        (list[int], {"a": [[1]]}),
        (tuple[int, list[int]], ([1], [2], [3])),
        (int | list[int], {"a": [1]}),
        (Movie, OrderedDict(cast=[1])),
        (dict[str, int], defaultdict(list, a=[1])),
        (Row, (1, [2])),
        (Struct, [1]),
    ]:
        copy = copying(annotation)(value)
        assert copy == value
        assert copy is not value


def test_unknown_keys_of_a_typed_dict_are_copied_deep() -> None:
    """A TypedDict may hold more than it declares."""
    old: Any = {"title": "Up", "extra": [1]}

    assert copying(Movie)(old)["extra"] is not old["extra"]


def test_cycles_are_kept() -> None:
    """A type that can hold itself may hold a cycle, and the copy has the same."""
    root = Node()
    root.children.append(Node(parent=root))

    new = copying(list[Node])([root])[0]

    assert new is not root
    assert new.children[0].parent is new


def test_alias_becomes_two() -> None:
    """In a type that cannot hold itself, one list in two places comes back as two."""
    inner = [1]

    new = copying(list[list[int]])([inner, inner])

    assert new == [[1], [1]]
    assert new[0] is not new[1]


def test_annotations_that_cannot_be_read_are_copied_deep() -> None:
    """A class of which a name is unknown is not shared for that."""

    @dataclass(frozen=True)
    class Lost:
        items: "Nowhere"  # type: ignore[name-defined]  # noqa: F821

    old = Lost([1])

    assert copying(Lost)(old).items is not old.items


def test_class_that_copies_itself_is_asked() -> None:
    """A dataclass with a `__deepcopy__` knows better."""

    @dataclass
    class Own:
        items: list[int]

        def __deepcopy__(self, memo: object) -> "Own":
            return Own([*self.items, 0])

    assert copying(Own)(Own([1])).items == [1, 0]


def test_dataclass_that_is_more_than_its_fields_is_copied_deep() -> None:
    """One that inherits from dict keeps its items."""

    @dataclass
    class Labelled(dict[str, list[int]]):
        label: str = ""

    old = Labelled("x")
    old["a"] = [1]

    new = copying(Labelled)(old)

    assert (new["a"], new.label) == ([1], "x")
    assert new["a"] is not old["a"]


def test_subclass_of_a_named_tuple_is_copied_deep() -> None:
    """It may have a `__dict__` with anything in it."""

    class More(Pair):
        pass

    old = More(1, "a")
    old.extra = [1]  # type: ignore[attr-defined]

    assert copying(More)(old).extra is not old.extra  # type: ignore[attr-defined]


def test_attrs_without_annotations_are_copied_deep() -> None:
    """A field that says nothing of its type may hold anything."""
    untyped: Any = attrs.make_class("untyped", ["items"])
    old = untyped([1])

    assert copying(untyped)(old).items is not old.items


def test_value_that_cannot_be_copied_raises() -> None:
    """A lock is nobody's to copy: the client that asked decides what becomes of it."""
    with pytest.raises(TypeError, match="generator"):
        copying(Plain)(n for n in [1])
