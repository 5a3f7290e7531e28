"""This is one call of a cached function, as `typed-cache key` and its siblings are told it.

The application is imported here, which `check` and `map` never do.
"""

import argparse
import asyncio
import importlib
import inspect
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

from typed_cache._cached_callable import CachedCallable
from typed_cache.checker._commands import UsageError
from typed_cache.checker._runtime_arguments import arguments_from
from typed_cache.client import AsyncEntryStore, EntryStore
from typed_cache.decoration import handles_of
from typed_cache.errors import ClientNotFoundError, TypedCacheError

__all__ = ["EXIT_STATUS", "RuntimeCall", "asked", "call_from", "configure"]

EXIT_STATUS: Final = "exit status: 0 done, 1 no entry or no answer, 2 wrong usage"
_SETUP: Final = "--setup"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that name a call."""
    parser.add_argument(_SETUP, metavar="MODULE:FUNCTION", help="call it first: it registers the clients")
    parser.add_argument("target", metavar="MODULE:FUNCTION", help="the cached function: app.users:get_user")
    parser.add_argument(
        "words", metavar="ARGUMENT", nargs=argparse.REMAINDER, help="its arguments: 42 --verbose --lang=de"
    )


@final
@dataclass(frozen=True, slots=True)
class RuntimeCall:
    """A cached function and the arguments of a call."""

    cached: CachedCallable
    arguments: inspect.BoundArguments

    @property
    def key(self) -> str:
        """The key of the call, as the client gets it."""
        return self.cached.key_for(*self.arguments.args, **self.arguments.kwargs)

    @property
    def store(self) -> EntryStore[Any] | AsyncEntryStore[Any]:
        """Where its entry would be.

        Raises:
            UsageError: No client is registered.
        """
        try:
            return self.cached.store()
        except ClientNotFoundError as error:
            raise UsageError(
                f"{error} Or name a function that does so: --setup app.caches:configure"
            ) from error


def call_from(arguments: argparse.Namespace) -> RuntimeCall:
    """Import the application, set it up, and read the call.

    Raises:
        UsageError: Something that was named is not there, or the arguments do not fit.
    """
    setup, words = _without_setup(arguments.setup, arguments.words)
    sys.path.insert(0, str(Path.cwd()))
    try:
        if setup is not None:
            _set_up(setup)
        cached = _cached(arguments.target)
        call = RuntimeCall(cached, arguments_from(words, cached.__wrapped__))
        call.key  # noqa: B018  # built now, so that a value without a text is wrong usage
    except TypedCacheError as error:
        raise UsageError(str(error)) from error
    return call


def asked(answer: object) -> object:
    """The answer of a store, awaited where it is a coroutine."""
    if not inspect.isawaitable(answer):
        return answer
    return asyncio.run(_awaited(answer))


async def _awaited(answer: Awaitable[object]) -> object:
    return await answer


def _without_setup(setup: str | None, words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take `--setup` out of the words behind the function, where one looks for it too."""
    left = list(words)
    ours = left[: left.index("--")] if "--" in left else left
    for index, word in enumerate(ours):
        if word.startswith(f"{_SETUP}="):
            return word.removeprefix(f"{_SETUP}="), left[:index] + left[index + 1 :]
        if word == _SETUP and index + 1 < len(ours):
            return left[index + 1], left[:index] + left[index + 2 :]
    return setup, left


def _set_up(name: str) -> None:
    function = _found(name)
    if not callable(function):
        raise UsageError(f"{_SETUP} {name}: it is no function.")
    asked(function())


def _cached(target: str) -> CachedCallable:
    found = _found(target)
    cached = handles_of(found) if callable(found) else None
    if cached is None:
        raise UsageError(f"{target} is not cached: @Cache did not decorate it.")
    if not cached.args and _takes_self(cached):
        raise UsageError(f"{target} is a method. Name it on an instance: {_on_instance(target)}")
    return cached


def _found(name: str) -> object:
    """What `module:name.name` names."""
    module_name, colon, path = name.partition(":")
    if not (module_name and colon and path):
        raise UsageError(f"{name!r} names no function: write module:function, as in app.users:get_user.")
    try:
        found: object = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        raise UsageError(f"{module_name} cannot be imported: {error}.") from error
    for part in path.split("."):
        try:
            found = getattr(found, part)
        except AttributeError as error:
            raise UsageError(f"{name}: {error}.") from error
    return found


def _takes_self(cached: Callable[..., object]) -> bool:
    first = next(iter(inspect.signature(cached).parameters), "")
    return first == "self" and "." in getattr(cached, "__qualname__", "")


def _on_instance(target: str) -> str:
    module, _, path = target.partition(":")
    return f"{module}:an_instance.{path.rpartition('.')[2]}"
