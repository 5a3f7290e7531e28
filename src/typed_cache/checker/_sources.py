"""This is where source files are found and read; what cannot be read is named, and the rest goes on."""

import ast
import fnmatch
import os
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

from typing_extensions import override

__all__ = ["Unreadable", "parsed", "python_files", "read_source"]


@final
@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or folder that could not be checked, and why.

    >>> str(Unreadable("app/users.py", "'(' was never closed", 14))
    "app/users.py:14: cannot be checked: '(' was never closed"
    """

    path: str
    reason: str
    line: int | None = None

    @override
    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: cannot be checked: {self.reason}"


_SKIPPED: Final = frozenset(
    {"__pycache__", "__pypackages__", "build", "dist", "node_modules", "site-packages"}
)


def python_files(paths: Sequence[str], exclude: Sequence[str] = ()) -> tuple[list[str], list[Unreadable]]:
    """Return the Python files at and below `paths`, each once, and what could not be listed.

    Below a folder, hidden folders, virtual environments and build output are left out, and so is what
    `exclude` (patterns as in a shell) matches. A file that is named itself is always taken.
    """
    files: dict[str, None] = {}
    faults: list[Unreadable] = []
    for path in paths:
        if os.path.isdir(path):
            files.update(dict.fromkeys(_below(path, exclude, faults)))
        elif os.path.exists(path):
            files[os.path.normpath(path)] = None
        else:
            faults.append(Unreadable(path, "there is no such file or folder"))
    return list(files), faults


def _below(folder: str, exclude: Sequence[str], faults: list[Unreadable]) -> Iterator[str]:
    def note(error: OSError) -> None:
        faults.append(Unreadable(str(error.filename), error.strerror or str(error)))

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not _is_skipped(parent, name, exclude))
        for name in sorted(names):
            path = os.path.normpath(os.path.join(parent, name))
            if name.endswith(".py") and not _matches(path, exclude):
                yield path


def _is_skipped(parent: str, name: str, exclude: Sequence[str]) -> bool:
    path = os.path.join(parent, name)
    return (
        name.startswith(".")
        or name in _SKIPPED
        or _matches(os.path.normpath(path), exclude)
        or os.path.exists(os.path.join(path, "pyvenv.cfg"))
    )


def _matches(path: str, patterns: Sequence[str]) -> bool:
    shown = Path(path).as_posix()
    return any(
        fnmatch.fnmatch(shown, pattern) or fnmatch.fnmatch(shown, f"*/{pattern.rstrip('/')}")
        for pattern in patterns
    )


_COOKIE: Final = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.MULTILINE)
_HEAD: Final = 400
"""The bytes in which the two first lines, and so a coding cookie, are looked for."""


def read_source(path: str) -> str | Unreadable:
    """Return the text of a file, in UTF-8 or the encoding that it declares."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        return Unreadable(path, error.strerror or str(error))
    first_lines = b"\n".join(data[:_HEAD].split(b"\n", 2)[:2])
    cookie = _COOKIE.search(first_lines)
    encoding = cookie[1].decode("ascii") if cookie else "utf-8"
    try:
        text = data.decode("utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Unreadable(path, f"it is not {encoding.upper()} (byte 0x{data[error.start]:02x})", line)
    except LookupError:
        return Unreadable(path, f"Python knows no encoding {encoding!r}")
    return text


def parsed(path: str, text: str) -> ast.Module | Unreadable:
    """Return the syntax tree of a file; nothing in the file is run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the file's own SyntaxWarnings are not ours to give
            return ast.parse(text, path)
    except SyntaxError as error:
        return Unreadable(path, error.msg, error.lineno)
    except (ValueError, RecursionError, MemoryError) as error:
        return Unreadable(path, str(error) or "it is nested too deeply")
