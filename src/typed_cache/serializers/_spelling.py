"""How types and constants are spelled: the same in every process and on every Python."""

import enum
import sys
import types
from collections.abc import Iterable
from typing import Annotated, Any, Final, ForwardRef, Literal, TypeVar, Union, get_args, get_origin

from typed_cache.client import UNANNOTATED

__all__ = ["atom", "items", "spell"]

_ATOMS: Final = (str, bytes, int, float, bool, types.NoneType)


def spell(annotation: object) -> str:  # noqa: PLR0911 - a kind of type a line
    """Return the text of a type: `dict[str, app.User | None]`, the same on every Python."""
    if annotation is None or annotation is types.NoneType:
        return "None"
    if annotation is Ellipsis:
        return "..."
    if isinstance(annotation, str):
        return annotation
    if isinstance(annotation, ForwardRef):
        return annotation.__forward_arg__
    if isinstance(annotation, list):
        return f"[{', '.join(map(spell, items(annotation)))}]"
    origin = get_origin(annotation)
    if origin is Literal:
        return f"Literal[{', '.join(_constant(value) for value in get_args(annotation))}]"
    if origin is Union or origin is types.UnionType:
        return " | ".join(map(spell, get_args(annotation)))
    if origin is Annotated:
        return spell(get_args(annotation)[0])
    if origin is not None:
        return f"{spell(origin)}[{', '.join(map(spell, get_args(annotation))) or '()'}]"
    return _spell_name(annotation)


def _spell_name(annotation: object) -> str:
    name = getattr(annotation, "__qualname__", None) or getattr(annotation, "__name__", None)
    if not isinstance(name, str):
        return type(annotation).__name__ if annotation is not UNANNOTATED else "Any"
    module = str(getattr(annotation, "__module__", ""))
    if isinstance(annotation, TypeVar) or module in {"builtins", "typing", "typing_extensions"}:
        return name
    package, *inside = module.split(".")
    if package in sys.stdlib_module_names:  # which moves classes between its private modules
        module = ".".join([package, *(part for part in inside if not part.startswith("_"))])
    return f"{module}.{name}"


def _constant(value: object) -> str:
    return f"{spell(type(value))}.{value.name}" if isinstance(value, enum.Enum) else ascii(value)


def atom(value: object) -> str:
    """Return the text of a constant; of one whose text may hold an address, only its type."""
    if isinstance(value, enum.Enum):
        return f"{spell(type(value))}.{value.name}"
    if isinstance(value, tuple):
        return f"({','.join(map(atom, items(value)))})"
    text = ascii(value) if isinstance(value, _ATOMS) else ""
    return f"{spell(type(value))}:{text}"


def items(array: Any) -> Iterable[object]:
    """Return what a list or tuple that was found by `isinstance` holds, seen as objects."""
    found: Iterable[object] = array
    return found
