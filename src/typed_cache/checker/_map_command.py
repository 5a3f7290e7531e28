"""`typed-cache map`: who reads, writes and invalidates which key."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from typed_cache.checker._colour import add_colour, wants_colour
from typed_cache.checker._commands import CLEAN, FINDINGS, UsageError
from typed_cache.checker._index import Index, index_of
from typed_cache.checker._map import KeyMap, key_map
from typed_cache.checker._map_graphs import as_dot, as_mermaid
from typed_cache.checker._map_html import as_html
from typed_cache.checker._map_json import as_json
from typed_cache.checker._map_text import as_text, in_colour
from typed_cache.checker._output import speak_utf8
from typed_cache.checker._parallel import without_collection
from typed_cache.checker._progress import Progress
from typed_cache.checker._project import Project
from typed_cache.checker._settings import settings_below
from typed_cache.template import printable

__all__ = ["configure", "run"]

_FORMATS: Final[Mapping[str, Callable[[KeyMap], str]]] = {
    "text": as_text,
    "json": as_json,
    "mermaid": as_mermaid,
    "dot": as_dot,
    "html": as_html,
}

_CHUNK: Final = 25
"""Files that are read between two steps of the progress bar."""

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
    add_colour(parser)


def run(arguments: argparse.Namespace) -> int:
    """Draw the map of the paths."""
    for path in arguments.paths:
        if not Path(path).exists():
            raise UsageError(f"there is no file or folder {path!r}.")
    exclude = arguments.exclude or settings_below(Path.cwd()).exclude
    project = Project.of(arguments.paths, exclude)
    with Progress(sys.stderr, doing="reading") as progress, without_collection():
        found = key_map(_index(project, progress))
        text = _drawn(found, arguments)
    if arguments.output is None:
        if arguments.format != "text":
            speak_utf8(sys.stdout)
        sys.stdout.write(text)
    else:
        _write(arguments.output, text)
    for fault in found.unreadable:
        sys.stderr.write(f"{printable(str(fault))}\n")
    return FINDINGS if found.unreadable else CLEAN


def _index(project: Project, progress: Progress) -> Index:
    """The index of a project, made in steps that a bar can show."""
    files = project.files
    parts: list[Index] = []
    for start in range(0, len(files), _CHUNK):
        parts.append(index_of(project, files[start : start + _CHUNK]))
        progress.step(min(start + _CHUNK, len(files)) / len(files))
    return Index(project, tuple(use for part in parts for use in part.uses), tuple(project.unreadable))


def _drawn(found: KeyMap, arguments: argparse.Namespace) -> str:
    to_terminal = arguments.format == "text" and arguments.output is None
    if to_terminal and wants_colour(arguments.color, sys.stdout):
        return as_text(found, in_colour)
    return _FORMATS[arguments.format](found)


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from error
