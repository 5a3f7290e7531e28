"""This is how a type is written: the same text for the same type, however it was spelled."""

from collections.abc import Iterable
from typing import Final

from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    LiteralType,
    NoneType,
    ProperType,
    TupleType,
    Type,
    TypeAliasType,
    TypedDictType,
    TypeType,
    UnionType,
    flatten_nested_unions,
    get_proper_type,
)

__all__ = ["type_text"]

_BARE: Final = frozenset({"builtins", "typing"})


def type_text(typ: Type) -> str:
    """Return a type as text, as the decorator writes an annotation at import; `Any` is nothing known."""
    proper = get_proper_type(typ)
    if isinstance(proper, AnyType):
        return ""
    if isinstance(proper, UnionType):
        return _union(flatten_nested_unions(proper.items))
    return _text(proper)


def _text(proper: ProperType) -> str:  # noqa: PLR0911  # a case for each kind of type
    if isinstance(proper, AnyType):
        return "Any"
    if isinstance(proper, NoneType):
        return "None"
    if isinstance(proper, UnionType):
        return _union(flatten_nested_unions(proper.items, handle_recursive=False))
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
    """A type inside of another; an alias that contains itself is known by its name there."""
    if isinstance(typ, TypeAliasType) and typ.is_recursive and typ.alias is not None:
        name = typ.alias.fullname
        return _generic(name, typ.args) if typ.args else name
    return _text(get_proper_type(typ))


def _union(items: Iterable[Type]) -> str:
    return " | ".join(sorted(set(map(_argument, items)), key=_none_last))


def _none_last(text: str) -> tuple[bool, str]:
    return text == "None", text
