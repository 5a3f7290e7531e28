"""This is where a type alias gives way to what it stands for, a type variable to what was given for it."""

import typing
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["arguments_by_variable", "behind_alias", "filled_in"]


def behind_alias(annotation: Any) -> tuple[object, ...]:
    """Return what the alias of a `type` statement stands for, with its arguments; empty for anything else.

    >>> from typing_extensions import TypeAliasType
    >>> T = typing.TypeVar("T")
    >>> Names = TypeAliasType("Names", dict[str, T], type_params=(T,))
    >>> behind_alias(Names[int])
    (dict[str, int],)
    """
    alias = typing.get_origin(annotation) or annotation
    if isinstance(alias, type):
        return ()
    try:
        value, variables = alias.__value__, alias.__type_params__
    except Exception:  # noqa: BLE001  # evaluated late: any expression
        return ()
    return (filled_in(value, arguments_by_variable(variables, typing.get_args(annotation))),)


def arguments_by_variable(variables: Sequence[object], arguments: Sequence[object]) -> dict[object, object]:
    """Return the arguments of a generic by its variables; empty where the two do not pair up."""
    return dict(zip(variables, arguments, strict=True)) if len(variables) == len(arguments) else {}


def filled_in(annotation: object, given: Mapping[object, object]) -> object:
    """Return the annotation with its type variables replaced; one that was not given is `Any`.

    >>> T = typing.TypeVar("T", bound=int)
    >>> filled_in(list[T], {T: bool}), filled_in(T, {})
    (list[bool], typing.Any)
    """
    if isinstance(annotation, typing.TypeVar):
        return given.get(annotation, Any)
    variables: tuple[object, ...] = () if isinstance(annotation, type) else _variables(annotation)
    if not variables:
        return annotation
    generic: Any = annotation
    try:
        filled: object = generic[tuple(given.get(variable, Any) for variable in variables)]
    except TypeError:  # a ParamSpec takes no Any
        return Any
    return filled


def _variables(annotation: Any) -> tuple[object, ...]:
    found: object = getattr(annotation, "__parameters__", ())
    return typing.cast("tuple[object, ...]", found) if isinstance(found, tuple) else ()
