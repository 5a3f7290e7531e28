"""This is where it is worked out how values of a type are copied, so that no caller sees another's changes.

A copy goes as deep as the annotation says that something can change, and no deeper; what the annotation
does not describe (`Any`, `object`, nothing) is shared. A type that can hold itself is copied by
`copy.deepcopy`, which keeps its cycles. In other types an object that stands in two places of one value
becomes two.
"""

from copy import deepcopy
from typing import Final, final

from typed_cache.clients._isolation_shape import Copier, Shape
from typed_cache.clients._isolation_shapes import shape_of

__all__ = ["Copier", "copier_for"]

_MOST_TYPES: Final = 250
"""Past these a value is copied deep: one that holds itself with ever longer arguments has no end."""


def copier_for(annotation: object) -> Copier | None:
    """Return what copies values of a type, None where they are shared.

    A copier raises whatever `copy.deepcopy` does where a value cannot be copied.

    >>> copier_for(tuple[int, str]) is None
    True
    >>> copy = copier_for(dict[str, list[int]])
    >>> old = {"a": [1]}
    >>> new = copy(old)
    >>> new == old, new["a"] is old["a"]
    (True, False)
    """
    shapes = _shapes_in(annotation)
    return deepcopy if shapes is None else _Plan(shapes).copier_of(annotation)


def _shapes_in(annotation: object) -> dict[object, Shape] | None:
    """Return the shape of every type that an annotation is made of; None where there are too many."""
    shapes: dict[object, Shape] = {}
    waiting = [annotation]
    while waiting:
        annotation = waiting.pop()
        key = _key(annotation)
        if key not in shapes:
            if len(shapes) == _MOST_TYPES:
                return None
            shapes[key] = shape_of(annotation)
            waiting.extend(shapes[key].parts)
    return shapes


@final
class _Plan:
    """The copiers of types, each made once."""

    def __init__(self, shapes: dict[object, Shape]) -> None:
        self._shapes = shapes
        self._made: dict[object, Copier | None] = {}
        self._shared: Final = self._find_shared()

    def copier_of(self, annotation: object) -> Copier | None:
        """Return the copier of one of these types."""
        key = _key(annotation)
        if key in self._shared:
            return None
        if key not in self._made:
            if self._holds_itself(key):
                self._made[key] = deepcopy
            else:
                shape = self._shapes[key]
                self._made[key] = shape.build([self.copier_of(part) for part in shape.parts])
        return self._made[key]

    def _find_shared(self) -> set[object]:
        """Begin with all that are immutable, and drop those with a part that is not, until none is left."""
        shared = {key for key, shape in self._shapes.items() if shape.immutable}
        while True:
            changing = {
                key for key in shared if not all(_key(part) in shared for part in self._shapes[key].parts)
            }
            if not changing:
                return shared
            shared -= changing

    def _holds_itself(self, key: object) -> bool:
        seen: set[object] = set()
        waiting = [key]
        while waiting:
            below = {_key(part) for part in self._shapes[waiting.pop()].parts} - seen
            if key in below:
                return True
            seen |= below
            waiting.extend(below)
        return False


def _key(annotation: object) -> object:
    """Tell types from each other: by equality, those that have no hash by identity."""
    try:
        hash(annotation)
    except TypeError:
        return id(annotation)
    return annotation
