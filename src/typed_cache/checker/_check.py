"""`typed-cache check`: find wrong keys in source, without importing it."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from typed_cache.checker._colour import add_colour, wants_colour
from typed_cache.checker._commands import CLEAN, FINDINGS, UsageError
from typed_cache.checker._format_text import as_coloured_text, as_text
from typed_cache.checker._output import speak_utf8
from typed_cache.checker._parallel import check_all
from typed_cache.checker._progress import Progress
from typed_cache.checker._report import FORMATS
from typed_cache.checker._result import Result
from typed_cache.checker._rule_names import rule_named
from typed_cache.checker._settings import Settings, settings_below
from typed_cache.checker._sources import python_files

__all__ = ["configure", "run"]

_EXAMPLES: Final = """\
examples:
  typed-cache check src/ tests/
  typed-cache check --ignore TC004,TC005 app.py
  typed-cache check --format sarif . > typed-cache.sarif

A line is silenced by `# noqa: TC004` on the decorator or its function. The same settings stand in
pyproject.toml, here or further up, as select, ignore and exclude of [tool.typed-cache].

exit status: 0 nothing found, 1 something found or a file that cannot be checked, 2 wrong usage"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `check`."""
    parser.description = "Find wrong keys in source. It is parsed, and never imported or run."
    parser.epilog = _EXAMPLES
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a Python file, or a folder of them")
    parser.add_argument("--format", choices=list(FORMATS), default="text", help="how to write what was found")
    parser.add_argument(
        "--select", type=_codes, metavar="RULES", help="only these, by code or name: TC001,TC002"
    )
    parser.add_argument("--ignore", type=_codes, metavar="RULES", help="all rules but these")
    parser.add_argument("--exclude", action="append", metavar="PATTERN", help="leave out: gen, src/*_pb2.py")
    parser.add_argument("--jobs", type=_jobs, metavar="N", help="processes; by default as many as pay")
    add_colour(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check the paths, and write what was found to standard output."""
    missing = [repr(path) for path in arguments.paths if not os.path.exists(path)]
    if missing:
        raise UsageError(f"there is no file or folder {', '.join(missing)}.")
    settings = _settings(arguments)
    files, unlisted = python_files(arguments.paths, settings.exclude)
    if not files and not unlisted:
        paths = ", ".join(map(repr, arguments.paths))
        sys.stderr.write(f"typed-cache: nothing to check: no Python file in {paths} that exclude= leaves.\n")
    with Progress(sys.stderr) as progress:
        part = check_all(files, unlisted, arguments.jobs, progress)
    findings = tuple(finding for finding in part.findings if finding.code in settings.codes)
    result = Result(findings, part.unreadable, len(files))
    _write(result, arguments.format, arguments.color)
    return CLEAN if result.is_clean else FINDINGS


def _settings(arguments: argparse.Namespace) -> Settings:
    settings = settings_below(Path.cwd())
    if arguments.select is not None:
        settings = replace(settings, ignore=())  # what is asked for by name is not left out by the project
    given = {name: getattr(arguments, name) for name in ("select", "ignore", "exclude")}
    return replace(settings, **{name: tuple(value) for name, value in given.items() if value is not None})


def _write(result: Result, name: str, color: str) -> None:
    if name != "text":
        speak_utf8(sys.stdout)
        sys.stdout.write(FORMATS[name](result))
    elif wants_colour(color, sys.stdout):
        sys.stdout.write(as_coloured_text(result))
    else:
        sys.stdout.write(as_text(result))


def _codes(text: str) -> tuple[str, ...]:
    return tuple(rule_named(word.strip()).code for word in text.split(",") if word.strip())


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes: give 1 or more")
    return int(text)
