"""Whatever a caller does to a copy, the original does not show it."""

import copy
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from typed_cache.clients._isolation import copier_for

T = TypeVar("T")
Typed = tuple[object, SearchStrategy[Any]]
"""An annotation, and the values that fit it."""


@dataclass
class Box(Generic[T]):
    content: T


@dataclass(frozen=True)
class Sealed(Generic[T]):
    content: T


class Two(NamedTuple):
    left: list[int]
    right: str


ATOMS: list[Typed] = [
    (int, st.integers()),
    (str, st.text(max_size=3)),
    (bytearray, st.binary(max_size=3).map(bytearray)),
    (Two, st.builds(Two, st.lists(st.integers(), max_size=2), st.text(max_size=2))),
    (set[int], st.sets(st.integers(), max_size=3)),
]


def wrapped(inner: Typed) -> SearchStrategy[Typed]:
    """Return types that hold `inner`."""
    part: Any = inner[0]
    values = inner[1]
    few = st.lists(values, max_size=3)
    named = st.dictionaries(st.text(max_size=2), values, max_size=3)
    wrappers: list[Typed] = [
        (list[part], few),
        (Sequence[part], few | few.map(tuple)),
        (tuple[part, ...], few.map(tuple)),
        (tuple[int, part], st.tuples(st.integers(), values)),
        (dict[str, part], named),
        (Mapping[str, part], named),
        (deque[part], few.map(deque)),
        (part | None, values | st.none()),
        (Box[part], values.map(Box)),
        (Sealed[part], values.map(Sealed)),
    ]
    return st.sampled_from(wrappers)


types = st.recursive(st.sampled_from(ATOMS), lambda inner: inner.flatmap(wrapped), max_leaves=4)
typed_values = types.flatmap(lambda typed: st.tuples(st.just(typed[0]), typed[1]))


def spoil(value: Any) -> None:
    """Change everything that can be reached and changed."""
    parts: list[Any] = []
    if is_dataclass(value):
        parts = [getattr(value, item.name) for item in fields(value)]
    elif isinstance(value, dict):
        parts = list(value.values())
    elif isinstance(value, (list, tuple, deque)):
        parts = list(value)
    for part in parts:
        spoil(part)
    if isinstance(value, Box):
        value.content = "spoilt"
    elif isinstance(value, dict):
        value["spoilt"] = "spoilt"
    elif isinstance(value, (list, deque)):
        value.append("spoilt")
    elif isinstance(value, set):
        value.add("spoilt")
    elif isinstance(value, bytearray):
        value.extend(b"spoilt")


@given(typed_values)
def test_changes_to_a_copy_stay_there(typed: tuple[object, Any]) -> None:
    """A copy equals what it was made of; spoilt all through, it leaves that as it was."""
    annotation, value = typed
    before = copy.deepcopy(value)
    copier = copier_for(annotation)

    given_out = value if copier is None else copier(value)
    assert given_out == before
    spoil(given_out)

    assert value == before
