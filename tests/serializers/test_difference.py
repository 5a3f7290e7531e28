"""Two values are the same where they are equal, of the same types and in the same order."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import msgspec
import pytest

from typed_cache.serializers._difference import difference


@dataclass(eq=False)
class Identity:
    a: int
    scratch: int = field(default=0, compare=False)


@attrs.define(eq=False)
class Attrs:
    a: object


class Struct(msgspec.Struct):
    a: object


class Opaque:
    """Says nothing about itself."""


@pytest.mark.parametrize(
    ("sent", "back", "text"),
    [
        ([1, 2], [1], "it comes back with another length"),
        ({"a": 1}, {"b": 1}, "it.keys()[0] comes back as another str"),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, "it.keys()[0] comes back as another str"),
        ({1: "a"}, {1: "b"}, "it[...] comes back as another str"),
        ({"a": 1}, {"a": True}, "it['a'] is a int and comes back as bool"),
        ({1}, {2}, "it comes back with other items"),
        ({1.0}, {1}, "it.pop() is a float and comes back as int"),
        (0.0, -0.0, "it comes back as another float"),
        (Identity(1), Identity(2), "it.a comes back as another int"),
        (Identity(1, 2), Identity(1, 3), "it.scratch comes back as another int"),
        (Attrs([1]), Attrs([2]), "it.a[0] comes back as another int"),
        (Struct((1,)), Struct([1]), "it.a is a tuple and comes back as list"),
        ([0.0, 1.0], [-0.0, 1.0], "it[0] comes back as another float"),
        (Fraction(1, 2), Fraction(1, 3), "it comes back as another fractions.Fraction"),
        ([[1], [2]], [[1], [3]], "it[1][0] comes back as another int"),
    ],
)
def test_difference_is_told(sent: object, back: object, text: str) -> None:
    """The path to the first difference, and what it is."""
    assert difference(sent, back) == text


@pytest.mark.parametrize(
    "value",
    [float("nan"), [float("nan")], Decimal("nan"), Fraction(1, 3), {1.5}, {"a": {"b": ()}}, frozenset()],
)
def test_same_values(value: Any) -> None:
    """A value is the same as itself, nan too."""
    assert difference(value, value) is None


def test_fields_are_compared_where_a_class_has_no_equality() -> None:
    """A dataclass without `__eq__` is the same as another with the same fields."""
    assert difference(Identity(1), Identity(1)) is None


def test_objects_without_a_text_are_never_taken_for_the_same() -> None:
    """Two objects that say nothing about themselves differ: their default text proves nothing."""
    assert difference(Opaque(), Opaque()) is not None
