"""This is which files and folders the patterns of `exclude` leave out."""

import fnmatch
import glob
import os
import re
from collections.abc import Iterator, Sequence
from typing import final

__all__ = ["Exclusion", "anchored"]


def anchored(pattern: str, folder: str) -> str:
    """Return a pattern that says itself which folder it is meant for.

    One without a slash names files and folders at any depth below it, any other one a path from there.

    >>> anchored("*_pb2.py", "/app"), anchored("./src/generated/", "/app"), anchored("/app/src", "/")
    ('/app/**/*_pb2.py', '/app/src/generated', '/app/src')
    """
    written = pattern.replace(os.sep, "/")
    below = written if "/" in written.rstrip("/") else f"**/{written}"
    return _slashed(os.path.normpath(os.path.join(glob.escape(folder), below)))


@final
class Exclusion:
    """Patterns as in a shell, where `*` stands for slashes too and `**/` for any folders, or none.

    Those that `anchored` did not see are meant for the working directory.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        here = os.getcwd()
        spelled = (text for pattern in patterns for text in _spelled_out(anchored(pattern, here)))
        self._pattern = re.compile("|".join(map(fnmatch.translate, spelled))) if patterns else None

    def holds_for(self, path: str) -> bool:
        """Whether a path, or any folder that it lies in, is left out."""
        whole = _slashed(os.path.abspath(path))
        ends = (place.start() for place in re.finditer("/|$", whole))
        return self._pattern is not None and any(self._pattern.match(whole[:end]) for end in ends)

    def matches(self, parent: str, name: str) -> bool:
        """Whether what lies in a folder that is not left out is left out itself."""
        if self._pattern is None:
            return False
        return self._pattern.match(_slashed(os.path.join(os.path.abspath(parent), name))) is not None


def _spelled_out(pattern: str) -> Iterator[str]:
    """A pattern with folders, and without, for each `**/` in it: to `fnmatch` a `*` is any text."""
    before, marked, after = pattern.partition("/**/")
    if not marked:
        yield pattern
        return
    for rest in _spelled_out(after):
        yield f"{before}/{rest}"
        yield f"{before}/*/{rest}"


def _slashed(path: str) -> str:
    return path.replace(os.sep, "/")
