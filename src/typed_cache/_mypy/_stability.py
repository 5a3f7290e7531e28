"""This is whether the values of a class have a stable text, and of which shape, as mypy knows the class.

A class of the standard library is judged by the library's own rules for live classes; a user's class,
which is never imported, by the same rules over what mypy knows of it.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from mypy.nodes import MypyFile, TypeInfo

from typed_cache._mypy._code_view import METHOD
from typed_cache._mypy._library import is_of_library, live_class
from typed_cache._mypy._records import is_record
from typed_cache.template import (
    STABLE,
    UNKNOWN,
    Form,
    Shape,
    Stability,
    Unknown,
    Unstable,
    shapes_of_class,
    stability_of_class,
)

__all__ = ["CONTAINERS", "MUTABLE", "is_used_up", "shapes_of", "stability_of"]

Modules: TypeAlias = Mapping[str, MypyFile]

CONTAINERS: Final[Mapping[str, Stability]] = MappingProxyType(
    {
        "builtins.tuple": STABLE,
        "builtins.list": STABLE,
        "builtins.dict": STABLE,
        "builtins.set": STABLE,
        "builtins.frozenset": STABLE,
        "collections.Counter": STABLE,
        "collections.OrderedDict": STABLE,
        "typing.Sequence": UNKNOWN,
        "typing.Mapping": UNKNOWN,
        "typing.AbstractSet": UNKNOWN,
    }
)
"""The classes whose type arguments say what they hold, with what is said of them where those are stable."""

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
_ENTERED_ONCE: Final = frozenset(
    {"contextlib._GeneratorContextManager", "contextlib._AsyncGeneratorContextManager"}
)
"""What `contextmanager` makes of a generator function."""


Inside: TypeAlias = Callable[[TypeInfo], Unstable | None]
"""Finds what is unstable among the items of a container or the fields of a record."""


def _nothing(info: TypeInfo) -> None:
    del info


def stability_of(info: TypeInfo, modules: Modules, inside: Inside = _nothing) -> Stability:
    """Judge a class, and what is inside its values."""
    if info.fullname in _known_stable:
        return STABLE
    if info.fullname in CONTAINERS:
        return inside(info) or CONTAINERS[info.fullname]
    if info.fullname == "builtins.object":
        return Unstable("object has no stable text")
    if info.fullname == "typed_cache.cached.Cached":
        return METHOD
    if is_used_up(info) and not _says_its_key(info):
        return Unstable(f"{info.name} can be run through once")
    return _stability_of_class(info, modules, inside)


def _stability_of_class(info: TypeInfo, modules: Modules, inside: Inside) -> Stability:
    live = live_class(info)
    if live is not None:
        found = stability_of_class(live)
        if found is STABLE:
            _known_stable.add(info.fullname)
        return found
    unstable = _why_unstable(info, inside)
    if unstable is None:
        return STABLE
    if info.fallback_to_any or info.is_protocol or info.is_abstract or is_of_library(info):
        return UNKNOWN
    return UNKNOWN if _is_open(info, modules, inside) else unstable


def _why_unstable(info: TypeInfo, inside: Inside) -> Unstable | None:
    """What keeps the values of exactly this class from having a stable text."""
    if _says_its_key(info) or info.is_enum:
        return None
    if is_record(info):
        return inside(info)
    is_stable = any(_is_stable_builtin(base) for base in info.mro)
    return None if is_stable else Unstable(f"{info.name} has no stable text")


def shapes_of(info: TypeInfo, modules: Modules) -> frozenset[Shape] | Unknown:
    """Return the shapes of text that values of a class can take; unknown where a subclass stands for it."""
    live = live_class(info)
    if live is not None:
        return shapes_of_class(live)
    if stability_of(info, modules) is not STABLE:
        return UNKNOWN
    return frozenset({Shape(Form.CLASS, f"@{info.fullname}")})


def is_used_up(info: TypeInfo) -> bool:
    """Whether a value can be run through once: an iterator, a file, an awaitable."""
    return info.fullname in _ENTERED_ONCE or any(info.get(name) is not None for name in _ONCE)


def _says_its_key(info: TypeInfo) -> bool:
    return info.get("__cache_key__") is not None


def _is_stable_builtin(info: TypeInfo) -> bool:
    live = live_class(info)
    return live is not None and live is not object and stability_of_class(live) is STABLE


def _is_open(info: TypeInfo, modules: Modules, inside: Inside) -> bool:
    """Whether values of a class may be of a subclass that has a text: an ABC, or a base in its own module."""
    if any(_is_abc(base) for base in _real_bases(info)):
        return True
    module = modules.get(info.module_name)
    below = [symbol.node for symbol in module.names.values()] if module is not None else []
    return any(
        isinstance(node, TypeInfo)
        and node is not info
        and info in node.mro
        and _why_unstable(node, inside) is None
        for node in below
    )


def _real_bases(info: TypeInfo) -> Sequence[TypeInfo]:
    """The classes that a class derives from at run time: tuple is no Sequence there, as typeshed has it."""
    if any(base.module_name == "builtins" for base in info.mro[:-1]):
        return [base for base in info.mro if base.module_name != "typing"]
    return info.mro


def _is_abc(info: TypeInfo) -> bool:
    if info.module_name == "builtins" or info.metaclass_type is None:
        return False
    return info.metaclass_type.type.fullname == "abc.ABCMeta"
