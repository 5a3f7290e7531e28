"""What a serializer takes comes back equal and of the same types."""

import dataclasses
import enum
import functools
import sys
import threading
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any, Generic, Literal, NamedTuple, NotRequired, TypedDict, TypeVar
from uuid import UUID

import attrs
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from typed_cache.client import AdaptiveSerializer
from typed_cache.serializers import JsonSerializer, MsgpackSerializer, StdlibJsonSerializer
from typed_cache.serializers._difference import difference

T = TypeVar("T")


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


class Size(enum.StrEnum):
    SMALL = "s"


class Flag(enum.IntFlag):
    A = 1
    B = 2


@dataclasses.dataclass(frozen=True)
class Node:
    name: str
    below: "list[Node]" = dataclasses.field(default_factory=list)
    after: "Node | None" = None


@dataclasses.dataclass
class Box(Generic[T]):
    item: T


@dataclasses.dataclass
class Tree(Generic[T]):
    leaf: T
    below: "list[Tree[T]]"


@attrs.define
class Point:
    x: int
    y: float


class Pair(NamedTuple):
    left: str
    right: int = 0


class Movie(TypedDict):
    title: str
    year: NotRequired[int]


class Cat(msgspec.Struct, tag=True):
    lives: int


class Dog(msgspec.Struct, tag=True):
    name: str


class Row(msgspec.Struct, array_like=True, omit_defaults=True):
    a: int
    b: str = "b"


PARIS_OFFSET = timezone(timedelta(hours=1, minutes=30))

VALUES = [
    (None, None),
    (bool, True),
    (int, -(2**63)),
    (int, 2**64 - 1),
    (float, -0.0),
    (float, 1.0),
    (float, 5e-324),
    (int | float, 1),
    (int | float, 1.0),
    (str, "naïve\x00\U0001f600"),
    (bytes, b"\x00\xff"),
    (bytearray, bytearray(b"\xff")),
    (list[int], []),
    (list[list[str]], [["a"], []]),
    (tuple[int, str], (1, "a")),
    (tuple[int, ...], (1, 2, 3)),
    (tuple[()], ()),
    (set[str], {"a", "b", "c", "d"}),
    (frozenset[int], frozenset({1, 2})),
    (dict[str, float], {"b": 1.5, "a": 2.0}),
    (dict[int, str], {1: "a", -2: "b"}),
    (dict[UUID, int], {UUID(int=5): 1}),
    (UUID, UUID(int=2**128 - 1)),
    (Decimal, Decimal("1.00")),
    (Decimal, Decimal("NaN")),
    (date, date(1, 1, 1)),
    (time, time(23, 59, 59, 999999)),
    (time, time(1, 2, tzinfo=PARIS_OFFSET)),
    (datetime, datetime(2026, 11, 22, 1, 2, 3, 4)),  # noqa: DTZ001 - naive on purpose
    (datetime, datetime(2026, 11, 22, tzinfo=UTC)),
    (datetime, datetime(9999, 12, 31, tzinfo=PARIS_OFFSET)),
    (list[datetime | None], [datetime(1, 1, 1, tzinfo=PARIS_OFFSET), None]),
    (timedelta, timedelta.max),
    (timedelta, timedelta(days=-1, microseconds=1)),
    (Colour, Colour.RED),
    (Size, Size.SMALL),
    (Flag, Flag.A),
    (dict[Size, Colour], {Size.SMALL: Colour.BLUE}),
    (Literal["a", "b"], "a"),
    (str | None, None),
    (Node, Node("a", [Node("b")], Node("c"))),
    (Box[int], Box(3)),
    (Box[list[str]], Box(["a"])),
    (Tree[int], Tree(1, [Tree(2, [])])),
    (Point, Point(1, 2.0)),
    (list[Pair], [Pair("a", 1)]),
    (Movie, {"title": "M"}),
    (Movie, {"title": "M", "year": 1931}),
    (Cat | Dog, Dog("Rex")),
    (list[Cat | Dog | None], [Cat(9), None]),
    (Row, Row(1)),
    (dict[str, Any], {"a": [1, {"b": None}], "c": 1.5}),
    (list[object], [1, "a", None]),
]

SERIALIZERS = [MsgpackSerializer(), JsonSerializer(), StdlibJsonSerializer()]


