"""This is what a check found out, ready to be written in any format."""

import os
from dataclasses import dataclass
from pathlib import PurePath
from typing import final

from typed_cache.checker._findings import Finding
from typed_cache.checker._sources import Unreadable

__all__ = ["Result", "shown"]


@final
@dataclass(frozen=True, slots=True)
class Result:
    """The findings in the order of files and lines, what could not be read, and how many files there were."""

    findings: tuple[Finding, ...]
    unreadable: tuple[Unreadable, ...]
    files: int

    @property
    def is_clean(self) -> bool:
        """Whether every file could be checked, and nothing is wrong."""
        return not self.findings and not self.unreadable


def shown(path: str) -> str:
    """A path relative to the working directory, where it lies below, with slashes.

    >>> shown("src/../app.py")
    'app.py'
    """
    relative = os.path.relpath(path)
    return PurePath(path if relative.startswith("..") else relative).as_posix()
