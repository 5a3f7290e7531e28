"""This is where annotations are unwrapped, and the fields of a class found with their types."""

import dataclasses
import typing
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, NewType, TypeVar, get_args, get_origin

import typing_extensions

__all__ = ["UNKNOWN", "bare", "fields_of", "hints_of"]

UNKNOWN: Final = object()
"""The type of a field that says nothing of its type."""

_QUALIFIERS: Final = frozenset({"ClassVar", "Final", "Required", "NotRequired", "ReadOnly"})
# Those of Python 3.12 and the one that older Pythons have in its place.
_ALIASES: Final[tuple[type, ...]] = (
    typing_extensions.TypeAliasType,
    getattr(typing, "TypeAliasType", typing_extensions.TypeAliasType),
)


def bare(annotation: object) -> object:
    """Strip what does not change what values there are: metadata, qualifiers, names given to types."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated or getattr(origin, "_name", None) in _QUALIFIERS:
            annotation = get_args(annotation)[0]
        elif isinstance(annotation, NewType):
            annotation = annotation.__supertype__
        elif isinstance(annotation, _ALIASES):
            annotation = _value_of(annotation)
        elif isinstance(origin, _ALIASES):
            annotation = _with_arguments(_value_of(origin), _replacements(origin, get_args(annotation)))
        else:
            return annotation


def fields_of(annotation: object) -> dict[str, object] | None:
    """Return the fields of a dataclass, an attrs class or a msgspec Struct with their types.

    None where it is none of these. A field whose type is not known stands with `UNKNOWN`.
    """
    kind = get_origin(annotation) or annotation
    if dataclasses.is_dataclass(kind):
        return _typed(annotation, [field.name for field in dataclasses.fields(kind)])
    attributes: Any = getattr(kind, "__attrs_attrs__", None)
    if attributes is not None:
        return _typed(annotation, [attribute.name for attribute in attributes])
    names: Any = getattr(kind, "__struct_fields__", None)
    return None if names is None else _typed(annotation, names)


def hints_of(annotation: object) -> dict[str, object]:
    """Return what a class annotates, with the arguments of a generic one in place of its parameters.

    Raises:
        NameError: A name in them is not known here; other exceptions where they are no types.
    """
    kind = get_origin(annotation) or annotation
    replacements = _replacements(kind, get_args(annotation))
    hints = typing_extensions.get_type_hints(kind, include_extras=True)
    return {name: _with_arguments(hint, replacements) for name, hint in hints.items()}


def _typed(annotation: object, names: Iterable[str]) -> dict[str, object]:
    hints = hints_of(annotation)
    return {name: hints.get(name, UNKNOWN) for name in names}


def _replacements(generic: object, arguments: tuple[object, ...]) -> Mapping[object, object]:
    parameters: Iterable[object] = getattr(generic, "__parameters__", ()) or getattr(
        generic, "__type_params__", ()
    )
    return dict(zip(parameters, arguments, strict=False))


def _with_arguments(annotation: Any, replacements: Mapping[object, object]) -> object:
    if not replacements:
        return annotation
    if isinstance(annotation, TypeVar):
        return replacements.get(annotation, annotation)
    parameters = getattr(annotation, "__parameters__", ())
    if not parameters or isinstance(annotation, type):
        return annotation
    return annotation[tuple(replacements.get(parameter, parameter) for parameter in parameters)]


def _value_of(alias: Any) -> object:
    value: object = alias.__value__
    return value
