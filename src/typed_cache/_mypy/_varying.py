"""This is which attributes can differ between two instances of a class, as mypy knows the class."""

from collections.abc import Collection, Iterator, Sequence
from typing import TypeGuard

from mypy.nodes import (
    AssignmentStmt,
    Decorator,
    Expression,
    ForStmt,
    FuncDef,
    ListExpr,
    MemberExpr,
    MypyFile,
    NameExpr,
    Node,
    OperatorAssignmentStmt,
    OverloadedFuncDef,
    StarExpr,
    Statement,
    SymbolNode,
    TupleExpr,
    TypeInfo,
    Var,
    WithStmt,
)

from typed_cache._mypy._library import is_of_library
from typed_cache._mypy._records import fields_of, is_record
from typed_cache._mypy._walk import statements_of

__all__ = ["is_data", "node_of", "varies"]


def node_of(info: TypeInfo, name: str) -> SymbolNode | None:
    """Return what an attribute of a class refers to."""
    symbol = info.get(name)
    return None if symbol is None else symbol.node


def varies(info: TypeInfo, name: str, tree: MypyFile) -> bool:
    """Return whether an attribute is a value that the class does not give to all its instances alike.

    What methods assign to `self` is seen in the module `tree`, which mypy is checking; of the others it has
    only the names, and not always the bodies.
    """
    node = node_of(info, name)
    if isinstance(node, Decorator):
        return node.func.is_property
    return is_data(node) and (_has_no_value(node) or _is_assigned(info, name, node, tree))


def is_data(node: SymbolNode | None) -> TypeGuard[Var]:
    """Whether an attribute is a plain value, and not called like a constant."""
    return isinstance(node, Var) and not (node.name.isupper() or node.name.startswith("__"))


def _has_no_value(node: Var) -> bool:
    """Whether the class itself gives the attribute no value; what it promises of itself, a subclass gives."""
    if node.is_initialized_in_class and node.has_explicit_value:
        return False
    return not node.is_classvar or not is_of_library(node.info)


def _is_assigned(info: TypeInfo, name: str, node: Var, tree: MypyFile) -> bool:
    """Whether instances are given values of their own beside the one in the class."""
    if node.is_classvar:
        return False
    if is_record(info):
        fields = fields_of(info)
        if not fields or name in fields:
            return True
    return any(name in _assigned_in(base) for base in info.mro if base.module_name == tree.fullname)


def _assigned_in(info: TypeInfo) -> Collection[str]:
    """What the methods of a class assign to their receiver."""
    return {name for statement in info.defn.defs.body for name in _by_method(statement)}


def _by_method(statement: Statement) -> Iterator[str]:
    if isinstance(statement, OverloadedFuncDef):
        for item in statement.items:
            yield from _by_method(item)
    method = statement.func if isinstance(statement, Decorator) else statement
    if not isinstance(method, FuncDef) or method.is_static or method.is_class or not method.arguments:
        return
    receiver = method.arguments[0].variable.name
    left: list[Node] = [method.body]
    while left:
        inner = left.pop()
        left += statements_of(inner)
        for target in _targets(inner):
            if isinstance(target.expr, NameExpr) and target.expr.name == receiver:
                yield target.name


def _targets(node: Node) -> Iterator[MemberExpr]:
    targets: Sequence[Expression | None] = ()
    if isinstance(node, AssignmentStmt):
        targets = node.lvalues
    elif isinstance(node, OperatorAssignmentStmt):
        targets = [node.lvalue]
    elif isinstance(node, ForStmt):
        targets = [node.index]
    elif isinstance(node, WithStmt):
        targets = node.target
    for target in targets:
        yield from _members(target)


def _members(target: Expression | None) -> Iterator[MemberExpr]:
    if isinstance(target, MemberExpr):
        yield target
    elif isinstance(target, TupleExpr | ListExpr):
        for item in target.items:
            yield from _members(item)
    elif isinstance(target, StarExpr):
        yield from _members(target.expr)
