"""This is where annotations are resolved at run time, each failing alone and silently, and written down."""

import types
import typing
from collections.abc import Sequence
from typing import Any, NamedTuple, cast, final

__all__ = ["Scope", "resolved", "written"]


@final
class Scope(NamedTuple):
    """The names that an annotation can use."""

    globals: dict[str, Any]
    locals: dict[str, object]


def resolved(annotation: object, scope: Scope) -> object:
    """Return the annotation with its forward references resolved; as it was where they cannot be.

    >>> resolved("list[int]", Scope({}, {}))
    list[int]
    >>> resolved("NotYetDefined", Scope({}, {}))
    'NotYetDefined'
    """
    holder = types.SimpleNamespace(__annotations__={"it": annotation})
    try:
        return typing.get_type_hints(holder, scope.globals, scope.locals, include_extras=True)["it"]
    except Exception:  # noqa: BLE001  # an annotation is any expression, and may raise anything
        return annotation


def written(annotation: object) -> str:
    """Return an annotation as text that is the same for the same type, however it was spelled.

    >>> from typing import Optional
    >>> written(Optional[int]) == written(None | int) == "None | int"
    True
    """
    if annotation is None or annotation is types.NoneType:
        return "None"
    if isinstance(annotation, str | typing.ForwardRef):
        return annotation if isinstance(annotation, str) else annotation.__forward_arg__
    origin: object = typing.get_origin(annotation)
    if origin is not None and origin is not annotation:  # Generic is its own origin
        return _written_generic(origin, typing.get_args(annotation))
    if isinstance(annotation, type):
        name = annotation.__qualname__
        return name if annotation.__module__ in {"builtins", "typing"} else f"{annotation.__module__}.{name}"
    return str(annotation).replace("typing.", "")


def _written_generic(origin: object, arguments: Sequence[object]) -> str:
    if origin is typing.Annotated:
        return written(arguments[0])
    if origin is typing.Union or origin is types.UnionType:
        return " | ".join(sorted(map(written, arguments)))
    if origin is typing.Literal:
        return f"Literal[{', '.join(map(repr, arguments))}]"
    return f"{written(origin)}[{', '.join(map(_written_argument, arguments))}]"


def _written_argument(argument: object) -> str:
    if argument is Ellipsis:
        return "..."
    if isinstance(argument, list):
        parameters = cast(
            "list[object]", argument
        )  # the parameters of a Callable; their items can be anything
        return f"[{', '.join(map(_written_argument, parameters))}]"
    return written(argument)
