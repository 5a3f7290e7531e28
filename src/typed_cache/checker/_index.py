"""This is the index of the source given: its modules, its uses of `Cache`, and what could not be read.

project = Project.of(["src/"])
index = index_of(project)
for use in index.uses: ...
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from typed_cache.checker._project import Project
from typed_cache.checker._sources import Unreadable
from typed_cache.checker._uses import CacheUse, uses_in

__all__ = ["Index", "index_of"]


@final
@dataclass(frozen=True, slots=True)
class Index:
    """Every use of `Cache` in a project, in the order of its files and their text."""

    project: Project
    uses: tuple[CacheUse, ...]
    unreadable: tuple[Unreadable, ...]


def index_of(project: Project, files: Sequence[str] | None = None) -> Index:
    """Index a project, or some of its files; see `Project.of`."""
    uses = tuple(use for module in project.modules(files) for use in uses_in(module, project))
    return Index(project, uses, tuple(project.unreadable))
