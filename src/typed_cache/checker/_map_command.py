"""`typed-cache map`: who reads, writes and invalidates which key."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from typed_cache.checker._commands import CLEAN, FINDINGS, UsageError
from typed_cache.checker._index import index_of
from typed_cache.checker._map import KeyMap, key_map
from typed_cache.checker._map_graphs import as_dot, as_mermaid
from typed_cache.checker._map_html import as_html
from typed_cache.checker._map_json import as_json
from typed_cache.checker._map_text import as_text
from typed_cache.checker._project import Project
from typed_cache.checker._settings import settings_below

__all__ = ["configure", "run"]

_FORMATS: Final[Mapping[str, Callable[[KeyMap], str]]] = {
    "text": as_text,
    "json": as_json,
    "mermaid": as_mermaid,
    "dot": as_dot,
    "html": as_html,
}

_EXAMPLES: Final = """\
examples:
  typed-cache map src/
  typed-cache map --format html --output keys.html src/
  typed-cache map --format dot src/ | dot -Tsvg > keys.svg

Below the table stands what to look at: entries that nothing invalidates and that never expire, functions
that invalidate a key that none fills, and templates that differ only in a parameter's name.

exit status: 0 drawn, 1 drawn without the files that cannot be read, 2 wrong usage"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `map`."""
    parser.description = (
        "Draw who reads, writes and invalidates which key. The source is parsed, never imported."
    )
    parser.epilog = _EXAMPLES
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a Python file, or a folder of them")
    parser.add_argument("--format", choices=list(_FORMATS), default="text", help="how to draw it")
    parser.add_argument("--output", metavar="FILE", help="write it there, in UTF-8")
    parser.add_argument("--exclude", action="append", metavar="PATTERN", help="leave out, below a folder")


def run(arguments: argparse.Namespace) -> int:
    """Draw the map of the paths."""
    for path in arguments.paths:
        if not Path(path).exists():
            raise UsageError(f"there is no file or folder {path!r}.")
    exclude = arguments.exclude or settings_below(Path.cwd()).exclude
    found = key_map(index_of(Project.of(arguments.paths, exclude)))
    text = _FORMATS[arguments.format](found)
    if arguments.output is None:
        sys.stdout.write(text)
    else:
        _write(arguments.output, text)
    for fault in found.unreadable:
        sys.stderr.write(f"{fault}\n")
    return FINDINGS if found.unreadable else CLEAN


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from error
