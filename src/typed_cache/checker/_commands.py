"""This is the table of subcommands: a name, the module that runs it, and what it is for in a line.

A module of the table has `configure(parser)`, which adds its arguments, and `run(arguments) -> int`, which
returns the exit status. Only the module of the subcommand that was asked for is imported.
"""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Final, Protocol, cast, final

__all__ = ["CLEAN", "COMMANDS", "FINDINGS", "USAGE", "Command", "Subcommand", "UsageError"]

CLEAN: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2


class UsageError(Exception):
    """What was asked for cannot be done: the message says why, and the exit status is 2."""


class Subcommand(Protocol):
    """A module that runs a subcommand."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the arguments, a description and examples."""
        ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; return the exit status."""
        ...


@final
@dataclass(frozen=True, slots=True)
class Command:
    """A row of the table."""

    module: str
    summary: str

    def load(self) -> Subcommand:
        """Import the module that runs it."""
        module = import_module(f"typed_cache.checker.{self.module}")
        return cast("Subcommand", module)  # the tests hold every row to it


COMMANDS: Final[Mapping[str, Command]] = MappingProxyType(
    {
        "check": Command("_check", "find wrong keys in source, without importing it"),
        "explain": Command("_explain", "tell what a rule is about"),
        "map": Command("_map_command", "draw who reads, writes and invalidates which key"),
        "key": Command("_runtime_key", "print the key that a call builds"),
        "peek": Command("_runtime_peek", "print the cached value of a call"),
        "show": Command("_runtime_show", "show the entry of a call: age, freshness, fingerprint, size"),
        "invalidate": Command("_runtime_invalidate", "drop the entry of a call"),
    }
)
