"""This is whether the instances of a class have a stable text, as far as the class shows it."""

import abc
import datetime as dt
import sys
import types
from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import Any, Final

from typed_cache.template._facts import STABLE, UNKNOWN, Stability, Unstable
from typed_cache.template._text import has_stable_text

__all__ = ["classes_below", "stability_of_class"]

_USED_UP: Final = (Iterator, AsyncIterator, Awaitable)
_OPEN: Final = (object, dt.tzinfo)
"""Classes that say nothing about the values that stand behind them."""


def stability_of_class(cls: type[Any]) -> Stability:
    """Judge a class; one that only asks for abilities, or has a stable subclass, is unknown.

    >>> stability_of_class(complex).reason
    'complex has no stable text'
    """
    if has_stable_text(cls):
        return STABLE
    if cls is types.MethodType:
        return Unstable("A method is code, which has no stable text")
    name = cls.__qualname__
    if issubclass(cls, _USED_UP):
        return Unstable(f"{name} can be run through once")
    if cls.__module__ == "collections.abc" and name == "Callable":
        return Unstable("Code has no stable text")
    if (
        cls in _OPEN
        or isinstance(cls, abc.ABCMeta)
        or any(has_stable_text(below) for below in classes_below(cls))
    ):
        return UNKNOWN
    return Unstable(f"{name} has no stable text")


def classes_below(cls: type) -> list[type]:
    """Return every class below `cls`, of those that are loaded; they are few.

    What another part of the standard library derives for itself is left out: it is loaded by chance.
    """
    loaded: list[type] = type.__subclasses__(cls)
    direct = [below for below in loaded if _top(below) not in _LIBRARY or _top(below) == _top(cls)]
    return [*direct, *(below for child in direct for below in classes_below(child))]


_LIBRARY: Final = sys.stdlib_module_names


def _top(cls: type) -> str:
    return cls.__module__.partition(".")[0]
