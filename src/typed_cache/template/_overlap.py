"""This is whether two templates can build the same key, and an example of such a key.

Values end where their text ends (see `_forms`), so where both templates have a value at the same place it
is the same value; what is left to decide is where a literal of one can be a value of the other.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from typed_cache.template._facts import Unknown
from typed_cache.template._forms import CONTINUING, Form, Shape
from typed_cache.template._pieces import Piece, Slot

__all__ = ["common_key"]

Pieces: TypeAlias = tuple[Piece, ...]


def common_key(one: Pieces, other: Pieces) -> str | None:
    """Return a key that both templates can build; None where there is none.

    >>> word = Slot(("name",), frozenset({Shape(Form.WORD)}), before_dot=False)
    >>> common_key(("user_", word), ("user_me",))
    'user_me'
    >>> common_key(("user_", word), ("user_me_too",)) is None
    True
    """
    if not one or not other:
        return "" if one == other else None
    first, second = one[0], other[0]
    if isinstance(first, str):
        if isinstance(second, str):
            return _two_literals(first, second, one[1:], other[1:])
        return common_key(other, one)
    if isinstance(second, str):
        return _value_in_literal(first, second, one[1:], other[1:])
    shared = _shared(first.shapes, second.shapes)
    return None if shared is None else _prefixed(_example(shared), common_key(one[1:], other[1:]))


def _two_literals(first: str, second: str, one: Pieces, other: Pieces) -> str | None:
    length = min(len(first), len(second))
    if first[:length] != second[:length]:
        return None
    return _prefixed(first[:length], common_key(_behind(first, length, one), _behind(second, length, other)))


def _value_in_literal(slot: Slot, literal: str, one: Pieces, other: Pieces) -> str | None:
    """Read a value of `slot` off the literal, or off the literal and the value behind it."""
    for end in range(1, len(literal) + 1):
        goes_on = literal[end : end + 1]
        if (not goes_on or goes_on not in CONTINUING or goes_on == ".") and _can_be(slot, literal[:end]):
            found = _prefixed(literal[:end], common_key(one, _behind(literal, end, other)))
            if found is not None:
                return found
    if other and isinstance(behind := other[0], Slot):
        for shape in _ALL if isinstance(behind.shapes, Unknown) else behind.shapes:
            text = literal + _example(shape)
            if _can_be(slot, text):
                return _prefixed(text, common_key(one, other[1:]))
    return None


def _behind(literal: str, used: int, rest: Pieces) -> Pieces:
    left = literal[used:]
    return (left, *rest) if left else rest


def _prefixed(text: str, rest: str | None) -> str | None:
    return None if rest is None else text + rest


def _can_be(slot: Slot, text: str) -> bool:
    shapes: Iterable[Shape] = _ALL if isinstance(slot.shapes, Unknown) else slot.shapes
    return any(_pattern(shape).fullmatch(text) for shape in shapes)


_PATTERNS: Final = {
    Form.NONE: re.compile("_"),
    Form.BOOL: re.compile(r"\?[01]"),
    Form.INT: re.compile("-?([1-9][0-9]*|0|0x[0-9a-f]+)"),
    Form.FLOAT: re.compile(r"-?[0-9]+(\.[0-9]+(e[+-]?[0-9]+)?|e[+-]?[0-9]+)"),
    Form.WORD: re.compile("[A-Za-z][A-Za-z0-9]*"),
    Form.QUOTED: re.compile("'[^']*'"),
    Form.BYTES: re.compile(":[A-Za-z0-9+/=]*:"),
    Form.TUPLE: re.compile(r"\([^()]*\)"),
    Form.LIST: re.compile(r"\[[^\[\]]*\]"),
    Form.DICT: re.compile(r"\{[^{}]*\}"),
}
_ALL: Final = tuple(map(Shape, Form))
_ANY_HEAD: Final = {Form.NAMED: "[A-Za-z0-9]+", Form.CLASS: r"@[\w.%<>]+"}


def _pattern(shape: Shape) -> re.Pattern[str]:
    head = _ANY_HEAD.get(shape.form)
    if head is None:
        return _PATTERNS[shape.form]
    return re.compile((re.escape(shape.head) if shape.head else head) + r"\([^()]*\)")


def _example(shape: Shape) -> str:
    return f"{shape.head}(...)" if shape.head else shape.form.value


def _shared(one: frozenset[Shape] | Unknown, other: frozenset[Shape] | Unknown) -> Shape | None:
    """A shape that values of both slots can take, the plainest first."""
    if isinstance(one, Unknown):
        one, other = other, one
    if isinstance(one, Unknown):
        return Shape(Form.INT)
    return next(iter(sorted(_common(one, other), key=_plainness)), None)


def _common(one: frozenset[Shape], other: frozenset[Shape] | Unknown) -> Iterator[Shape]:
    for shape in one:
        if isinstance(other, Unknown) or shape in other:
            yield shape


_ORDER: Final = {form: place for place, form in enumerate((Form.INT, Form.WORD))}


def _plainness(shape: Shape) -> tuple[int, str, str]:
    return _ORDER.get(shape.form, len(_ORDER)), shape.form.name, shape.head
