"""This is the module that mypy is checking, and what is worth finding out only once about it."""

from collections.abc import Mapping
from typing import final

from mypy.checker import TypeChecker

from typed_cache._mypy._evidence import Evidence
from typed_cache._mypy._neighbours import Neighbours
from typed_cache._mypy._plainly_right import PlainlyRight
from typed_cache._mypy._readers import Readers
from typed_cache._mypy._state import State
from typed_cache._mypy._told import Known
from typed_cache._mypy._triggers import Shown, depend_on_neighbours

__all__ = ["Module"]


@final
class Module:
    """One module under one checker.

    `tree` is the module's syntax; a module that has been read again has another one.
    """

    def __init__(self, checker: TypeChecker, neighbours: Neighbours) -> None:
        self.checker = checker
        self.tree = checker.tree
        self.state = State(checker)
        self.readers = Readers()
        self.plainly_right = PlainlyRight(self.state, self.readers)
        self.known = Known(checker.tree)
        self._neighbours = neighbours
        self._accused = self._ask_neighbours()
        options = checker.options
        is_daemon = options.cache_fine_grained or options.fine_grained_incremental
        self.evidence = Evidence(checker, is_daemon=is_daemon)
        self.shown = Shown(checker) if is_daemon else None
        if self.shown is not None:
            depend_on_neighbours(checker.tree, neighbours)

    def accused_at(self, line: int) -> str | None:
        """What is wrong with the key of the decorator in a line, beside those of other modules."""
        if self.shown is not None:  # the daemon comes back to a module when a neighbour has changed
            self._accused = self._ask_neighbours()
        return self._accused.get(line)

    def _ask_neighbours(self) -> Mapping[int, str]:
        return self._neighbours.accused(self.tree.fullname, self.tree.path)
