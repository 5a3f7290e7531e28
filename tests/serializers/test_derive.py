"""Which serializer a function gets, and how wrappers fit themselves to its type."""

import dataclasses
import enum
from typing import Any, Literal

import pytest
from pydantic import BaseModel

from typed_cache.client import UNANNOTATED, Serializer
from typed_cache.errors import SerializerNotFoundError
from typed_cache.serializers import (
    Compressed,
    JsonSerializer,
    MsgpackSerializer,
    PickleSerializer,
    PydanticSerializer,
    Signed,
    SigningKeys,
    StdlibJsonSerializer,
    serializer_for,
)

KEYS = SigningKeys({"a": b"k" * 32}, active="a")


class Size(enum.Enum):
    SMALL = "s"


class Model(BaseModel):
    name: str


@dataclasses.dataclass
class Holder:
    models: list[Model]


class Upper:
    """A serializer of a user's own."""

    def dumps(self, value: str, /) -> bytes:
        return value.upper().encode()

    def loads(self, data: bytes, /) -> str:
        return data.decode().lower()


@pytest.mark.parametrize("annotation", [int, None, UNANNOTATED, list[str], Any])
def test_default_is_messagepack(annotation: object) -> None:
    """A function gets MessagePack unless its types ask for another."""
    assert isinstance(serializer_for(annotation), MsgpackSerializer)


@pytest.mark.parametrize(
    "annotation", [Model, list[Model], Model | None, dict[str, tuple[Model, int]], Holder]
)
def test_pydantic_is_chosen_for_its_models(annotation: object) -> None:
    """A pydantic model anywhere inside is validated by pydantic."""
    assert isinstance(serializer_for(annotation), PydanticSerializer)


def test_given_serializer_is_fitted() -> None:
    """A client's serializer without a type takes the function's."""
    assert repr(serializer_for(list[int], given=JsonSerializer())) == "JsonSerializer(list[int])"


def test_literals_are_shown_as_they_are_written() -> None:
    """A type in a message reads as it does in the code."""
    annotation = Literal["a", 1, Size.SMALL] | None  # what msgspec would refuse is spelled all the same

    with pytest.raises(SerializerNotFoundError, match=rf"Literal\['a', 1, {__name__}\.Size\.SMALL\]"):
        serializer_for(annotation)


def test_wrappers_pass_the_type_on() -> None:
    """A composition is fitted from the outside to the inside."""
    given = Signed(Compressed(StdlibJsonSerializer(), above=10), KEYS)

    assert repr(serializer_for(list[int], given=given)) == (
        "Signed(Compressed(StdlibJsonSerializer(list[int]), above=10, max_bytes=67108864), "
        "SigningKeys(['a'], active='a'))"
    )


@pytest.mark.parametrize("given", [Upper(), PickleSerializer(KEYS)])
def test_other_serializers_are_used_as_they_are(given: Serializer[Any]) -> None:
    """A serializer with nothing to fit stays what it is, also inside a wrapper."""
    assert serializer_for(int, given=given) is given
    wrapped = serializer_for(int, given=Compressed(given))
    assert isinstance(wrapped, Compressed)
    assert wrapped.inner is given


@pytest.mark.parametrize(
    "typed",
    [
        MsgpackSerializer(int),
        JsonSerializer(int),
        StdlibJsonSerializer(int),
        PydanticSerializer(int),
    ],
    ids=repr,
)
def test_type_that_was_given_stands(typed: MsgpackSerializer[int]) -> None:
    """Who names a type means it: the function's annotation does not overrule it."""
    assert typed.for_type(str) is typed


@pytest.mark.parametrize(
    "make", [MsgpackSerializer, JsonSerializer, StdlibJsonSerializer, PydanticSerializer]
)
def test_repr_reads_as_it_is_written(make: Any) -> None:
    """A serializer shows its type, or that it has none."""
    assert repr(make()) == f"{make.__name__}()"
    assert repr(make().for_type(int)) == f"{make.__name__}(int)"
