"""This is what a function's body reads besides its parameters: attributes of the receiver, `ContextVar`s.

Names are looked up here, not taken from the nodes: bodies may be looked at before mypy has analysed them.
"""

from collections.abc import Iterator, Sequence
from typing import Final, final

from mypy.checker import TypeChecker
from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    DelStmt,
    Expression,
    FuncDef,
    MemberExpr,
    MypyFile,
    NameExpr,
    Node,
    SymbolNode,
    TypeInfo,
    Var,
)
from mypy.types import Instance, Type, get_proper_type
from mypy.typevars import fill_typevars

from typed_cache._mypy._stability import is_record
from typed_cache._mypy._views import Place, identifies, view_of
from typed_cache._mypy._walk import parts_of
from typed_cache.template import AnnotationView, Missing, StateRead, Unknown

__all__ = ["reads_of"]

_CONTEXT_VARS: Final = frozenset({"contextvars.ContextVar", "_contextvars.ContextVar"})
_GET: Final = "get"


def reads_of(function: FuncDef, receiver: str | None, place: Place) -> Iterator[StateRead]:
    """Yield what the body reads and a key could name, each once, in the order of the text.

    An attribute counts where its type is one that tells calls apart, and its value is not the same for
    every instance: a number, a text, a date, an enum, a record of these; not a connection, a list of
    rows, a constant of the class.
    """
    body = _Reads()
    body.visit(function.body)
    own_names = {argument.variable.name for argument in function.arguments} | body.bound
    seen: set[str] = set()
    for line, path in sorted(body.paths):
        text = ".".join(path)
        if text in seen:
            continue
        seen.add(text)
        if path[0] == receiver and receiver == "self" and function.info and len(path) > 1:
            if _is_state(function.info, path[1:], place):
                yield StateRead(text, line, nameable=True)
        elif (
            path[-1] == _GET
            and path[0] not in own_names
            and _is_context_var(_named(path[:-1], place.checker))
        ):
            yield StateRead(".".join(path[:-1]), line, nameable=False)


@final
class _Reads:
    """The dotted names that a body reads; of those that it calls only what they are called on."""

    def __init__(self) -> None:
        self.paths: list[tuple[int, tuple[str, ...]]] = []
        self.bound: set[str] = set()

    def visit(self, node: Node) -> None:
        """Note what a node reads."""
        skipped: Sequence[Node] = ()
        if isinstance(node, CallExpr) and (called := _path(node.callee)) is not None:
            self.paths.append((node.line, called if called[-1] == _GET else called[:-1]))
            skipped = (node.callee,)
        elif isinstance(node, MemberExpr) and (path := _path(node)) is not None:
            self.paths.append((node.line, path))
            return
        elif isinstance(node, AssignmentStmt):
            self.bound.update(target.name for target in node.lvalues if isinstance(target, NameExpr))
            skipped = [target for target in node.lvalues if _path(target) is not None]
        elif isinstance(node, DelStmt):
            return
        for part in parts_of(node):
            if part not in skipped:
                self.visit(part)


def _path(expression: Expression) -> tuple[str, ...] | None:
    """`self.tenant.id` as its names; None of anything but names and dots."""
    names: list[str] = []
    while isinstance(expression, MemberExpr):
        names.append(expression.name)
        expression = expression.expr
    if not isinstance(expression, NameExpr) or not names:
        return None
    return (expression.name, *reversed(names))


def _is_state(info: TypeInfo, names: Sequence[str], place: Place) -> bool:
    """Whether an attribute path can differ between two instances, and could stand in a key."""
    symbol = info.get(names[0])
    if symbol is None or _is_constant(symbol.node, info):
        return False
    found: AnnotationView | Missing | Unknown = view_of(fill_typevars(info), place)
    for name in names:
        if isinstance(found, Missing | Unknown):
            return False
        found = found.attribute(name)
        if isinstance(found, Missing | Unknown) or not identifies(found):
            return False
    return True


def _is_constant(node: SymbolNode | None, info: TypeInfo) -> bool:
    """Whether a class gives all its instances the same."""
    if not isinstance(node, Var):
        return False
    own_for_all = node.is_initialized_in_class and not is_record(info)
    return node.is_classvar or own_for_all or node.name.isupper()


def _named(path: Sequence[str], checker: TypeChecker) -> SymbolNode | None:
    """What a dotted name stands for at the top of this module."""
    symbol = checker.tree.names.get(path[0])
    for name in path[1:]:
        if symbol is None or not isinstance(symbol.node, MypyFile):
            return None
        symbol = symbol.node.names.get(name)
    return None if symbol is None else symbol.node


def _is_context_var(node: SymbolNode | None) -> bool:
    typ: Type | None = node.type if isinstance(node, Var) else None
    proper = get_proper_type(typ)
    return isinstance(proper, Instance) and proper.type.fullname in _CONTEXT_VARS
