"""This is where a name on the command line, `app.users:repository.get`, finds what it names.

The application is imported here, which `check` and `map` never do.
"""

import importlib
import inspect
from collections.abc import Callable
from types import MethodType
from typing import Final

from typed_cache._cached_callable import CachedCallable
from typed_cache.checker._commands import UsageError
from typed_cache.decoration import handles_of

__all__ = ["cached_named", "found"]

_GENERATED: Final = "<typed_cache "
"""How the file of a wrapper begins."""


def cached_named(target: str) -> CachedCallable:
    """Return the cached function that `module:name.name` names.

    Raises:
        UsageError: There is nothing there, or nothing that keeps entries.
    """
    named = found(target)
    cached = handles_of(named) if callable(named) else None
    if cached is None and _is_generated(named):
        raise UsageError(
            f"{target} invalidates, and keeps no entry of its own. "
            "Name the cached function that fills its key."
        )
    if cached is None:
        raise UsageError(f"{target} is not cached: @Cache did not decorate it.")
    if not cached.args and _takes_self(cached):
        raise UsageError(f"{target} is a method. Name it on an instance: {_on_instance(target)}")
    return cached


def found(name: str) -> object:
    """Return what `module:name.name` names; a cached property is not called.

    Raises:
        UsageError: There is nothing of that name.
    """
    module_name, colon, path = name.partition(":")
    if not (module_name and colon and path):
        raise UsageError(f"{name!r} names no function: write module:function, as in app.users:get_user.")
    owner = _module(module_name)
    *owners, last = path.split(".")
    try:
        for part in owners:
            owner = getattr(owner, part)
        return _cached_getter(owner, last) or getattr(owner, last)
    except AttributeError as error:
        raise UsageError(f"{name}: {error}.") from error


def _module(name: str) -> object:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if not f"{name}.".startswith(f"{error.name}."):
            raise  # it is there, and misses something itself
        raise UsageError(f"{name} cannot be imported: {error}.") from error


def _cached_getter(owner: object, name: str) -> Callable[..., object] | None:
    """The cached function behind a property, bound as the property would call it."""
    held = inspect.getattr_static(owner if isinstance(owner, type) else type(owner), name, None)
    if held is None or callable(held):
        return None
    getter = getattr(held, "fget", None) or getattr(held, "func", None)  # as cached_property calls it
    if not callable(getter) or handles_of(getter) is None:
        return None
    return getter if isinstance(owner, type) else MethodType(getter, owner)


def _is_generated(function: object) -> bool:
    """Whether the decorator made it, or something that stands below it."""
    while function is not None:
        code = getattr(function, "__code__", None)
        if getattr(code, "co_filename", "").startswith(_GENERATED):
            return True
        function = getattr(function, "__wrapped__", None)
    return False


def _takes_self(cached: Callable[..., object]) -> bool:
    first = next(iter(inspect.signature(cached).parameters), "")
    return first == "self" and "." in getattr(cached, "__qualname__", "")


def _on_instance(target: str) -> str:
    module, _, path = target.partition(":")
    return f"{module}:an_instance.{path.rpartition('.')[2]}"
