"""This is a view of an annotation that has let go of the syntax trees, so that it can cross processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from typed_cache.template import UNKNOWN, AnnotationView, Missing, Shape, Stability, Unknown

__all__ = ["SnapshotView", "snapshot"]


@final
@dataclass(frozen=True, slots=True)
class SnapshotView:
    """What was known of a type, and of the attributes that a template reads."""

    text: str
    known_stability: Stability
    known_shapes: frozenset[Shape] | Unknown
    known_attributes: "tuple[tuple[str, SnapshotView | Missing | Unknown], ...]"

    def attribute(self, name: str, /) -> "SnapshotView | Missing | Unknown":
        """The type of an attribute, if it was asked for."""
        return dict(self.known_attributes).get(name, UNKNOWN)

    def stability(self) -> Stability:
        """Whether values of the type have a stable text."""
        return self.known_stability

    def shapes(self) -> frozenset[Shape] | Unknown:
        """The shapes of text that values of the type can take."""
        return self.known_shapes


def snapshot(view: AnnotationView, paths: Sequence[tuple[str, ...]]) -> SnapshotView:
    """Keep of a view what the attribute paths lead to."""
    attributes: list[tuple[str, SnapshotView | Missing | Unknown]] = []
    for name in dict.fromkeys(path[0] for path in paths if path):
        found = view.attribute(name)
        below = [path[1:] for path in paths if path[:1] == (name,)]
        attributes.append((name, found if isinstance(found, Missing | Unknown) else snapshot(found, below)))
    return SnapshotView(view.text, view.stability(), view.shapes(), tuple(attributes))
