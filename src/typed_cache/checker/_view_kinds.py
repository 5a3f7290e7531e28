"""These are the views of types that the source does not define: containers, foreign classes, code."""

from dataclasses import dataclass
from typing import final

from typed_cache.template import (
    UNKNOWN,
    AnnotationView,
    Form,
    Missing,
    Shape,
    Stability,
    UnionView,
    Unknown,
    Unstable,
    named_head,
)

__all__ = ["AnythingView", "CodeView", "ContainerView", "ForeignView"]


@final
@dataclass(frozen=True, slots=True)
class AnythingView:
    """`object`: what is written so may have no text, and nothing shows that it has one."""

    text: str = "object"

    def attribute(self, name: str, /) -> Unknown:
        """Nothing is known."""
        del name
        return UNKNOWN

    def stability(self) -> Stability:
        """Most objects have none."""
        return Unstable("object has no stable text")

    def shapes(self) -> Unknown:
        """Nothing is known."""
        return UNKNOWN


@final
@dataclass(frozen=True, slots=True)
class CodeView:
    """A `Callable`: a function has attributes that its type does not tell, such as `__name__`."""

    plain: AnnotationView

    @property
    def text(self) -> str:
        """The type as a person writes it."""
        return self.plain.text

    def attribute(self, name: str, /) -> Unknown:
        """Nothing is known."""
        del name
        return UNKNOWN

    def stability(self) -> Stability:
        """Code has none."""
        return self.plain.stability()

    def shapes(self) -> frozenset[Shape] | Unknown:
        """None that is known."""
        return self.plain.shapes()


@final
@dataclass(frozen=True, slots=True)
class ForeignView:
    """A class of a package that is not read: nothing is said of it, but that its name is its own."""

    text: str
    dotted: str

    def attribute(self, name: str, /) -> Unknown:
        """Nothing is known."""
        del name
        return UNKNOWN

    def stability(self) -> Unknown:
        """Nothing is known."""
        return UNKNOWN

    def shapes(self) -> frozenset[Shape]:
        """The shape of a class of its own, so that it is held to be none of the plain ones."""
        return frozenset({Shape(Form.CLASS, named_head(self.dotted))})


@final
@dataclass(frozen=True, slots=True)
class ContainerView:
    """A container, with the views of its items."""

    plain: AnnotationView
    items: tuple[AnnotationView, ...]
    text: str

    def attribute(self, name: str, /) -> AnnotationView | Missing | Unknown:
        """The type of an attribute of the container itself."""
        return self.plain.attribute(name)

    def stability(self) -> Stability:
        """Unstable where an item can be, at any depth."""
        inside = (unstable for item in self.items if (unstable := _unstable_in(item)) is not None)
        return next(inside, None) or self.plain.stability()

    def shapes(self) -> frozenset[Shape] | Unknown:
        """The shape of the container."""
        return self.plain.shapes()


def _unstable_in(view: AnnotationView) -> Unstable | None:
    """Why values of a type have no stable text; of a union any member will do, for a container mixes them."""
    members = view.members if isinstance(view, UnionView) else (view,)
    found = (member.stability() for member in members)
    return next((stability for stability in found if isinstance(stability, Unstable)), None)
