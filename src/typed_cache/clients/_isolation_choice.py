"""This is where a value is copied of which only its class tells what member of a union it is."""

from collections.abc import Sequence
from copy import deepcopy
from typing import get_origin

from typing_extensions import is_typeddict

from typed_cache.clients._isolation_fields import bare
from typed_cache.clients._isolation_shape import Copier, Shape

__all__ = ["choice_shape"]


def choice_shape(members: Sequence[object]) -> Shape:
    """Return the shape of a value that is one of `members`."""
    return Shape(tuple(members), immutable=True, build=lambda copiers: _choice(members, copiers))


def _choice(members: Sequence[object], copiers: Sequence[Copier | None]) -> Copier:
    """Return a copier that finds the member once for each class that turns up."""
    options = [(_runtime_class(member), copier) for member, copier in zip(members, copiers, strict=True)]
    known: dict[type, Copier | None] = {}

    def copied(value: object) -> object:
        kind = type(value)
        try:
            copier = known[kind]
        except KeyError:
            copier = known[kind] = _select(kind, options)
        return value if copier is None else copier(value)

    return copied


def _select(kind: type, options: Sequence[tuple[type | None, Copier | None]]) -> Copier | None:
    """Return the copier of the only member that fits; where several do, or none does, copy deep."""
    fitting = [copier for member, copier in options if member is kind] or [
        copier for member, copier in options if member is not None and _inherits(kind, member)
    ]
    return fitting[0] if fitting and fitting.count(fitting[0]) == len(fitting) else deepcopy


def _runtime_class(member: object) -> type | None:
    """Return the class that values of a type have or inherit from; None where that is not known."""
    member = bare(member)
    kind = type(None) if member is None else get_origin(member) or member
    if is_typeddict(kind):
        return dict
    return kind if isinstance(kind, type) else None


def _inherits(kind: type, member: type) -> bool:
    try:
        return issubclass(kind, member)
    except TypeError:  # a Protocol that says nothing at runtime
        return False
