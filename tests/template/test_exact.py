"""Which parameters an entry can be found by without its key."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from typed_cache.template import exact_parameters, facts_of, is_exact_tuple, parse


def _of(annotation: object) -> Callable[..., object]:
    def get(value: object) -> None: ...

    get.__annotations__["value"] = annotation
    return get


@pytest.mark.parametrize(
    ("annotation", "types"),
    [
        (int, ("int",)),
        (str, ("str",)),
        (bool, ("bool",)),
        (bytes, ("bytes",)),
        (float, ("int",)),
        (tuple[int, str], ("tuple",)),
        (int | None, ("int", "None")),
        (int | bool, ("int",)),
        (str | bytes, ("str",)),
        (int | UUID, ("int",)),
        (Any, ("int", "str", "None")),
    ],
)
def test_types(annotation: object, types: tuple[str, ...]) -> None:
    """A parameter is looked up as those types of its annotation whose values are never equal."""
    exact = exact_parameters(parse("k_{value}"), facts_of(_of(annotation)))

    assert exact is not None
    assert [parameter.types for parameter in exact] == [types]


@pytest.mark.parametrize("annotation", [UUID, date, list[int], dict[str, int], frozenset[int]])
def test_others(annotation: object) -> None:
    """A key with a value of any other type has to be built."""
    assert exact_parameters(parse("k_{value}"), facts_of(_of(annotation))) is None


def test_attributes() -> None:
    """So has one with an attribute, or a part that a key function gives."""

    def get(user: Any) -> None: ...

    assert exact_parameters(parse("k_{user.id}"), facts_of(get)) is None
    assert exact_parameters(parse("k_{...}"), facts_of(get)) is None


def test_each_once() -> None:
    """A parameter that stands in a key twice is looked up once; one that does not is no matter."""

    def get(a: int, b: str, c: bytes) -> None: ...

    exact = exact_parameters(parse("{b}_{a}_{b}"), facts_of(get))

    assert exact is not None
    assert [parameter.name for parameter in exact] == ["b", "a"]


def test_no_parameters() -> None:
    """A key that is the same for all calls needs none."""

    def get() -> None: ...

    assert exact_parameters(parse("totals"), facts_of(get)) == ()


@pytest.mark.parametrize("value", [(), (1,), ("a", None, 2)])
def test_exact_tuple(value: tuple[object, ...]) -> None:
    """Tuples of exact ints, strs and None are equal only where their texts are."""
    assert is_exact_tuple(value)


@pytest.mark.parametrize("value", [(True,), (1.0,), (b"",), ((),), [1], type("T", (tuple,), {})()])
def test_no_exact_tuple(value: Any) -> None:
    """Others may be equal to one of them, as (True,) is to (1,)."""
    assert not is_exact_tuple(value)
