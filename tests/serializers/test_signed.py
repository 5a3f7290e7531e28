"""Signed bytes are read only by those who hold the key, and only in the place they were written for."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from typed_cache.client import BoundSerializer
from typed_cache.errors import SerializationError
from typed_cache.serializers import Compressed, JsonSerializer, Signed, SigningKeys

OLD, NEW = b"old secret" * 4, b"new secret" * 4


def signed(active: str = "new", **secrets: bytes) -> Signed[Any]:
    return Signed(JsonSerializer(), SigningKeys(secrets or {"old": OLD, "new": NEW}, active=active))


class Spy:
    """A serializer that must not be reached."""

    def dumps(self, value: object, /) -> bytes:
        return b"spy"

    def loads(self, data: bytes, /) -> object:
        raise AssertionError("reached")


def test_round_trip() -> None:
    """What was signed is read."""
    assert signed().loads(signed().dumps({"a": 1})) == {"a": 1}
    assert signed().loads_bound(signed().dumps_bound({"a": 1}, b"here"), b"here") == {"a": 1}


def test_layout() -> None:
    """The id of the key, 128 bits of MAC, then the exact bytes of the inner serializer."""
    data = signed().dumps([1])

    assert data[:4] == b"\x03new"
    assert data[4 + 16 :] == b"[1]"


def test_golden_bytes() -> None:
    """The signature never changes by accident: entries of the last release stay readable."""
    assert signed().dumps_bound([1], b"here").hex() == "036e65770d627bf03bd2fdf2a75f19952f1f77c65b315d"


def test_no_place_is_a_place() -> None:
    """`dumps` signs for the empty place, and for no other."""
    assert signed().loads_bound(signed().dumps([1]), b"") == [1]
    with pytest.raises(SerializationError):
        signed().loads_bound(signed().dumps([1]), b"here")


def test_parts_cannot_be_shifted() -> None:
    """A byte that moves from the place into the body changes the signature."""
    keys = SigningKeys({"a": NEW}, active="a")

    assert keys.sign(b"bc", b"a") != keys.sign(b"c", b"ab")


def test_rotation() -> None:
    """A reader with both keys reads what either wrote; one that dropped the old key does not."""
    old = signed(active="old").dumps([1])

    assert signed(active="new").loads(old) == [1]
    with pytest.raises(SerializationError, match="a key that is not here"):
        signed(active="new", new=NEW).loads(old)


def test_other_secret_under_the_same_id() -> None:
    """An id proves nothing."""
    with pytest.raises(SerializationError, match="signature"):
        signed(new=OLD).loads(signed(new=NEW).dumps([1]))


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data + b" ", lambda data: data[1:]])
def test_length(damage: Callable[[bytes], bytes]) -> None:
    """Bytes missing or left over are a fault."""
    with pytest.raises(SerializationError):
        signed().loads(damage(signed().dumps([1])))


@settings(max_examples=60)
@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    """Bytes that nobody signed never reach the inner serializer."""
    with pytest.raises(SerializationError):
        Signed(Spy(), SigningKeys({"new": NEW}, active="new")).loads(data)


def test_every_flipped_bit() -> None:
    """Each bit of the id, the MAC and the body is covered."""
    reader = Signed(Spy(), SigningKeys({"old": OLD, "new": NEW}, active="new"))
    data = signed().dumps([1])
    for bit in range(len(data) * 8):
        damaged = bytearray(data)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SerializationError):
            reader.loads(bytes(damaged))

    assert len(data) == 23


@pytest.mark.parametrize(
    "wrap",
    [
        lambda keys: Compressed(Signed(JsonSerializer(), keys)),
        lambda keys: Signed(Compressed(JsonSerializer()), keys),
        lambda keys: Compressed(Compressed(Signed(JsonSerializer(), keys))).for_type(list[int]),
    ],
)
def test_the_place_reaches_a_signature_inside(wrap: Callable[[SigningKeys], BoundSerializer[Any]]) -> None:
    """In any nesting, bytes for one place are no bytes for another."""
    serializer = wrap(SigningKeys({"new": NEW}, active="new"))
    data = serializer.dumps_bound([1], b"here")

    assert serializer.loads_bound(data, b"here") == [1]
    with pytest.raises(SerializationError):
        serializer.loads_bound(data, b"there")


def test_secrets_show_nowhere() -> None:
    """Neither a secret nor a MAC is in a text, an error or a pickle."""
    keys = SigningKeys({"a": NEW}, active="a")
    with pytest.raises(SerializationError) as caught:
        signed(new=OLD).loads(signed(new=NEW).dumps([1]))

    assert "secret" not in repr(keys) + repr(signed()) + repr(caught.value)
    assert keys.sign(b"", b"")[2:].hex() not in repr(caught.value)
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(keys)
    with pytest.raises(TypeError, match="not pickled"):
        copy.deepcopy(keys)


@pytest.mark.parametrize(
    ("secrets", "active", "message"),
    [
        ({"a": b"short"}, "a", "secret of signing key 'a' is not 16 bytes"),
        ({"": NEW}, "", "1 to 255 bytes"),
        ({"é" * 128: NEW}, "é" * 128, "1 to 255 bytes"),
        ({"a": NEW}, "b", r"no signing key is called 'b'; there are \['a'\]"),
        ({}, "a", r"there are \[\]"),
    ],
)
def test_refused_keys(secrets: dict[str, bytes], active: str, message: str) -> None:
    """Keys that cannot be used are refused when they are made, and the secret is not shown."""
    with pytest.raises(ValueError, match=message) as caught:
        SigningKeys(secrets, active=active)

    assert "short" not in str(caught.value).replace("shorter", "")
