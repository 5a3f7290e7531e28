"""This is where annotations are resolved at run time, each failing alone and silently."""

import typing
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, final

from typed_cache.template._facts import AnnotationView, ParameterKind, Unseen

__all__ = ["Scope", "resolved", "view_of_parameter", "written"]


@final
@dataclass(frozen=True, slots=True)
class Scope:
    """The names that an annotation can use."""

    globals: dict[str, Any]
    locals: dict[str, object]


def resolved(annotation: object, scope: Scope) -> object:
    """Return the annotation with its forward references resolved; as it was where they cannot be."""
    holder = SimpleNamespace(__annotations__={"it": annotation})
    try:
        return typing.get_type_hints(holder, scope.globals, scope.locals, include_extras=True)["it"]
    except Exception:  # noqa: BLE001  # an annotation is any expression, and may raise anything
        return annotation


def view_of_parameter(annotation: object, kind: ParameterKind) -> AnnotationView:
    """Return what the rules see of a parameter's annotation."""
    del kind
    return Unseen(written(annotation))


def written(annotation: object) -> str:
    """Return an annotation as a person writes it."""
    if isinstance(annotation, str):
        return annotation
    return annotation.__qualname__ if isinstance(annotation, type) else str(annotation)
