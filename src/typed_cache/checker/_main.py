"""This is where the command line is read and handed to a subcommand."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from typing import Final

from typed_cache.checker._commands import COMMANDS, USAGE, Command, UsageError

__all__ = ["main"]

_INTERRUPTED: Final = 130
_EXAMPLES: Final = """\
examples:
  typed-cache check src/                    every wrong key below src/
  typed-cache check --format github .       the same, as annotations of a pull request
  typed-cache explain TC004                 what the rule means, and how to silence it
  typed-cache map --format html src/ > keys.html
                                            who reads and invalidates which key, as a picture
  typed-cache key app.users:get_user 42     the key of that call
  typed-cache show --setup app.caches:configure app.users:get_user 42
                                            its entry, from the clients that the application registers

exit status: 0 nothing found, 1 something found, 2 wrong usage"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `typed-cache` with these arguments, by default those of the process; return the exit status.

    >>> main(["explain", "TC002"])  # doctest: +ELLIPSIS
    TC002 unknown-parameter
    ...
    0
    """
    _write_anything()
    arguments = list(sys.argv[1:] if argv is None else argv)
    command = COMMANDS.get(arguments[0]) if arguments else None
    try:
        if command is None:
            parser = _top_parser()
            parser.parse_args(arguments or ["--help"])
            return USAGE
        return _run(arguments[0], command, arguments[1:])
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else 0
    except UsageError as error:
        sys.stderr.write(f"typed-cache: {error}\n")
        return USAGE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing more is flushed to it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _write_anything() -> None:
    """Escape what a terminal or a pipe has no characters for, in place of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(name: str, command: Command, arguments: Sequence[str]) -> int:
    subcommand = command.load()
    parser = argparse.ArgumentParser(
        prog=f"typed-cache {name}", formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    subcommand.configure(parser)
    status = subcommand.run(parser.parse_args(arguments))
    sys.stdout.flush()
    return status


def _top_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="typed-cache",
        description="Find out about cache keys before a program runs, and about entries while it does.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"typed-cache {_version()}")
    subcommands = parser.add_subparsers(title="subcommands", metavar="subcommand", required=True)
    for name, command in COMMANDS.items():
        subcommands.add_parser(name, help=command.summary, add_help=False)
    return parser


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415  # slow to load, and seldom asked for

    return version("typed-cache-client")
