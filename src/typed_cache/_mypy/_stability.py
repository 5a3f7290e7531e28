"""This is whether the values of a class have a stable text, and of which shape, as mypy knows the class.

A class of the standard library is judged by the library's own rules for live classes; a user's class,
which is never imported, by the same rules over what mypy knows of it.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Final

from mypy.nodes import MypyFile, TypeInfo

from typed_cache.template import (
    STABLE,
    UNKNOWN,
    AnnotationView,
    Form,
    Shape,
    Stability,
    Unknown,
    Unstable,
    shapes_of_class,
    stability_of_class,
)

__all__ = ["MUTABLE", "is_record", "is_used_up", "shapes_of", "stability_of"]

Modules = Mapping[str, MypyFile]

_CONTAINERS: Final = frozenset(
    {
        "builtins.tuple",
        "builtins.list",
        "builtins.dict",
        "builtins.set",
        "builtins.frozenset",
        "collections.OrderedDict",
    }
)
MUTABLE: Final = frozenset(
    {
        "builtins.list",
        "builtins.dict",
        "builtins.set",
        "builtins.bytearray",
        "collections.OrderedDict",
    }
)
"""Containers that are more likely to be data than to tell one call from another."""

_known_stable: Final[set[str]] = set()
"""The classes of the standard library that have been found stable: most parameters are of one of a few."""

_ONCE: Final = ("__next__", "__anext__", "__await__")


def stability_of(info: TypeInfo, modules: Modules, items: Sequence[AnnotationView] = ()) -> Stability:
    """Judge a class; `items` are the views of what a container holds."""
    if info.fullname in _known_stable:
        return STABLE
    if info.fullname in _CONTAINERS:
        inside = (item.stability() for item in items)
        return next((found for found in inside if isinstance(found, Unstable)), STABLE)
    if info.fullname == "builtins.object":
        return Unstable("object has no stable text")
    if is_used_up(info) and not _says_its_key(info):
        return Unstable(f"{info.name} can be run through once")
    return _stability_of_class(info, modules)


def _stability_of_class(info: TypeInfo, modules: Modules) -> Stability:
    live = _live_class(info)
    if live is not None:
        found = stability_of_class(live)
        if found is STABLE:
            _known_stable.add(info.fullname)
        return found
    if _has_stable_text(info):
        return STABLE
    if info.fallback_to_any or info.is_protocol or info.is_abstract or _is_open(info, modules):
        return UNKNOWN
    return Unstable(f"{info.name} has no stable text")


def shapes_of(info: TypeInfo, modules: Modules) -> frozenset[Shape] | Unknown:
    """Return the shapes of text that values of a class can take; unknown where a subclass stands for it."""
    live = _live_class(info)
    if live is not None:
        return shapes_of_class(live)
    if stability_of(info, modules) is not STABLE:
        return UNKNOWN
    return frozenset({Shape(Form.CLASS, f"@{info.fullname}")})


def is_used_up(info: TypeInfo) -> bool:
    """Whether a value can be run through once: an iterator, a file, an awaitable."""
    return any(info.get(name) is not None for name in _ONCE)


def _live_class(info: TypeInfo) -> type | None:
    """The class itself, where it is one of the standard library and loaded already."""
    if info.module_name.partition(".")[0] not in sys.stdlib_module_names:
        return None
    found: object = sys.modules.get(info.module_name)
    for name in info.fullname.removeprefix(f"{info.module_name}.").split("."):
        found = getattr(found, name, None)
    return found if isinstance(found, type) else None


def is_record(info: TypeInfo) -> bool:
    """Whether a class lists its fields: a dataclass, a NamedTuple, an attrs, msgspec or pydantic class."""
    return any(_lists_fields(base) for base in info.mro)


def _has_stable_text(info: TypeInfo) -> bool:
    if _says_its_key(info) or info.is_enum:
        return True
    return is_record(info) or any(_is_stable_builtin(base) for base in info.mro)


def _says_its_key(info: TypeInfo) -> bool:
    return info.get("__cache_key__") is not None


_RECORDS: Final = frozenset({"msgspec.Struct", "pydantic.main.BaseModel"})


def _lists_fields(info: TypeInfo) -> bool:
    return (
        info.is_named_tuple
        or info.fullname in _RECORDS
        or any(label in info.metadata for label in ("dataclass", "attrs", "attrs_tag", "dataclass_tag"))
    )


def _is_stable_builtin(info: TypeInfo) -> bool:
    live = _live_class(info)
    return live is not None and live is not object and stability_of_class(live) is STABLE


def _is_open(info: TypeInfo, modules: Modules) -> bool:
    """Whether values of a class may be of a subclass that has a text: an ABC, or a base in its own module."""
    if any(base.metaclass_type and base.metaclass_type.type.fullname == "abc.ABCMeta" for base in info.mro):
        return True
    module = modules.get(info.module_name)
    below = [symbol.node for symbol in module.names.values()] if module is not None else []
    return any(
        isinstance(node, TypeInfo) and node is not info and info in node.mro and _has_stable_text(node)
        for node in below
    )
