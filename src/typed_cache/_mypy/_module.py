"""This is the module that mypy is checking, and what is worth finding out only once about it."""

from collections.abc import Mapping, Sequence
from typing import final

from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, Context, Decorator
from mypy.plugin import FunctionContext
from mypy.types import Type

from typed_cache._mypy._bodies import Above, bodies_of
from typed_cache._mypy._evidence import Evidence
from typed_cache._mypy._neighbours import Neighbours
from typed_cache._mypy._plainly_right import PlainlyRight
from typed_cache._mypy._readers import Readers
from typed_cache._mypy._state import State
from typed_cache._mypy._told import Decorators
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
        options = checker.options
        is_daemon = options.cache_fine_grained or options.fine_grained_incremental
        self.evidence = Evidence(checker, is_daemon=is_daemon)
        self.state = State(checker)
        self.readers = Readers()
        bodies = list(bodies_of(checker.tree))
        self.decorators = Decorators(checker.tree, [call for body in bodies for call, _ in body])
        self._plainly_right = PlainlyRight(checker, self.evidence, self.state, self.readers, self.decorators)
        # The daemon is shown every key.
        self._new = {} if is_daemon else {call: body for body in bodies for call, _ in body}
        self._passed: set[Context] = set()
        self._neighbours = neighbours
        self._accused = self._ask_neighbours()
        self.shown = Shown(checker) if is_daemon else None
        if self.shown is not None:
            depend_on_neighbours(checker.tree, neighbours)

    def keep_told(self, context: FunctionContext) -> Type:
        """Keep what a call of `Cache` is told, where that is asked for again; return its type."""
        call = context.context
        if isinstance(call, CallExpr) and call in self._new:
            self._look_at(self._new[call])
        return context.default_return_type if call in self._passed else self.decorators.keep(context)

    def is_plainly_right(self, context: Context) -> bool:
        """Whether there is nothing to judge where a decorator meets its function."""
        return isinstance(context, Decorator) and context.decorators[0] in self._passed

    def accused_at(self, line: int) -> str | None:
        """What is wrong with the key of the decorator in a line, beside those of other modules."""
        if self.shown is not None:  # the daemon comes back to a module when a neighbour has changed
            self._accused = self._ask_neighbours()
        return self._accused.get(line)

    def _look_at(self, body: Sequence[Above]) -> None:
        for call, _ in body:
            self._new.pop(call, None)
        self._passed |= self._plainly_right.among(body)

    def _ask_neighbours(self) -> Mapping[int, str]:
        return self._neighbours.accused(self.tree.fullname, self.tree.path)
