"""This is how the commands that look at one call answer, and what they say when there is no answer."""

import asyncio
import functools
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from typed_cache.checker._commands import CLEAN, FINDINGS
from typed_cache.checker._runtime_application import failures_of, prints_apart
from typed_cache.checker._runtime_call import RuntimeCall, call_from
from typed_cache.clients._ram_store import RamStore
from typed_cache.errors import BackendError

__all__ = ["Answer", "answered", "missed", "note_if_private"]


@final
@dataclass(frozen=True, slots=True)
class Answer:
    """What a command writes to standard output and to standard error, and its exit status."""

    out: str = ""
    err: str = ""
    status: int = CLEAN


def answered(answer: Callable[[RuntimeCall], Answer]) -> Callable[[Namespace], int]:
    """Make a subcommand's `run` of a function that answers about a call.

    Nothing is written before the application has done its part, and its event loop is closed.
    """

    @functools.wraps(answer)
    def run(arguments: Namespace) -> int:
        with prints_apart(), asyncio.Runner() as runner:
            told = _told(answer, call_from(arguments, runner))
        sys.stdout.write(told.out)
        sys.stderr.write(told.err)
        return told.status

    return run


def _told(answer: Callable[[RuntimeCall], Answer], call: RuntimeCall) -> Answer:
    with failures_of(f"the client of {call.cached.__module__}.{call.cached.__qualname__}"):
        try:
            return answer(call)
        except BackendError as error:
            reason = str(error)
        except OSError as error:  # of a client of somebody's own, which has no words of ours
            reason = f"{type(error).__qualname__}: {error}"
        return Answer(err=f"no answer from the client: {reason}\n", status=FINDINGS)


def missed(call: RuntimeCall, reason: str, shown: str = "") -> Answer:
    """Say why there is no value, below what can be shown nevertheless."""
    return Answer(shown, f"no entry under {call.key} ({reason})\n{note_if_private(call)}", FINDINGS)


def note_if_private(call: RuntimeCall) -> str:
    """Say so where entries cannot be those of the running application."""
    if _is_private(call.store):
        return "its client keeps entries in the memory of one process, and this is a new one\n"
    return ""


def _is_private(store: object) -> bool:
    return isinstance(store, RamStore)
