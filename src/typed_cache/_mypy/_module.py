"""This is the module that mypy is checking, and what is worth finding out only once about it."""

from typing import final

from mypy.checker import TypeChecker

from typed_cache._mypy._constants import Constants
from typed_cache._mypy._readers import Readers
from typed_cache._mypy._state import State

__all__ = ["Module"]


@final
class Module:
    """One module under one checker.

    `tree` is the module's syntax; a module that has been read again has another one.
    """

    def __init__(self, checker: TypeChecker) -> None:
        self.checker = checker
        self.tree = checker.tree
        self.constants = Constants(checker.tree)
        self.state = State(checker)
        self.readers = Readers()

    def is_of(self, checker: TypeChecker) -> bool:
        """Whether this is still what the checker checks."""
        return checker is self.checker and checker.tree is self.tree
