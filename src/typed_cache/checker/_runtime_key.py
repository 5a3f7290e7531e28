"""`typed-cache key`: the key that a call builds."""

import argparse
import sys

from typed_cache.checker._commands import CLEAN
from typed_cache.checker._runtime_call import EXIT_STATUS, call_from
from typed_cache.checker._runtime_call import configure as configure_call

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `key`."""
    parser.description = (
        "Print the key of a call, as the client gets it; without a client, the whole key. "
        "The application is imported."
    )
    parser.epilog = f"""\
examples:
  typed-cache key app.users:get_user 42 --verbose
  typed-cache key --setup app.caches:configure app.users:repository.get 42

{EXIT_STATUS}"""
    configure_call(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the key."""
    sys.stdout.write(f"{call_from(arguments).key}\n")
    return CLEAN
