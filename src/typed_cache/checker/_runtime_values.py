"""This is where one word of the command line becomes a value of the type that a parameter has."""

import enum
import inspect
import types
from typing import Annotated, Any, Final, NewType, Union, get_args, get_origin

import msgspec

__all__ = ["is_untyped", "type_shown", "value_of"]

_HANDFUL: Final = 12


def value_of(text: str, annotation: Any) -> object:
    """Return the value that a word spells.

    It is converted as `msgspec.convert` does it, leniently, and JSON is taken for what is no single word.
    Without a type, a word that is JSON is that, and any other a text. Where one of several types is `str`,
    a word is a text if it fits no other of them, or stands in JSON's quotes.

    Raises:
        ValueError: There is no such value.
        TypeError: There is no way from a word to this type.

    >>> value_of("3", int | str), value_of("x", int | str), value_of('"3"', int | str)
    (3, 'x', '3')
    """
    members = _members(annotation)
    if any(map(is_untyped, members)):
        return _json_or_text(text)
    if text == "null" and type(None) in members:
        return None
    if str in members and len(members) > 1:
        return _member_or_text(text, members)
    return _converted(text, annotation)


def is_untyped(annotation: object) -> bool:
    """Whether nothing is known about a value."""
    return annotation is inspect.Parameter.empty or annotation is Any or annotation is object


def type_shown(annotation: object) -> str:
    """Return what a type is called; an enum or a Literal by its values as well.

    >>> from typing import Literal
    >>> type_shown(int), type_shown(Literal["a", "b"] | None)
    ('int', "Literal['a', 'b'] | None")
    """
    members = _members(annotation)
    *others, bare = members
    if others:
        return " | ".join(map(type_shown, members))
    if bare is type(None):
        return "None"
    if get_origin(bare) is not None or not isinstance(bare, type):
        return inspect.formatannotation(bare)
    if not issubclass(bare, enum.Enum):
        return bare.__qualname__
    values = [repr(member.value) for member in bare]
    more = ", ..." if len(values) > _HANDFUL else ""
    return f"{bare.__qualname__} ({', '.join(values[:_HANDFUL])}{more})"


def _members(annotation: Any) -> tuple[Any, ...]:
    """The types of a union, without their metadata and second names; of anything else, itself."""
    if get_origin(annotation) is Annotated:
        return _members(get_args(annotation)[0])
    if isinstance(annotation, NewType):
        return _members(annotation.__supertype__)
    if get_origin(annotation) in {Union, types.UnionType}:
        return tuple(member for part in get_args(annotation) for member in _members(part))
    return (annotation,)


def _json_or_text(text: str) -> object:
    try:
        value: object = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text
    return value


def _member_or_text(text: str, members: tuple[Any, ...]) -> object:
    """The word as a value of the first member that takes it; in quotes, JSON's, it is a text and no other."""
    value = _json_or_text(text)
    if type(value) in members and value != text:
        return value
    for member in members:
        if member in {str, bytes}:  # any text would do
            continue
        for spelled in (value, text):
            try:
                found: object = msgspec.convert(spelled, member)
            except (ValueError, TypeError):
                continue
            return found
    return text


def _converted(text: str, annotation: Any) -> object:
    try:
        plain: object = msgspec.convert(text, annotation, strict=False, dec_hook=_constructed)
    except msgspec.ValidationError:
        if not text.startswith(("[", "{", '"')):
            raise
        value: object = msgspec.json.decode(text, type=annotation, strict=False, dec_hook=_constructed)
        return value
    return plain


def _constructed(cls: type[Any], text: object) -> object:
    """Make a value of a class that msgspec does not know: a path, an address, a fraction."""
    value: object = cls(text)
    return value
