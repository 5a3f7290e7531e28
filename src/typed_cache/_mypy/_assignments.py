"""This is which plain names of a module or class body are assigned once, and so are as good as constants."""

from collections.abc import Mapping, Sequence
from typing import final

from mypy.nodes import (
    AssignmentStmt,
    ClassDef,
    DelStmt,
    Expression,
    ForStmt,
    FuncDef,
    GlobalDecl,
    ListExpr,
    NameExpr,
    Node,
    OperatorAssignmentStmt,
    StarExpr,
    Statement,
    TupleExpr,
    WithStmt,
)

from typed_cache._mypy._walk import statements_of

__all__ = ["assigned_in"]


def assigned_in(body: Sequence[Statement], *, inside: bool = True) -> Mapping[str, Expression]:
    """Return the value of each name that is bound once in a body, by an assignment.

    Without `inside`, functions are taken to rebind nothing out here: to find that out, each is walked.
    """
    bindings = _Bindings(inside=inside)
    for statement in body:
        bindings.visit(statement)
    values = {name: found[0] for name, found in bindings.values.items() if len(found) == 1}
    return {name: value for name, value in values.items() if value is not None}


@final
class _Bindings:
    """Every binding of the names of one body; None where it is no plain assignment."""

    def __init__(self, *, inside: bool) -> None:
        self._inside = inside
        self.values: dict[str, list[Expression | None]] = {}

    def visit(self, node: Node) -> None:
        """Note what a statement of the body binds, and the statements inside it."""
        if isinstance(node, FuncDef | ClassDef | GlobalDecl):
            if self._inside:
                self._note_globals(node)
            return
        self._bound_by(node)
        for part in statements_of(node):
            self.visit(part)

    def _note_globals(self, node: Node) -> None:
        """Note what a function or a class binds out here, which only `global` does."""
        left = [node]
        while left:
            inner = left.pop()
            if isinstance(inner, GlobalDecl):
                for name in inner.names:
                    self._note(name, None)
            left += statements_of(inner)

    def _bound_by(self, node: Node) -> None:
        if isinstance(node, AssignmentStmt):
            for target in node.lvalues:
                self._bind(target, node.rvalue)
        elif isinstance(node, OperatorAssignmentStmt):
            self._bind(node.lvalue, None)
        elif isinstance(node, ForStmt):
            self._bind(node.index, None)
        elif isinstance(node, DelStmt):
            self._bind(node.expr, None)
        elif isinstance(node, WithStmt):
            for bound in node.target:
                if bound is not None:
                    self._bind(bound, None)

    def _bind(self, target: Expression, value: Expression | None) -> None:
        if isinstance(target, NameExpr):
            self._note(target.name, value)
        elif isinstance(target, TupleExpr | ListExpr):
            for item in target.items:
                self._bind(item, None)
        elif isinstance(target, StarExpr):
            self._bind(target.expr, None)

    def _note(self, name: str, value: Expression | None) -> None:
        self.values.setdefault(name, []).append(value)
