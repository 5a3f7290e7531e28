"""This is where annotations are resolved at run time, each failing alone and silently, and written down."""

import types
import typing
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, cast, final

from typed_cache.template._substitute import behind_alias

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

    An alias is written as what it stands for, and by its name inside itself.

    >>> from typing import Literal, Optional
    >>> written(Optional[int]) == written(None | int) == "None | int"
    True
    >>> written(Literal["b", "a"])
    "Literal['a', 'b']"
    """
    return _written(annotation, ())


def _written(annotation: object, inside: tuple[object, ...]) -> str:
    """Write an annotation; `inside` are the aliases that it stands in."""
    literal, others = set[str](), set[str]()
    for value, member in _members(annotation, inside):
        (literal if value else others).add(member)
    if literal:
        others.add(f"Literal[{', '.join(sorted(literal))}]")
    return " | ".join(sorted(others))


def _members(annotation: object, inside: tuple[object, ...]) -> Iterator[tuple[bool, str]]:
    """The texts of the members of a union, or of the only one, and whether each is a value of a Literal."""
    origin = typing.get_origin(annotation) or annotation
    arguments: Sequence[object] = typing.get_args(annotation)
    behind = behind_alias(annotation)
    if behind and not any(origin is alias for alias in inside):
        yield from _members(behind[0], (*inside, origin))
    elif origin is typing.Annotated:
        yield from _members(arguments[0], inside)
    elif origin is typing.Union or origin is types.UnionType:
        for argument in arguments:
            yield from _members(argument, inside)
    elif origin is typing.Literal:
        yield from ((value is not None, repr(value)) for value in arguments)
    elif arguments or (origin is not annotation and hasattr(annotation, "__args__")):  # `tuple[()]`
        yield False, f"{_name(origin)}[{', '.join(_written_arguments(arguments, inside))}]"
    else:
        yield False, _name(origin)


def _written_arguments(arguments: Iterable[object], inside: tuple[object, ...]) -> Iterator[str]:
    for argument in arguments:
        if argument is Ellipsis:
            yield "..."
        elif isinstance(argument, list):
            parameters = cast("list[object]", argument)  # those of a Callable; their items can be anything
            yield f"[{', '.join(_written_arguments(parameters, inside))}]"
        else:
            yield _written(argument, inside)


def _name(annotation: object) -> str:
    if annotation is None or annotation is types.NoneType:
        return "None"
    if isinstance(annotation, str | typing.ForwardRef):
        return annotation if isinstance(annotation, str) else annotation.__forward_arg__
    if isinstance(annotation, type):
        name = annotation.__qualname__
        return name if annotation.__module__ in {"builtins", "typing"} else f"{annotation.__module__}.{name}"
    return str(annotation).replace("typing.", "")
