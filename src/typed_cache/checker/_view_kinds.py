"""These are the views of types that the source names and does not define: containers, and foreign classes."""

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

__all__ = ["ContainerView", "ForeignView"]


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
    """A container of the language, with the views of its items."""

    plain: AnnotationView
    items: tuple[AnnotationView, ...]
    text: str

    def attribute(self, name: str, /) -> AnnotationView | Missing | Unknown:
        """The type of an attribute of the container itself."""
        return self.plain.attribute(name)

    def stability(self) -> Stability:
        """Unstable where its items are."""
        inside = [item.stability() for item in self.items if not isinstance(item, UnionView | ContainerView)]
        unstable = next((stability for stability in inside if isinstance(stability, Unstable)), None)
        return unstable or self.plain.stability()

    def shapes(self) -> frozenset[Shape] | Unknown:
        """The shape of the container."""
        return self.plain.shapes()
