"""This is where one value gets its key text; values that differ in type or content differ in text.

    None _     True ?1     42 42     2**64 0x10000000000000000     1.5 1.5     nan float(nan)
    AU AU     "New York" 'New%20York'     b"ab" :YWI=:     (1, 2) (1,2)     [1] [1]     {"a": 1} {a=1}
    {1, 2} set(1,2)     a date date(2024-01-01)     a dataclass @app.models.User(id=1,name=Ada)

The type is looked up exactly: a subclass of int is not an int. Threads may write values at once: the only
shared state is a table of encoders by class, where a lost update costs a second derivation.
"""

import weakref
from typing import Final

from typed_cache.errors import KeyValueError
from typed_cache.template._text_classes import class_encoder
from typed_cache.template._text_containers import CONTAINERS
from typed_cache.template._text_scalars import leaf_for
from typed_cache.template._walk import Encoder, NoStableTextError, Walk

__all__ = ["has_stable_text", "key_text", "new_walk", "refusal", "value_text"]


def key_text(value: object) -> str:
    """Return the text that stands for `value` in a key.

    Raises:
        KeyValueError: The value, or a part of it, has no text that is the same in every process.

    >>> key_text(("AU", 1, None, "New York"))
    "(AU,1,_,'New%20York')"
    """
    walk = new_walk()
    try:
        return value_text(value, walk)
    except Exception as error:
        raise KeyValueError(f"TC007 the value{refusal(error, walk)}", ["TC007"]) from error


def new_walk() -> Walk:
    """Return a walk that stands at the value itself."""
    return Walk(_encoder_for)


def value_text(value: object, walk: Walk) -> str:
    """Return the text of `value`, or raise whatever went wrong on the way; `walk` then knows where."""
    return _encoder_for(type(value))(value, walk)


def refusal(error: Exception, walk: Walk) -> str:
    """Say what was wrong with a value, as the end of a sentence that begins with its name."""
    if isinstance(error, NoStableTextError):
        return f"{walk.shown_trail()} {error.reason}. {error.remedy}".rstrip()
    return f"{walk.shown_trail()} could not be read: {type(error).__name__}: {error}"


def has_stable_text(cls: type) -> bool:
    """Whether values of exactly `cls` have a stable text, as far as the class tells."""
    try:
        _encoder_for(cls)
    except NoStableTextError:
        return False
    return True


_ENCODERS: Final[dict[int, tuple[weakref.ref[type], Encoder]]] = {}
"""Encoders by the id of their class: a class can be unhashable, and an encoder must not keep it alive."""


def _encoder_for(cls: type) -> Encoder:
    container = CONTAINERS.get(cls)
    if container is not None:
        return container
    leaf = leaf_for(cls)
    if leaf is not None:
        return lambda value, _walk: leaf(value)
    identity = id(cls)
    known = _ENCODERS.get(identity)
    if known is not None and known[0]() is cls:
        return known[1]
    encoder = class_encoder(cls)
    _ENCODERS[identity] = (weakref.ref(cls, lambda _: _ENCODERS.pop(identity, None)), encoder)
    return encoder
