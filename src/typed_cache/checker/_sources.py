"""This is where source files are found and read; what cannot be read is named, and the rest goes on."""

import ast
import codecs
import io
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from tokenize import detect_encoding
from typing import Final, final

from typing_extensions import override

from typed_cache.checker._exclusion import Exclusion

__all__ = ["Unreadable", "lines_of", "parsed", "python_files", "read_source"]


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

    What `exclude` matches is left out, named or found; see `Exclusion`. Below a folder, hidden folders,
    virtual environments and build output are left out too; a file there that is named itself is taken.
    """
    files: dict[str, None] = {}
    faults: list[Unreadable] = []
    excluded = Exclusion(exclude)
    for path in paths:
        if not os.path.exists(path):
            faults.append(Unreadable(path, "there is no such file or folder"))
        elif excluded.holds_for(path):
            continue
        elif os.path.isdir(path):
            files.update(dict.fromkeys(_below(path, excluded, faults)))
        else:
            files[os.path.normpath(path)] = None
    return list(files), faults


def _below(folder: str, excluded: Exclusion, faults: list[Unreadable]) -> Iterator[str]:
    def note(error: OSError) -> None:
        faults.append(Unreadable(str(error.filename), error.strerror or str(error)))

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not _is_skipped(parent, name, excluded))
        for name in sorted(names):
            if not name.endswith(".py") or excluded.matches(parent, name):
                continue
            path = os.path.normpath(os.path.join(parent, name))
            if os.path.isfile(path) or not os.path.exists(path):  # a link to nothing is named when it is read
                yield path
            else:
                faults.append(Unreadable(path, "it is no regular file"))


def _is_skipped(parent: str, name: str, excluded: Exclusion) -> bool:
    return (
        name.startswith(".")
        or name in _SKIPPED
        or excluded.matches(parent, name)
        or os.path.exists(os.path.join(parent, name, "pyvenv.cfg"))
    )


def read_source(path: str) -> str | Unreadable:
    """Return the text of a file, in UTF-8 or the encoding that it declares."""
    if path.endswith(".ipynb"):
        return Unreadable(path, "it is a notebook: `jupyter nbconvert --to script` makes a source file of it")
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        return Unreadable(path, error.strerror or str(error))
    encoding = ""
    try:
        encoding = _encoding(data)
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        name, byte = encoding.removesuffix("-sig").upper(), error.object[error.start]
        return Unreadable(path, f"it is not {name} (byte 0x{byte:02x})", line)
    except UnicodeError:  # each Python says it in its own words
        return Unreadable(path, f"its encoding {encoding!r} decodes nothing")
    except (SyntaxError, LookupError) as error:
        return Unreadable(path, str(error))


def _encoding(data: bytes) -> str:
    """The encoding that a file declares by a cookie or a byte order mark, as Python finds it.

    What is beyond ASCII in its first lines is hidden: they are in the encoding that is looked for.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    lines = data[len(mark) :].split(b"\n", 2)[:2]
    head = mark + b"\n".join(line.decode("ascii", "replace").encode("ascii", "replace") for line in lines)
    return detect_encoding(io.BytesIO(head).readline)[0]


def lines_of(text: str) -> list[str]:
    r"""Split a source into lines as Python counts them: neither a form feed nor U+2028 ends one.

    >>> lines_of("a\r\nb\x0cc\rd")
    ['a', 'b\x0cc', 'd']
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def parsed(path: str, text: str) -> ast.Module | Unreadable:
    """Return the syntax tree of a file; nothing in the file is run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the file's own SyntaxWarnings are not ours to give
            return ast.parse(text, path)
    except SyntaxError as error:
        read_as = (
            f" (read as Python {_PYTHON})" if error.lineno else ""
        )  # newer syntax is wrong to an older one
        return Unreadable(path, f"{error.msg}{read_as}", error.lineno)
    except ValueError as error:
        return Unreadable(path, str(error))
    except (RecursionError, MemoryError):
        return Unreadable(path, "it is nested too deeply")


_PYTHON: Final = ".".join(map(str, sys.version_info[:2]))
