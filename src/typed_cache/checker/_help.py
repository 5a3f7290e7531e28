"""This is the help of the whole command, and its version."""

import argparse
from typing import Final

from typed_cache._version import VERSION
from typed_cache.checker._commands import COMMANDS

__all__ = ["top_parser"]

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

`typed-cache COMMAND --help` tells about one of them.

exit status: 0 nothing found, 1 something found, 2 wrong usage"""


def top_parser() -> argparse.ArgumentParser:
    """Return what parses a command line that begins with no command."""
    parser = argparse.ArgumentParser(
        prog="typed-cache",
        usage="%(prog)s [-h] [--version] COMMAND ...",
        description="Find out about cache keys before a program runs, and about entries while it does.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {VERSION}", help="show the version and exit"
    )
    parser.add_argument_group(
        "commands", "\n".join(f"{name:12}{row.summary}" for name, row in COMMANDS.items())
    )
    parser.add_argument("command", metavar="COMMAND", choices=list(COMMANDS), help=argparse.SUPPRESS)
    return parser
