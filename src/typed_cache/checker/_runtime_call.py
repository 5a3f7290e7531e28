"""This is one call of a cached function, as `typed-cache key` and its siblings are told it."""

import argparse
import asyncio
import inspect
import sys
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

from typed_cache._cached_callable import CachedCallable
from typed_cache.checker._commands import UsageError
from typed_cache.checker._runtime_application import failures_of
from typed_cache.checker._runtime_arguments import arguments_from
from typed_cache.checker._runtime_target import cached_named, found
from typed_cache.client import AsyncEntryStore, EntryStore
from typed_cache.errors import ClientNotFoundError

__all__ = ["EXIT_STATUS", "RuntimeCall", "call_from", "configure"]

EXIT_STATUS: Final = (
    "exit status: 0 done, 1 no entry or no answer, 2 wrong usage or an application that fails"
)
_SETUP: Final = "--setup"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that name a call."""
    parser.usage = "%(prog)s [-h] [--setup MODULE:FUNCTION] MODULE:FUNCTION [ARGUMENT ...]"
    parser.add_argument(_SETUP, metavar="MODULE:FUNCTION", help="call it first: it registers the clients")
    # One argument for both: of two, the first would swallow a `--` that is meant for the second.
    parser.add_argument(
        "call",
        metavar="MODULE:FUNCTION [ARGUMENT ...]",
        nargs=argparse.REMAINDER,
        help="the cached function, and what it is called with: app.users:get_user 42 --verbose --lang=de",
    )


@final
@dataclass(frozen=True, slots=True)
class RuntimeCall:
    """A cached function and the arguments of a call."""

    cached: CachedCallable
    arguments: inspect.BoundArguments
    setup: str | None
    runner: asyncio.Runner
    """One event loop for all: a connection that was opened on one cannot be used on another."""

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
            is_unset = self.setup is None and not error.registered
            remedy = " Or name a function that does so: --setup app.caches:configure" if is_unset else ""
            raise UsageError(f"{error}{remedy}") from error

    def asked(self, answer: object) -> object:
        """The answer of a store, awaited where it is a coroutine."""
        return _awaited(answer, self.runner)


def call_from(arguments: argparse.Namespace, runner: asyncio.Runner) -> RuntimeCall:
    """Import the application, set it up, and read the call.

    Raises:
        UsageError: Something that was named is not there or fails, or the arguments do not fit.
    """
    if not arguments.call:
        raise UsageError("name a cached function, as in app.users:get_user.")
    target, *behind = arguments.call
    setup, words = _without_setup(arguments.setup, behind)
    sys.path.insert(0, str(Path.cwd()))
    if setup is not None:
        with failures_of(f"{_SETUP} {setup}"):
            _set_up(setup, runner)
    with failures_of(target):
        cached = cached_named(target)
        call = RuntimeCall(cached, arguments_from(words, cached.__wrapped__), setup, runner)
        call.key  # noqa: B018  # built now, so that a value without a text is wrong usage
    return call


def _without_setup(setup: str | None, words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take `--setup` out of the words behind the function, where one looks for it too.

    Where it stands in front as well, the one behind is an argument of the function.
    """
    left = list(words)
    if setup is not None:
        return setup, left
    ours = left[: left.index("--")] if "--" in left else left
    for index, word in enumerate(ours):
        if word.startswith(f"{_SETUP}="):
            return word.removeprefix(f"{_SETUP}="), left[:index] + left[index + 1 :]
        if word == _SETUP and index + 1 < len(ours):
            return left[index + 1], left[:index] + left[index + 2 :]
    return None, left


def _set_up(name: str, runner: asyncio.Runner) -> None:
    function = found(name)
    if not callable(function):
        raise UsageError(f"{_SETUP} {name}: it is no function.")
    _awaited(function(), runner)


def _awaited(answer: object, runner: asyncio.Runner) -> object:
    return runner.run(_result_of(answer)) if inspect.isawaitable(answer) else answer


async def _result_of(answer: Awaitable[object]) -> object:
    return await answer
