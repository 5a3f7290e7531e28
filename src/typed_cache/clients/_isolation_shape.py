"""This is where it is said what a type is to a copier: its parts, whether it can change, how it is copied."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeAlias, final

__all__ = ["DEEP", "SHARED", "Copier", "Shape", "exactly", "kind_copied_by"]

Copier: TypeAlias = Callable[[Any], Any]
"""Returns a value that shares nothing mutable with the one it is given."""


def exactly(kind: type[object], copier: Copier) -> Copier:
    """Return `copier` for values of this class; those of any other, a subclass too, are copied deep."""
    return partial(_copy_exactly, kind, copier)


def _copy_exactly(kind: type[object], copier: Copier, value: object) -> object:
    return copier(value) if type(value) is kind else deepcopy(value)


def kind_copied_by(copier: Copier) -> tuple[type[object], Copier] | None:
    """Return what `exactly` was given: who knows the class of a value need not have it asked for again.

    >>> kind_copied_by(exactly(list, list.copy)) == (list, list.copy)
    True
    """
    if not isinstance(copier, partial) or copier.func is not _copy_exactly:
        return None
    kind, inner = copier.args
    return kind, inner


@final
@dataclass(frozen=True, slots=True)
class Shape:
    """One type as a copier sees it.

    `build` gets a copier for each of `parts`, None for one that is shared. It is not asked where the type is
    `immutable` and all its parts are shared: then the whole is.
    """

    parts: tuple[object, ...] = ()
    immutable: bool = False
    build: Callable[[Sequence[Copier | None]], Copier] = lambda _: deepcopy


SHARED: Final = Shape(immutable=True)
"""Never copied: it cannot change, or nothing describes it."""

DEEP: Final = Shape()
"""Copied with all that is below it."""
