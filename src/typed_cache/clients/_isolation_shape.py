"""This is where it is said what a type is to a copier: its parts, whether it can change, how it is copied."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, final

from typed_cache.errors import SerializationError

__all__ = ["DEEP", "SHARED", "Copier", "Shape", "deep", "exactly"]

Copier: TypeAlias = Callable[[Any], Any]
"""Returns a value that shares nothing mutable with the one it is given."""


def deep(value: Any) -> Any:
    """Copy a value of a type that nothing is known about, with its cycles and everything below it.

    Raises:
        SerializationError: It cannot be copied: it holds a lock, a socket, a generator.
    """
    try:
        return copy.deepcopy(value)
    except Exception as error:
        name = type(value).__qualname__
        raise SerializationError(
            f"a {name} cannot be copied ({error}), so its callers cannot be kept apart. Return what it holds "
            f'as data, give {name} a __deepcopy__, or share it: CacheClientRam(isolation="none")'
        ) from error


def exactly(kind: type[object], copier: Copier) -> Copier:
    """Return `copier` for values of this class; those of any other, a subclass too, are copied deep."""
    return lambda value: copier(value) if type(value) is kind else deep(value)


@final
@dataclass(frozen=True, slots=True)
class Shape:
    """One type as a copier sees it.

    `build` gets a copier for each of `parts`, None for one that is shared. It is not asked where the type is
    `immutable` and all its parts are shared: then the whole is.
    """

    parts: tuple[object, ...] = ()
    immutable: bool = False
    build: Callable[[Sequence[Copier | None]], Copier] = lambda _: deep


SHARED: Final = Shape(immutable=True)
"""Never copied: it cannot change, or nothing describes it."""

DEEP: Final = Shape()
"""Copied with all that is below it."""
