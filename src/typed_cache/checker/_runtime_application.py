"""This is where code of an application runs inside the command: what it prints and raises stays apart.

The answer of a command is all that stands on standard output, so that a script can read it.
"""

import contextlib
import importlib
import os
import sys
import traceback
from asyncio import __file__ as _asyncio_file
from collections.abc import Generator
from typing import Final

from typed_cache.checker._commands import UsageError
from typed_cache.errors import DecorationError, KeyTemplateError, SerializerNotFoundError

__all__ = ["failures_of", "prints_apart"]

_TELLING: Final = (KeyTemplateError, DecorationError, SerializerNotFoundError)
"""Errors of the library that name the function and the remedy; frames add nothing to them."""


def _folder_of(path: str) -> str:
    return os.path.dirname(os.path.abspath(path)) + os.sep


_NOT_THEIRS: Final = (
    _folder_of(os.path.dirname(__file__)),
    _folder_of(_asyncio_file),
    _folder_of(importlib.__file__),
    "<frozen importlib",
    "<typed_cache ",
)
"""How the names of files begin whose frames say nothing about the application."""


@contextlib.contextmanager
def prints_apart() -> Generator[None]:
    """Send what the application prints to standard error."""
    with contextlib.redirect_stdout(sys.stderr):
        yield


@contextlib.contextmanager
def failures_of(what: str) -> Generator[None]:
    """Make what the application raises wrong usage, told with its own frames.

    Raises:
        UsageError: It raised something, or ended the program.
    """
    try:
        yield
    except UsageError:
        raise
    except _TELLING as error:
        raise UsageError(str(error)) from error
    except SystemExit as stopped:
        raise UsageError(f"{what} ended the program: {_last_word(stopped)}") from stopped
    except Exception as error:  # whatever it is, the application's own author reads it
        raise UsageError(f"{what} failed in the application.\n{_in_their_frames(error)}") from error


def _last_word(stopped: SystemExit) -> str:
    return stopped.code if isinstance(stopped.code, str) else f"exit status {stopped.code or 0}"


def _in_their_frames(error: Exception) -> str:
    told = traceback.TracebackException.from_exception(error)
    _leave_out_ours(told)
    lines = told.format() if told.stack else told.format_exception_only()
    return "".join(lines).rstrip()


def _leave_out_ours(told: traceback.TracebackException) -> None:
    theirs = [frame for frame in told.stack if not frame.filename.startswith(_NOT_THEIRS)]
    told.stack = traceback.StackSummary.from_list(theirs)
    for other in (told.__cause__, told.__context__, *(told.exceptions or ())):
        if other is not None:
            _leave_out_ours(other)
