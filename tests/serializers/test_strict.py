"""Bytes that a serializer would not have written are refused, with one error whatever is wrong."""

import dataclasses
import random
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from typed_cache.client import AdaptiveSerializer, Serializer
from typed_cache.errors import SerializationError
from typed_cache.serializers import JsonSerializer, MsgpackSerializer, StdlibJsonSerializer

pack = msgspec.msgpack.encode


@dataclasses.dataclass
class User:
    id: int
    name: str = "?"


JSON = [JsonSerializer(), StdlibJsonSerializer()]
ALL = [MsgpackSerializer(), *JSON]


@pytest.mark.parametrize(
    ("annotation", "data"),
    [
        (int, pack("1")),
        (int, pack(1.0)),
        (int, pack(True)),
        (float, pack(1)),
        (Decimal, pack(1)),
        (datetime, pack(1)),
        (bool, pack(1)),
        (int, b"\xcd\x00\x01"),  # 1 in more bytes than it takes
        (int, pack(1) + b"\x00"),
        (int, b""),
        (list[int], pack([1, 2])[:-1]),
        (str, b"\xa3\xed\xa0\x80"),  # no UTF-8
        (dict[str, int], b"\x82\xa1a\x01\xa1a\x02"),  # "a" twice
        (Any, b"\x82\xa1a\x01\xa1a\x02"),
        (set[int], b"\x92\x01\x01"),
        (User, pack({"id": 1, "name": "a", "more": 1})),
        (User, pack({"name": "a", "id": 1})),
        (User, pack({"name": "a"})),
        (Any, pack(msgspec.msgpack.Ext(5, b"x"))),
        (list[Any], b"\x91" * 100_000 + b"\x00"),
    ],
)
def test_msgpack_takes_only_what_it_writes(annotation: object, data: bytes) -> None:
    """Another type, another spelling, a repeated key, something missing or left over: each is an error."""
    with pytest.raises(SerializationError):
        MsgpackSerializer().for_type(annotation).loads(data)


@pytest.mark.parametrize("plain", JSON, ids=repr)
@pytest.mark.parametrize(
    ("annotation", "data"),
    [
        (int, b'"1"'),
        (int, b"1.5"),
        (int, b"true"),
        (bool, b"1"),
        (int, b"1 2"),
        (int, b""),
        (float, b"NaN"),
        (datetime, b"1"),
        (str, b'"\xff"'),
        (dict[str, int], b'{"a":1,"a":2}'),
        (User, b'{"id":1,"id":2}'),
        (Any, b'[{"b":{"a":1,"a":1}}]'),
        (list[Any], b"[" * 100_000),
    ],
)
def test_json_is_decoded_strictly(plain: AdaptiveSerializer, annotation: object, data: bytes) -> None:
    """JSON of another type, with a repeated key or with anything left over is an error."""
    with pytest.raises(SerializationError):
        plain.for_type(annotation).loads(data)


@pytest.mark.parametrize("plain", JSON, ids=repr)
def test_json_takes_any_spacing_and_order(plain: AdaptiveSerializer) -> None:
    """JSON that others wrote is read, however they lay it out."""
    assert plain.for_type(User).loads(b' { "name" : "\\u0041", "id":1 } ') == User(1, "A")


def test_error_says_what_was_expected() -> None:
    """The message has the type, and the decoder's own words."""
    with pytest.raises(
        SerializationError, match=r"no list\[int\] in MessagePack: ValidationError: Expected `int`"
    ):
        MsgpackSerializer(list[int]).loads(pack(["a"]))


@pytest.mark.parametrize("plain", ALL, ids=repr)
@settings(max_examples=60)
@given(data=st.binary(max_size=30))
def test_any_bytes(plain: AdaptiveSerializer, data: bytes) -> None:
    """Whatever the bytes, the answer is a value of the type or a SerializationError."""
    serializer: Serializer[User] = plain.for_type(User)
    try:
        value: object = serializer.loads(data)
    except SerializationError:
        value = User(0)

    assert type(value) is User


@pytest.mark.parametrize("plain", ALL, ids=repr)
def test_damaged_bytes(plain: AdaptiveSerializer) -> None:
    """A flipped bit gives a value of the type or a SerializationError, never another exception."""
    serializer: Serializer[list[User]] = plain.for_type(list[User])
    data = serializer.dumps([User(1, "Ada"), User(70_000, "Bob")])
    outcomes = set()
    for _ in range(500):
        damaged = bytearray(data)
        damaged[random.randrange(len(data))] ^= 1 << random.randrange(8)
        try:
            outcomes.add(type(serializer.loads(bytes(damaged))))
        except SerializationError:
            outcomes.add(SerializationError)

    assert outcomes <= {list, SerializationError}
