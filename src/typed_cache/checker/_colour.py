"""This is where it is decided whether a command's text is coloured."""

import argparse
import os
from typing import TextIO

__all__ = ["add_colour", "wants_colour"]


def add_colour(parser: argparse.ArgumentParser) -> None:
    """Add `--color`; the answer stands in `arguments.color`."""
    parser.add_argument(
        "--color", choices=["auto", "always", "never"], default="auto", help="of the text format"
    )


def wants_colour(choice: str, stream: TextIO) -> bool:
    """Return whether to colour what goes to `stream`: by default on a terminal, unless NO_COLOR says no."""
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR")
