"""What is shared, what is copied, and how deep."""

import datetime as dt
import pathlib
import typing
import uuid
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from types import MappingProxyType
from typing import (
    Annotated,
    Any,
    Literal,
    Optional,
    Union,
)

import pytest

from isolation_types import (
    JSON,
    Admin,
    Box,
    Cell,
    Chain,
    Colour,
    Crate,
    Deeper,
    Fixed,
    FixedModel,
    FixedStruct,
    FrozenStruct,
    Holder,
    Many,
    Model,
    Movie,
    Name,
    Names,
    Node,
    Pair,
    Plain,
    Point,
    PrivateModel,
    Row,
    Shape,
    Slotted,
    Some,
    Struct,
    T,
    Tagged,
    User,
    UserId,
    Whole,
    admin,
    copying,
)
from typed_cache.client import UNANNOTATED
from typed_cache.clients._isolation import copier_for

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
