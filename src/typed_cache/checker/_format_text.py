"""This is a result for people: place, problem, the template with carets, the remedy."""

from collections.abc import Callable
from typing import Final, TypeAlias

from typed_cache.checker._findings import Finding
from typed_cache.checker._result import Result, shown
from typed_cache.checker._sources import Unreadable
from typed_cache.template import printable

__all__ = ["as_coloured_text", "as_text"]

Paint: TypeAlias = Callable[[str, str], str]
_BOLD: Final = "1"
_RED: Final = "1;31"
_GREEN: Final = "32"


def as_text(result: Result) -> str:
    """Write one block for each finding, and a summary."""
    return _written(result, lambda text, _: text)


def as_coloured_text(result: Result) -> str:
    """Write the same: places bold, what is wrong and the carets red, good news green."""
    return _written(result, lambda text, colour: f"\x1b[{colour}m{text}\x1b[0m")


def _written(result: Result, paint: Paint) -> str:
    blocks = [
        *(_unread(fault, paint) for fault in result.unreadable),
        *(_block(finding, paint) for finding in result.findings),
    ]
    return "".join(f"{block}\n" for block in (*blocks, _summary(result, paint)))


def _unread(fault: Unreadable, paint: Paint) -> str:
    place = shown(fault.path) if fault.line is None else f"{shown(fault.path)}:{fault.line}"
    problem = paint("cannot be checked", _RED)
    return f"{paint(printable(place), _BOLD)}: {problem}: {printable(fault.reason)}\n"


def _block(finding: Finding, paint: Paint) -> str:
    place = printable(f"{shown(finding.path)}:{finding.line}:{finding.column}")
    problem = printable(finding.headline.removeprefix(finding.code))
    lines = [
        f"{paint(place, _BOLD)}: {paint(finding.code, _RED)}{problem}",
        *(f"    {_excerpt(line, paint)}" for line in finding.excerpt),
        f"  {printable(finding.remedy)}",
    ]
    return "\n".join(lines) + "\n"


def _excerpt(line: str, paint: Paint) -> str:
    carets = line.lstrip(" ")
    if carets.strip("^"):
        return printable(line)
    return " " * (len(line) - len(carets)) + paint(carets, _RED)


def _summary(result: Result, paint: Paint) -> str:
    files = _counted(result.files, "file")
    unread = len(result.unreadable)
    behind = f" {unread} could not be checked." if unread else ""
    if not result.findings:
        return paint(f"No problems found in {files}.", _GREEN) + behind
    wrong = len({finding.path for finding in result.findings})
    return f"Found {_counted(len(result.findings), 'problem')} in {wrong} of {files}.{behind}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
