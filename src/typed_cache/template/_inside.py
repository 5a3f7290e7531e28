"""This is whether a type has a stable text with all that is in it: items of containers, fields of records.

An item that certainly has no stable text spoils its container, and is looked for in every member of a union:
a list holds them side by side. A field spoils its record where every value of it has no stable text; an
optional one may stay None for ever.
"""

import abc
import collections
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, TypeAlias

from typed_cache.template._alternatives import Alternative, alternatives
from typed_cache.template._attributes import Declared, annotation_of_attribute
from typed_cache.template._facts import STABLE, UNKNOWN, Stability, Unstable
from typed_cache.template._stability import classes_below, stability_of_class
from typed_cache.template._text_classes import fields_in_text
from typed_cache.template._text_containers import CONTAINERS

__all__ = ["stability_inside"]

_Known: TypeAlias = dict[tuple[int, str], Stability]
"""The answers so far; a type that contains itself is unknown to itself, and judged by the rest of it."""


_MOST: Final = 100
"""How many types one answer looks into: a generic one can contain itself with ever other arguments."""


def stability_inside(alternative: Alternative) -> Stability:
    """Judge a type by its class, then by its parts.

    >>> (pairs,) = alternatives(dict[str, list[complex]])
    >>> stability_inside(pairs).reason
    'complex has no stable text'
    """
    return _judged(alternative, {})


def _judged(alternative: Alternative, known: _Known) -> Stability:
    cls, arguments, text = alternative
    if cls is None:
        return UNKNOWN
    place = id(cls), text
    if place not in known:
        if len(known) >= _MOST:
            return UNKNOWN
        known[place] = UNKNOWN
        known[place] = _unstable_item(cls, arguments, known) or _of_class(cls, arguments, known)
    return known[place]


_HOLDERS: Final = frozenset(CONTAINERS) | {collections.Counter}
_ABSTRACT: Final = (Sequence, Mapping, AbstractSet)


def _unstable_item(cls: type, arguments: tuple[object, ...], known: _Known) -> Unstable | None:
    if cls not in _HOLDERS and not (cls.__module__ == "collections.abc" and issubclass(cls, _ABSTRACT)):
        return None
    for argument in arguments:
        for item in alternatives(argument):
            found = _judged(item, known)
            if isinstance(found, Unstable):
                return found
    return None


def _of_class(cls: type[Any], arguments: tuple[object, ...], known: _Known) -> Stability:
    alone = stability_of_class(cls)
    found = _unstable_field(cls, arguments, known) if alone is STABLE else None
    if found is None:
        return alone
    return UNKNOWN if _is_open(cls, known) else found


def _unstable_field(cls: type, arguments: tuple[object, ...], known: _Known) -> Unstable | None:
    for name in fields_in_text(cls) or ():
        declared = annotation_of_attribute(cls, name, arguments)
        values = alternatives(declared.annotation) if isinstance(declared, Declared) else []
        found = [_judged(value, known) for value in values]
        unstable = [stability for stability in found if isinstance(stability, Unstable)]
        if unstable and len(unstable) == len(found):
            return Unstable(f"{cls.__qualname__}.{name}: {unstable[0].reason}")
    return None


def _is_open(cls: type[Any], known: _Known) -> bool:
    """Whether a record stands for classes that may have a text; pydantic makes an ABC of every model."""
    if isinstance(cls, abc.ABCMeta) and not hasattr(cls, "__pydantic_fields__"):
        return True
    return any(_of_class(below, (), known) is STABLE for below in classes_below(cls))
