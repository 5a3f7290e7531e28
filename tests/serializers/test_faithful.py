"""A value that would come back as something else is refused when it is written."""

import collections
import dataclasses
import enum
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple, TypedDict
from zoneinfo import ZoneInfo

import pytest

from typed_cache.client import UNANNOTATED, AdaptiveSerializer
from typed_cache.errors import SerializationError
from typed_cache.serializers import JsonSerializer, MsgpackSerializer, StdlibJsonSerializer

SERIALIZERS = [MsgpackSerializer(), JsonSerializer(), StdlibJsonSerializer()]


@dataclasses.dataclass
class User:
    name: str


@dataclasses.dataclass
class Admin(User):
    rights: int = 0


class Pair(NamedTuple):
    a: int
    b: int


class Movie(TypedDict):
    title: str


class Text(str):
    __slots__ = ()


class Number(int):
    __slots__ = ()


class Colour(enum.Enum):
    RED = 1


RECURSIVE: list[Any] = []
RECURSIVE.append(RECURSIVE)

CHANGED = [
    (User, Admin("Ada")),
    (list[User], [User("a"), Admin("b")]),
    (User, {"name": "Ada"}),
    (Sequence[int], (1, 2)),
    (list[int], (1, 2)),
    (tuple[int, int], Pair(1, 2)),
    (Mapping[str, int], collections.OrderedDict(a=1)),
    (dict[str, int], collections.Counter("a")),
    (float, 1),
    (set[float], {1}),
    (int, True),
    (int, Number(1)),
    (str, Text("a")),
    (str, b"a"),
    (bytes, "a"),
    (int, "1"),
    (Colour, 1),
    (Movie, {"title": "M", "year": 1}),
    (None, 0),
    (list[int], range(3)),
    (list[Any], [Colour.RED]),
    (dict[str, Any], {"user": User("Ada")}),
    (datetime, datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Paris"))),
    (datetime, datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1), "CET"))),
    (datetime, datetime(2026, 1, 1, tzinfo=timezone(timedelta(seconds=7)))),
    (datetime, datetime(2026, 1, 1, fold=1)),  # noqa: DTZ001 - naive on purpose
    (object, (1, 2)),
    (object, {1, 2}),
    (Any, User("Ada")),
    (UNANNOTATED, [b"a", (1,)]),
    (list[Any], RECURSIVE),
    (list[Any], [datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1)))]),
]


@pytest.mark.parametrize("plain", SERIALIZERS, ids=repr)
@pytest.mark.parametrize(("annotation", "value"), CHANGED, ids=lambda item: str(item)[:40])
def test_changed_value_is_refused(plain: AdaptiveSerializer, annotation: object, value: object) -> None:
    """No serializer writes what it would read back as another value or another type."""
    with pytest.raises(SerializationError):
        plain.for_type(annotation).dumps(value)


@pytest.mark.parametrize("value", [2**64, -(2**63) - 1])
def test_msgpack_refuses_ints_past_64_bits(value: int) -> None:
    """MessagePack has no wider integer; JSON has."""
    with pytest.raises(SerializationError, match="OverflowError"):
        MsgpackSerializer(int).dumps(value)


@pytest.mark.parametrize("plain", SERIALIZERS[1:], ids=repr)
@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_json_refuses_nan_and_infinity(plain: AdaptiveSerializer, value: float) -> None:
    """JSON has no text for them, and null is another value."""
    with pytest.raises(SerializationError):
        plain.for_type(float | None).dumps(value)


def test_utc_by_any_class_is_carried() -> None:
    """UTC has no rules to lose, so a ZoneInfo that is UTC comes back as `timezone.utc`."""
    serializer = MsgpackSerializer(datetime)

    back = serializer.loads(serializer.dumps(datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC"))))

    assert back == datetime(2026, 1, 1, tzinfo=UTC)


def test_refusal_names_the_place_and_the_remedy() -> None:
    """The message leads to the part of the value that would change, without showing the value."""
    with pytest.raises(SerializationError) as caught:
        MsgpackSerializer(dict[str, list[User]]).dumps({"team": [User("secret"), Admin("secret")]})

    text = str(caught.value)
    assert "it['team'][1] is a" in text
    assert "Admin and comes back as" in text
    assert "annotate what is returned" in text
    assert "secret" not in text


def test_remedy_for_an_unannotated_function() -> None:
    """Without a type the remedy is to give one."""
    with pytest.raises(SerializationError, match="Annotate the return type"):
        MsgpackSerializer().dumps((1, 2))


def test_value_nested_too_deeply() -> None:
    """Recursion without end is an error of the serializer's own."""
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]

    with pytest.raises(SerializationError, match="RecursionError"):
        MsgpackSerializer().dumps(deep)
