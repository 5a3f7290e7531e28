"""This is what the rules see of a live annotation: an `AnnotationView` over `typing`.

A view is a class, a union of views, or nothing: what cannot be resolved is unknown, silently.
"""

import types
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, final

from typed_cache.template._alternatives import Alternative, alternatives
from typed_cache.template._attributes import Declared, annotation_of_attribute
from typed_cache.template._class_attributes import annotation_of_class_attribute
from typed_cache.template._facts import (
    STABLE,
    UNKNOWN,
    AnnotationView,
    Missing,
    ParameterKind,
    Stability,
    Unknown,
    Unseen,
    Unstable,
)
from typed_cache.template._forms import Shape
from typed_cache.template._inside import stability_inside
from typed_cache.template._resolve import written
from typed_cache.template._shapes import shapes_of_class

__all__ = ["ClassView", "UnionView", "view_of", "view_of_parameter"]


def view_of(annotation: object) -> AnnotationView:
    """Return what the rules see of an annotation.

    >>> import datetime
    >>> view_of(datetime.date | None).attribute("yaer").owner
    'date'
    """
    members = [_view(alternative) for alternative in alternatives(annotation)]
    return members[0] if len(members) == 1 else UnionView(tuple(members), written(annotation))


def view_of_parameter(annotation: object, kind: ParameterKind) -> AnnotationView:
    """Return what the rules see of a parameter: `*args: int` is a tuple, `**kwargs: int` a dict."""
    if kind is ParameterKind.VAR_POSITIONAL:
        return ClassView(tuple, (annotation,), f"tuple[{written(annotation)}, ...]")
    if kind is ParameterKind.VAR_KEYWORD:
        return ClassView(dict, (str, annotation), f"dict[str, {written(annotation)}]")
    return view_of(annotation)


@final
@dataclass(frozen=True, slots=True)
class ClassView:
    """One class, with the arguments of a generic one."""

    cls: type
    arguments: tuple[object, ...] = field(compare=False)  # the text tells them, and they can be unhashable
    text: str

    def attribute(self, name: str, /) -> AnnotationView | Missing | Unknown:
        """The type of an attribute of the instances; of `type[Store]` that is one of the class."""
        found: Declared | Missing | Unknown
        if self.cls is not type:
            found = annotation_of_attribute(self.cls, name, self.arguments)
        elif self.arguments and isinstance(self.arguments[0], type):
            found = annotation_of_class_attribute(self.arguments[0], name)
        else:
            return UNKNOWN
        return view_of(found.annotation) if isinstance(found, Declared) else found

    def stability(self) -> Stability:
        """Whether the class, and all that it is made of, have a stable text."""
        return stability_inside(Alternative(self.cls, self.arguments, self.text))

    def shapes(self) -> frozenset[Shape] | Unknown:
        """The shapes that the text of an instance can take."""
        return shapes_of_class(self.cls)


@final
@dataclass(frozen=True, slots=True)
class UnionView:
    """Any of several types."""

    members: tuple[AnnotationView, ...]
    text: str

    def attribute(self, name: str, /) -> AnnotationView | Missing | Unknown:
        """The attribute's type; every member but None must have it."""
        found = [member.attribute(name) for member in self._some()]
        missing = next((view for view in found if isinstance(view, Missing)), None)
        if missing is not None:
            return missing
        views = _distinct(view for view in found if not isinstance(view, Missing | Unknown))
        if UNKNOWN in found or not views:
            return UNKNOWN
        return (
            views[0] if len(views) == 1 else UnionView(tuple(views), " | ".join(view.text for view in views))
        )

    def stability(self) -> Stability:
        """Unstable where every member but None is: else some call gets its key."""
        found = [member.stability() for member in self._some()]
        unstable = [stability for stability in found if isinstance(stability, Unstable)]
        if unstable and len(unstable) == len(found):
            return unstable[0]
        return STABLE if all(stability is STABLE for stability in found) else UNKNOWN

    def shapes(self) -> frozenset[Shape] | Unknown:
        """The shapes of all members."""
        shapes: set[Shape] = set()
        for member in self.members:
            of_member = member.shapes()
            if isinstance(of_member, Unknown):
                return UNKNOWN
            shapes |= of_member
        return frozenset(shapes)

    def _some(self) -> Sequence[AnnotationView]:
        return [member for member in self.members if member != _NONE]


_NONE: Final = ClassView(types.NoneType, (), "None")


def _view(alternative: Alternative) -> AnnotationView:
    cls, arguments, text = alternative
    return Unseen(text) if cls is None else ClassView(cls, arguments, text)


def _distinct(views: Iterable[AnnotationView]) -> list[AnnotationView]:
    return list(dict.fromkeys(views))
