"""This is where the command line is read and handed to a subcommand."""

import argparse
import errno
import io
import os
import sys
from collections.abc import Sequence
from typing import Final

from typed_cache.checker._commands import COMMANDS, USAGE, Command, UsageError
from typed_cache.checker._help import top_parser

__all__ = ["main"]

# A shell's own: 128 and the number of the signal that would have ended the command.
_INTERRUPTED: Final = 130
_READER_GONE: Final = 141

_UNWRITABLE: Final = frozenset({errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""How writing to standard output fails; failures about a file, which name it, are not meant."""


class _ParserStopped(Exception):  # noqa: N818  # it may have done what it was asked for, such as --help
    """The parser of the command line ended the command, with this exit status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def main(argv: Sequence[str] | None = None) -> int:
    """Run `typed-cache` with these arguments, by default those of the process; return the exit status.

    >>> main(["explain", "TC002"])  # doctest: +ELLIPSIS
    TC002 unknown-parameter
    ...
    0
    """
    if not _can_speak():
        return USAGE
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        status = _dispatched(arguments)
        sys.stdout.flush()
    except _ParserStopped as stopped:
        return stopped.status
    except UsageError as error:
        sys.stderr.write(f"typed-cache: {error}\n")
        return USAGE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        if error.errno not in _UNWRITABLE or error.filename is not None:
            raise
        return _unwritten(error)
    return status


def _can_speak() -> bool:
    """Prepare standard output and standard error; say so where there is no output to write to."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as long as the process
    if sys.stdout is None:
        sys.stderr.write(
            "typed-cache: standard output is closed. For the exit status alone, send it to /dev/null.\n"
        )
        return False
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # it may have no characters for a key: those are escaped
            stream.reconfigure(errors="backslashreplace")
    return True


def _dispatched(arguments: Sequence[str]) -> int:
    if not arguments:
        top_parser().print_help(sys.stderr)
        return USAGE
    command = COMMANDS.get(arguments[0])
    if command is None:
        _parsed(top_parser(), arguments)
        raise UsageError("write the command first, its options behind it.")
    return _run(arguments[0], command, arguments[1:])


def _run(name: str, command: Command, arguments: Sequence[str]) -> int:
    subcommand = command.load()
    parser = argparse.ArgumentParser(
        prog=f"typed-cache {name}", formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    subcommand.configure(parser)
    return subcommand.run(_parsed(parser, arguments))


def _parsed(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> argparse.Namespace:
    """Parse; `SystemExit` is argparse's here, and anywhere else an application's."""
    try:
        return parser.parse_args(arguments)
    except SystemExit as stopped:
        sys.stdout.flush()
        raise _ParserStopped(stopped.code if isinstance(stopped.code, int) else USAGE) from stopped


def _unwritten(error: OSError) -> int:
    """Leave what is not yet written, so that nothing fails on it again at exit; return the exit status."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    if error.errno == errno.EPIPE:
        return _READER_GONE  # who has seen enough need not be told
    sys.stderr.write(f"typed-cache: standard output cannot be written: {error.strerror}.\n")
    return USAGE
