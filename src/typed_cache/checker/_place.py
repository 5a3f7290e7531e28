"""This is where an annotation stands, and so what the names in it mean."""

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, final

from typed_cache.checker._project import Project
from typed_cache.checker._scopes import Scope
from typed_cache.template import AnnotationView

if TYPE_CHECKING:
    from typed_cache.checker._classes import ClassSource

__all__ = ["Place", "Reader"]

_NOTHING: Final[Mapping[str, AnnotationView]] = MappingProxyType({})


@final
class Place(NamedTuple):
    """Where an annotation stands.

    `owner` is the class whose attribute it annotates: `Self` stands for it, and a type variable for what
    nobody here knows. `behind` holds the aliases that led here, so that one that contains itself comes to
    an end, and `given` what stands for their type variables.
    """

    scope: Scope
    project: Project
    owner: "ClassSource | None" = None
    behind: tuple[ast.expr, ...] = ()
    given: Mapping[str, AnnotationView] = _NOTHING


Reader: TypeAlias = Callable[[ast.expr | None, Place], AnnotationView]
"""What reads the annotations that a view comes upon."""
