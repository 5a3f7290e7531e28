"""This is where it is decided how values of one class are written, and which classes are refused.

An encoder keeps names, never the class itself, so that a class can be forgotten.
"""

import enum
import struct
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol

from typed_cache.template._forms import class_head
from typed_cache.template._text_containers import CONTAINERS
from typed_cache.template._text_records import field_names, named_tuple_fields, record_encoder
from typed_cache.template._text_scalars import int_text, leaf_for, quoted, str_text
from typed_cache.template._walk import Encoder, NoStableTextError, Walk

__all__ = ["class_encoder", "fields_in_text"]

_JOIN_IN: Final = "Give its class a __cache_key__(self) -> str, or pass what identifies it."


def class_encoder(cls: type[Any]) -> Encoder:
    """Return how values of exactly `cls` are written.

    Raises:
        NoStableTextError: Values of the class have no stable text.
    """
    name = class_head(cls)
    if _says_its_key(cls):
        return _asked(name)
    if issubclass(cls, type):
        return _class_as_value
    if issubclass(cls, enum.Enum):
        return _flag(name) if issubclass(cls, enum.Flag) else _member(name)
    fields = fields_in_text(cls)
    if fields is not None:
        return record_encoder(cls, name, fields)
    base = _builtin_base(cls)
    if base is None:
        raise NoStableTextError(_why_refused(cls), _JOIN_IN)
    return _subclass(cls, base, name)


def fields_in_text(cls: type[Any]) -> tuple[str, ...] | None:
    """Return the fields that make up the text of a record; None for what has another text, or none."""
    if _says_its_key(cls) or issubclass(cls, (type, enum.Enum)):
        return None
    return field_names(cls) if _builtin_base(cls) is None else named_tuple_fields(cls)


def _says_its_key(cls: type) -> bool:
    return any("__cache_key__" in vars(base) for base in cls.__mro__)


class _Keyed(Protocol):
    """What says its own key; the type is checked, for nobody promised it."""

    def __cache_key__(self) -> object: ...


def _asked(name: str) -> Encoder:
    def encode(value: _Keyed, walk: Walk) -> str:
        del walk
        key = type(value).__cache_key__(value)
        if not isinstance(key, str):
            raise NoStableTextError(
                f"has a __cache_key__ that returned a {type(key).__qualname__}", "Return a str."
            )
        return f"{name}({quoted(str.__str__(key))})"

    return encode


def _class_as_value(value: type, walk: Walk) -> str:
    del walk
    if "<" in value.__qualname__:
        raise NoStableTextError(
            f"is the class {value.__qualname__}, of which a function can make many",
            "Define the class at the top of its module.",
        )
    return f"type({class_head(value)})"


def _flag(name: str) -> Encoder:
    def encode(value: enum.Flag, walk: Walk) -> str:
        del walk
        return f"{name}({int_text(value._value_)})"  # `value` and `name` can be overridden, these cannot

    return encode


def _member(name: str) -> Encoder:
    def encode(value: enum.Enum, walk: Walk) -> str:
        member = value._name_
        if type(value)._member_map_.get(member) is value:
            return f"{name}({str_text(member)})"
        # `_missing_` made it, and may give all that it makes one name, or a member's
        return f"{name}({str_text(member)}={walk.text(value._value_, '.value')})"

    return encode


def _builtin_base(cls: type) -> type | None:
    return next((base for base in cls.__mro__ if base in CONTAINERS or leaf_for(base)), None)


def _subclass(cls: type, base: type, name: str) -> Encoder:
    """Write a value of a subclass as its class around what the base says of it."""
    hidden = _hidden_state(cls, base)
    if hidden is not None:
        raise NoStableTextError(f"is a {base.__qualname__} with state of its own ({hidden})", _JOIN_IN)
    leaf = leaf_for(base)
    inner: Encoder = CONTAINERS[base] if leaf is None else _ignoring_walk(leaf)

    def encode(value: Any, walk: Walk) -> str:
        state = getattr(value, "__dict__", None)
        if state:
            raise NoStableTextError(f"has attributes of its own: {', '.join(sorted(state))}", _JOIN_IN)
        return f"{name}({inner(value, walk)})"

    return encode


def _ignoring_walk(leaf: Callable[[Any], str]) -> Encoder:
    def encode(value: object, walk: Walk) -> str:
        del walk
        return leaf(value)

    return encode


_POINTER: Final = struct.calcsize("P")


def _hidden_state(cls: type, base: type) -> str | None:
    """What instances of `cls` can hold besides the value of `base` and a `__dict__`; None where nothing."""
    slots = sorted({slot for slot in _slots_above(cls, base) if slot not in {"__dict__", "__weakref__"}})
    if slots:
        return f"__slots__ {', '.join(slots)}"
    if hasattr(cls, "n_sequence_fields"):  # a struct sequence, which shows some of its fields by name only
        return "fields that are no items"
    room = 0
    if cls.__dictoffset__ and not base.__dictoffset__:
        room += _POINTER
    if cls.__weakrefoffset__ and not base.__weakrefoffset__:
        room += _POINTER
    if cls.__basicsize__ - base.__basicsize__ > room:
        return "fields written in C"
    return None


def _slots_above(cls: type, base: type) -> Iterator[str]:
    for between in cls.__mro__:
        if between is base:
            return
        slots = vars(between).get("__slots__", ())
        yield from (slots,) if isinstance(slots, str) else slots


def _why_refused(cls: type) -> str:
    name = f"{cls.__module__}.{cls.__qualname__}" if cls.__module__ != "builtins" else cls.__qualname__
    article = "an" if name[0] in "aeiou" else "a"
    if hasattr(cls, "__next__") or hasattr(cls, "__anext__"):
        return f"is {article} {name}, which can be run through once"
    if hasattr(cls, "__code__") or cls.__name__ in {"builtin_function_or_method", "method", "partial"}:
        return f"is {article} {name}, and code has no stable text"
    return f"is {article} {name}, which has no stable text"
