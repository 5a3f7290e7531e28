"""This is a result for people: place, problem, the template with carets, the remedy."""

from typed_cache.checker._findings import Finding
from typed_cache.checker._result import Result, shown
from typed_cache.checker._sources import Unreadable

__all__ = ["as_text", "in_colour"]


def as_text(result: Result) -> str:
    """Write one block for each finding, and a summary."""
    blocks = [*map(_unread, result.unreadable), *map(_block, result.findings)]
    return "".join(f"{block}\n" for block in (*blocks, _summary(result)))


def in_colour(text: str) -> str:
    """Colour what `as_text` wrote: places bold, codes red, carets red, the rest as it is."""
    return "".join(map(_coloured, text.splitlines(keepends=True)))


def _unread(fault: Unreadable) -> str:
    place = shown(fault.path) if fault.line is None else f"{shown(fault.path)}:{fault.line}"
    return f"{place}: cannot be checked: {fault.reason}\n"


def _block(finding: Finding) -> str:
    place = f"{shown(finding.path)}:{finding.line}:{finding.column}"
    lines = [
        f"{place}: {finding.headline}",
        *(f"    {line}" for line in finding.excerpt),
        f"  {finding.remedy}",
    ]
    return "\n".join(lines) + "\n"


def _summary(result: Result) -> str:
    files = _counted(result.files, "file")
    unread = len(result.unreadable)
    behind = f" {unread} could not be checked." if unread else ""
    if not result.findings:
        return f"No problems found in {files}.{behind}"
    wrong = len({finding.path for finding in result.findings})
    return f"Found {_counted(len(result.findings), 'problem')} in {wrong} of {files}.{behind}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


_BOLD, _RED, _GREEN, _PLAIN = "\x1b[1m", "\x1b[1;31m", "\x1b[32m", "\x1b[0m"


def _coloured(line: str) -> str:
    body = line.rstrip("\n")
    end = line[len(body) :]
    place, separator, rest = body.partition(": ")
    if body.startswith("    ") and body.strip(" ^") == "" and body.strip():
        return f"{_RED}{body}{_PLAIN}{end}"
    if body.startswith("No problems"):
        return f"{_GREEN}{body}{_PLAIN}{end}"
    if separator and not body.startswith(" "):
        code, _, words = rest.partition(" ")
        return f"{_BOLD}{place}{_PLAIN}: {_RED}{code}{_PLAIN} {words}{end}"
    return line
