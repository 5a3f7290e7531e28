"""This is whether something inside a value has no stable text, however deep it lies there.

Types may contain themselves, by way of an alias or of a field. One that is being judged already is taken for
stable inside of itself: the whole is refused for what else it contains.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from mypy.types import ProperType

from typed_cache.template import AnnotationView, UnionView, Unstable

__all__ = ["unstable_field", "unstable_item"]

_on_the_way: Final[set[ProperType]] = set()
"""The types that are being judged, each inside the one before it."""

_DEEPEST: Final = 30
"""A generic class can contain itself with ever other arguments."""


def unstable_item(typ: ProperType, items: Callable[[], Iterable[AnnotationView]]) -> Unstable | None:
    """Return why a container has no stable text: one member of an item's type is enough to spoil it."""
    return _first(typ, lambda: (_first_of(_members(item)) for item in items()))


def unstable_field(
    typ: ProperType, owner: str, fields: Callable[[], Iterable[tuple[str, AnnotationView]]]
) -> Unstable | None:
    """Return why a record of the class `owner` has none: an optional field may stay None for ever."""
    return _first(typ, lambda: (_whole(f"{owner}.{name}", _members(view)) for name, view in fields()))


def _first(typ: ProperType, inside: Callable[[], Iterable[Unstable | None]]) -> Unstable | None:
    if typ in _on_the_way or len(_on_the_way) > _DEEPEST:
        return None
    _on_the_way.add(typ)
    try:
        return next((found for found in inside() if found is not None), None)
    finally:
        _on_the_way.remove(typ)


def _first_of(views: Iterable[AnnotationView]) -> Unstable | None:
    found = (view.stability() for view in views)
    return next((stability for stability in found if isinstance(stability, Unstable)), None)


def _whole(field: str, views: Iterable[AnnotationView]) -> Unstable | None:
    found = [view.stability() for view in views]
    unstable = [stability for stability in found if isinstance(stability, Unstable)]
    return Unstable(f"{field}: {unstable[0].reason}") if unstable and len(unstable) == len(found) else None


def _members(view: AnnotationView) -> Sequence[AnnotationView]:
    return view.members if isinstance(view, UnionView) else (view,)
