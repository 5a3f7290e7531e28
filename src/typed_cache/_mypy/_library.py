"""This is which class of the standard library mypy speaks of, as the library itself defines it.

What mypy has loaded by chance is not asked for: the answers would depend on it. A module is imported where it
stands on the list that the command knows classes by, and a class that it does not know stays unknown.
"""

import sys
from typing import Final

from mypy.nodes import TypeInfo

__all__ = ["is_of_library", "live_class"]

_PRESENT: Final = frozenset({"_collections_abc", "_thread", "builtins", "collections", "datetime", "typing"})
"""Modules that are there in every process; most classes are from one of them."""

_ALIASES: Final = {"_thread.lock": "LockType"}
"""Classes that have this name before Python 3.13."""


def is_of_library(info: TypeInfo) -> bool:
    """Whether a class is of the standard library."""
    return info.module_name.partition(".")[0] in sys.stdlib_module_names


def live_class(info: TypeInfo) -> type | None:
    """Return the class itself, where it is one of the standard library that is known."""
    if not is_of_library(info):
        return None
    found: object = None
    if info.module_name in _PRESENT:
        found = sys.modules[info.module_name]
        for name in info.fullname.removeprefix(f"{info.module_name}.").split("."):
            found = getattr(found, name, None)
        if found is None and info.fullname in _ALIASES:
            found = getattr(sys.modules[info.module_name], _ALIASES[info.fullname], None)
    else:
        from typed_cache.checker._live import live_object  # noqa: PLC0415  # most keys need no such class

        found = live_object(info.fullname) or live_object(info.fullname.removeprefix("_"))
    return found if isinstance(found, type) else None
