"""This is how a type is written: the same text for the same type, however it was spelled."""

from collections.abc import Iterable
from typing import Final

from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    LiteralType,
    NoneType,
    TupleType,
    Type,
    TypedDictType,
    TypeType,
    UnionType,
    get_proper_type,
)

__all__ = ["type_text"]

_BARE: Final = frozenset({"builtins", "typing"})


def type_text(typ: Type) -> str:  # noqa: PLR0911  # a case for each kind of type
    """Return a type as text, as the decorator writes an annotation at import; `Any` is nothing known."""
    proper = get_proper_type(typ)
    if isinstance(proper, AnyType):
        return ""
    if isinstance(proper, NoneType):
        return "None"
    if isinstance(proper, UnionType):
        return " | ".join(sorted({type_text(item) for item in proper.items}))
    if isinstance(proper, LiteralType):
        return f"Literal[{proper.value_repr()}]"
    if isinstance(proper, TypedDictType) and not proper.is_anonymous():
        return proper.fallback.type.fullname
    if isinstance(proper, TupleType):
        fallback = proper.partial_fallback.type
        return fallback.fullname if fallback.fullname != "builtins.tuple" else _generic("tuple", proper.items)
    if isinstance(proper, TypeType):
        return _generic("type", [proper.item])
    if isinstance(proper, CallableType):
        return f"Callable[[{', '.join(map(_argument, proper.arg_types))}], {_argument(proper.ret_type)}]"
    return _of_instance(proper) if isinstance(proper, Instance) else str(proper)


def _of_instance(instance: Instance) -> str:
    info = instance.type
    name = info.fullname.removeprefix(f"{info.module_name}.") if info.module_name in _BARE else info.fullname
    if info.fullname == "builtins.tuple":
        return f"tuple[{_argument(instance.args[0])}, ...]"
    return _generic(name, instance.args) if instance.args else name


def _generic(name: str, arguments: Iterable[Type]) -> str:
    return f"{name}[{', '.join(map(_argument, arguments))}]"


def _argument(typ: Type) -> str:
    return type_text(typ) or "Any"
