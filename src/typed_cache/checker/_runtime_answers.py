"""This is what the commands that ask a client say when it has no answer, or has none to give."""

import functools
import sys
from argparse import Namespace
from collections.abc import Callable

from typed_cache.checker._commands import FINDINGS
from typed_cache.checker._runtime_call import RuntimeCall
from typed_cache.clients._ram_store import RamStore
from typed_cache.errors import BackendError

__all__ = ["answered", "missed", "note_if_private"]


def answered(run: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
    """Make a failure of the backend a line on standard error and exit status 1."""

    @functools.wraps(run)
    def guarded(arguments: Namespace) -> int:
        try:
            return run(arguments)
        except BackendError as error:
            sys.stderr.write(f"no answer from the client: {error}\n")
            return FINDINGS

    return guarded


def missed(call: RuntimeCall, reason: str) -> int:
    """Say why there is no value; return the exit status."""
    sys.stderr.write(f"no entry under {call.key} ({reason})\n")
    note_if_private(call)
    return FINDINGS


def note_if_private(call: RuntimeCall) -> None:
    """Say so where entries cannot be those of the running application."""
    if _is_private(call.store):
        sys.stderr.write("its client keeps entries in the memory of one process, and this is a new one\n")


def _is_private(store: object) -> bool:
    return isinstance(store, RamStore)
