"""A type that cannot be carried is refused with its name, the part at fault and the remedy."""

import dataclasses
import pickle
from collections.abc import Callable, Iterator
from typing import Annotated, Any, NoReturn

import pytest
from pydantic import BaseModel

from typed_cache.client import UNANNOTATED
from typed_cache.errors import SerializerNotFoundError
from typed_cache.serializers import (
    JsonSerializer,
    MsgpackSerializer,
    PydanticSerializer,
    StdlibJsonSerializer,
    serializer_for,
)


class Model(BaseModel):
    x: int


class Money:
    """Says nothing about its fields."""


@dataclasses.dataclass
class Order:
    price: Money


@dataclasses.dataclass
class A:
    x: int


@dataclasses.dataclass
class B:
    x: int


@dataclasses.dataclass
class Loop:
    again: "Loop | None"
    money: "list[Money]"


for _cls in (Money, Order, A, B, Loop):
    _cls.__module__ = "app"
Loop.__annotations__ = {"again": Loop | None, "money": list[Money]}


def refusal(annotation: object, function: str = "") -> SerializerNotFoundError:
    with pytest.raises(SerializerNotFoundError) as caught:
        serializer_for(annotation, function=function)
    return caught.value


REMEDY = (
    "  Return a dataclass, a msgspec Struct or another type that it carries, "
    "or pass the client a serializer= that carries this one."
)


def test_part_inside_containers() -> None:
    """The part at fault stands first, then the whole type, then what to do."""
    error = refusal(dict[str, list[Money]], "app.orders.total")

    assert str(error).splitlines() == [
        "app.orders.total: no serializer for app.Money inside dict[str, list[app.Money]]",
        "  MessagePack cannot carry it: it is a class that says nothing about its fields.",
        REMEDY,
    ]
    assert (error.function, error.part) == ("app.orders.total", "app.Money")


def test_remedy_for_a_union() -> None:
    """Classes that look alike in bytes are told apart by a tag."""
    assert "such as msgspec Structs with tag=True, or pass the client" in str(refusal(list[A | B]))


def test_pydantic_model_given_to_another_serializer() -> None:
    """A model that pydantic would carry is sent there."""
    with pytest.raises(SerializerNotFoundError, match="PydanticSerializer carries it"):
        MsgpackSerializer(list[Model])


def test_annotated_parts_are_spelled_without_their_metadata() -> None:
    """The message shows types, and nothing that only a validator reads."""
    assert refusal(list[Annotated[Money, "metadata"] | None]).part == "app.Money"


def test_part_that_is_a_field() -> None:
    """A part that is a field is named with the class that has it."""
    error = refusal(list[Order] | None)

    assert str(error).startswith(
        "no serializer for app.Money (the field app.Order.price) inside list[app.Order] | None"
    )


def test_part_inside_a_recursive_class() -> None:
    """A class that holds itself is searched once."""
    assert refusal(Loop).part == "app.Money"


@pytest.mark.parametrize(
    ("annotation", "part"),
    [
        (Money, "app.Money"),
        (dict[str, A | B], "app.A | app.B"),
        (complex, "complex"),
        (list[set[int] | list[int]], "set[int] | list[int]"),
        (str | bytes, "str | bytes"),
        (Iterator[int], "collections.abc.Iterator[int]"),
        (Callable[[int], str], "collections.abc.Callable[[int], str]"),
        (NoReturn, "NoReturn"),
        ("list[Unknown]", "list[Unknown]"),
        (tuple[Money, ...], "app.Money"),
    ],
    ids=str,
)
def test_part_at_fault(annotation: object, part: str) -> None:
    """Plain classes, ambiguous unions, iterators and names that cannot be resolved are refused."""
    assert refusal(annotation).part == part


@pytest.mark.parametrize("annotation", [Any, object, UNANNOTATED, list[Any], list[object]], ids=str)
def test_types_that_say_nothing_are_no_fault(annotation: object) -> None:
    """Where a type allows anything, each value is looked at instead."""
    serializer = serializer_for(annotation)

    assert serializer.loads(serializer.dumps(["a"])) == ["a"]


@pytest.mark.parametrize(
    "serializer", [MsgpackSerializer, JsonSerializer, StdlibJsonSerializer, PydanticSerializer]
)
def test_every_serializer_refuses(serializer: Callable[[object], object]) -> None:
    """Each typed serializer looks at its type when it is made."""
    with pytest.raises(SerializerNotFoundError, match=r"app\.Money inside list\[app\.Money\]"):
        serializer(list[Money])


def test_error_survives_pickling() -> None:
    """The facts are fields, and come back from another process."""
    error = pickle.loads(pickle.dumps(refusal(list[Money], "app.f")))

    assert (error.function, error.part) == ("app.f", "app.Money")
    assert str(error).startswith("app.f: no serializer for app.Money")


def test_function_is_named_once() -> None:
    """A serializer that names the function itself is not overruled."""

    class Picky:
        def for_type(self, annotation: object, /) -> Any:
            raise SerializerNotFoundError("never", "app.g", "int")

        def dumps(self, value: int, /) -> bytes:
            return b""

        def loads(self, data: bytes, /) -> int:
            return 0

    with pytest.raises(SerializerNotFoundError, match=r"^never$"):
        serializer_for(int, given=Picky(), function="app.f")