@pytest.mark.parametrize("plain", SERIALIZERS, ids=repr)
@pytest.mark.parametrize(("annotation", "value"), VALUES, ids=lambda item: str(item)[:40])
def test_typed_value(plain: AdaptiveSerializer, annotation: object, value: object) -> None:
    """A value of a declared type comes back as it was, whatever the type."""
    serializer = plain.for_type(annotation)

    back = serializer.loads(serializer.dumps(value))

    assert difference(value, back) is None


@pytest.mark.parametrize("plain", SERIALIZERS[1:], ids=repr)
def test_json_carries_ints_of_any_size(plain: AdaptiveSerializer) -> None:
    """JSON has no widest integer."""
    serializer = plain.for_type(list[int])

    assert serializer.loads(serializer.dumps([2**200, -(2**200)])) == [2**200, -(2**200)]


def test_msgpack_carries_nan_and_infinity() -> None:
    """MessagePack has every float."""
    serializer = MsgpackSerializer(list[float])

    assert repr(serializer.loads(serializer.dumps([float("nan"), float("inf")]))) == "[nan, inf]"


def test_msgpack_carries_utc_without_a_type() -> None:
    """MessagePack has a timestamp, so a datetime in UTC needs no annotation."""
    serializer, row = MsgpackSerializer(dict[str, Any]), {"at": datetime(2026, 11, 22, 1, 2, 3, 4, UTC)}

    assert difference(row, serializer.loads(serializer.dumps(row))) is None


def test_stdlib_json_carries_lone_surrogates() -> None:
    """The standard library's JSON escapes what UTF-8 cannot write."""
    serializer = StdlibJsonSerializer(str)

    assert serializer.loads(serializer.dumps("\ud800")) == "\ud800"


def test_stdlib_json_is_the_text_of_json_dumps() -> None:
    """Other programs that use `json` read and write the same bytes."""
    assert StdlibJsonSerializer().dumps({"a": [1, "é"]}) == b'{"a": [1, "\\u00e9"]}'


def test_scratch_that_is_no_field() -> None:
    """What an instance remembers besides its fields is not written, and is no hindrance."""

    @dataclasses.dataclass
    class Circle:
        radius: float

        @functools.cached_property
        def area(self) -> float:
            return 3 * self.radius**2

    circle, serializer = Circle(2.0), MsgpackSerializer(Circle)
    assert circle.area == 12.0
    assert vars(serializer.loads(serializer.dumps(circle))) == {"radius": 2.0}


def test_sets_written_in_another_order() -> None:
    """A set may have been written by a process whose hashes order it differently."""
    assert MsgpackSerializer(set[str]).loads(b"\x92\xa1b\xa1a") == {"a", "b"}
    assert MsgpackSerializer(set[str]).loads(b"\x92\xa1a\xa1b") == {"a", "b"}


@pytest.mark.parametrize("plain", SERIALIZERS, ids=repr)
def test_threads(plain: AdaptiveSerializer) -> None:
    """Many threads may share one serializer."""
    serializer, results, interval = plain.for_type(list[Node]), list[bool](), sys.getswitchinterval()

    def work(number: int) -> None:
        value = [Node(f"{number}-{i}", [Node("x" * number)]) for i in range(20)]
        results.append(all(serializer.loads(serializer.dumps(value)) == value for _ in range(20)))

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)

    assert results == [True] * 8


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc"), inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=100)
@given(PLAIN)
def test_plain_values(value: object) -> None:
    """Without a type, MessagePack carries every value that needs none."""
    serializer: MsgpackSerializer[Any] = MsgpackSerializer()

    assert difference(value, serializer.loads(serializer.dumps(value))) is None


DATETIMES = st.datetimes(
    timezones=st.none() | st.integers(-1439, 1439).map(lambda m: timezone(timedelta(minutes=m)))
).map(lambda moment: moment.replace(fold=0))


@settings(max_examples=100)
@given(st.lists(st.tuples(DATETIMES, st.timedeltas(), st.decimals(allow_nan=False), st.uuids()), max_size=4))
def test_scalars_with_a_text(value: list[tuple[datetime, timedelta, Decimal, UUID]]) -> None:
    """Datetimes with any offset in minutes, timedeltas, decimals and UUIDs come back to the last digit."""
    serializer = MsgpackSerializer(list[tuple[datetime, timedelta, Decimal, UUID]])

    assert difference(value, serializer.loads(serializer.dumps(value))) is None
