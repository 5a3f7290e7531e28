"""This is which attributes of a class a key could name, and whether it can have others."""

from collections.abc import Iterator

from mypy.nodes import Decorator, FuncDef, OverloadedFuncDef, SymbolNode, TypeInfo
from mypy.types import CallableType, Instance, Overloaded, get_proper_type

__all__ = ["computes_attributes", "is_code", "names_like"]


def computes_attributes(info: TypeInfo) -> bool:
    """Whether a class, which mypy knows to the last base, answers to names that it does not list."""
    hooks = (info.get("__getattr__"), info.get("__getattribute__"))
    return any(hook is not None and hook.fullname not in _OF_EVERY_CLASS for hook in hooks)


_OF_EVERY_CLASS = frozenset({"builtins.object.__getattribute__", "builtins.type.__getattribute__"})


def names_like(name: str, info: TypeInfo) -> tuple[str, ...]:
    """Return what could have been meant by the name of no attribute; private ones where it is private."""
    return tuple(sorted(set(_names(info, private=name.startswith("_")))))


def _names(info: TypeInfo, *, private: bool) -> Iterator[str]:
    for base in info.mro:
        for name, symbol in base.names.items():
            is_shown = not name.startswith("__" if private else "_") and name.isidentifier()
            if is_shown and not symbol.plugin_generated and not is_code(symbol.node):
                yield name


def is_code(node: SymbolNode | None) -> bool:
    """Return whether an attribute is a method, under a decorator or not, or a class."""
    if isinstance(node, OverloadedFuncDef):
        return not node.is_property
    if not isinstance(node, Decorator):
        return isinstance(node, FuncDef | TypeInfo)
    if node.func.is_property:
        return False
    typ = get_proper_type(node.var.type)
    if isinstance(typ, Instance):
        return typ.type.fullname.startswith("typed_cache.")
    return typ is None or isinstance(typ, CallableType | Overloaded)
