"""This is where a template becomes pieces of a key: literals made safe, slots for values, separators.

What stands behind a value must not begin with a character that could continue its text; where it would, a
separator goes between. So a key reads back in one way only, and different arguments have different keys.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias, final

from typed_cache.template._facts import UNKNOWN, AnnotationView, FunctionFacts, Missing, Unknown
from typed_cache.template._forms import CONTINUING, SEPARATOR, Form, Shape, escape
from typed_cache.template._grammar import KeyTemplate, Literal, Part, Placeholder

__all__ = ["ONLY_INT", "Piece", "Slot", "pieces_of"]


@final
class Slot(NamedTuple):
    """Where the text of a value goes, and the shapes that its annotation leaves open."""

    path: tuple[str, ...]
    shapes: frozenset[Shape] | Unknown
    before_dot: bool
    """Whether a dot follows, which a float must not run into."""


Piece: TypeAlias = str | Slot

ONLY_INT: Final = frozenset({Shape(Form.INT)})
_OF_KEY_FUNCTION: Final = frozenset({Shape(Form.TUPLE), Shape(Form.WORD), Shape(Form.QUOTED)})


def pieces_of(template: KeyTemplate, facts: FunctionFacts) -> tuple[Piece, ...]:
    """Cut a template into pieces; neighbouring literals are one piece.

    >>> from typed_cache.template import parse
    >>> facts = FunctionFacts("app", "f", "app.py", 1)
    >>> [piece if isinstance(piece, str) else piece.path for piece in pieces_of(parse("{a}{b}2 {{c"), facts)]
    [('a',), ',', ('b',), ',2%20{c']
    """
    pieces: list[Piece] = []
    for piece in _cut(template.parts, facts):
        if isinstance(piece, str) and pieces and isinstance(before := pieces[-1], str):
            pieces[-1] = before + piece
        else:
            pieces.append(piece)
    return tuple(pieces)


def _cut(parts: tuple[Part, ...], facts: FunctionFacts) -> Iterator[Piece]:
    for part, after in zip(parts, (*parts[1:], None), strict=True):
        if isinstance(part, Literal):
            yield escape(part.text)
            continue
        dotted = isinstance(after, Literal) and after.text.startswith(".")
        yield Slot(part.path, _shapes(part, facts), dotted)
        if isinstance(after, Placeholder) or (after and not dotted and after.text[0] in CONTINUING):
            yield SEPARATOR


def _shapes(part: Placeholder, facts: FunctionFacts) -> frozenset[Shape] | Unknown:
    if part.is_key_function:
        return _OF_KEY_FUNCTION
    parameter = facts.parameter(part.parameter)
    view: AnnotationView | Missing | Unknown = UNKNOWN if parameter is None else parameter.annotation
    for name in part.attributes:
        if isinstance(view, Missing | Unknown):
            return UNKNOWN
        view = view.attribute(name)
    return UNKNOWN if isinstance(view, Missing | Unknown) else view.shapes()
