"""This is which `ContextVar`s a module can read, and by which dotted names."""

import sys
from collections.abc import Iterator
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    Expression,
    Import,
    ImportFrom,
    IndexExpr,
    MypyFile,
    NameExpr,
    RefExpr,
    SymbolNode,
    TypeInfo,
    Var,
)
from mypy.types import Instance, Type, get_proper_type
from mypy.util import correct_relative_import

from typed_cache._mypy._library import is_of_library
from typed_cache._mypy._scopes import ABSOLUTE, Path

__all__ = ["argument_of", "context_var_at", "is_in_reach"]

_CLASSES: Final = frozenset({"contextvars.ContextVar", "_contextvars.ContextVar"})


def is_in_reach(checker: TypeChecker) -> bool:
    """Return whether a module can name any, as far as it need be asked before its functions are walked."""
    tree = checker.tree
    for name, symbol in tree.names.items():
        node = symbol.node
        if isinstance(node, MypyFile):
            if name != "__builtins__" and _holds_any(node):
                return True
        elif _is_one(node) or (isinstance(node, TypeInfo) and _is_own_class(node) and _has_one(node)):
            return True
    if any(_holds_any(module) for module in _named_inside(checker)):
        return True
    return any(_makes_one(statement.rvalue) for statement in _untyped(tree))


def context_var_at(path: Path, checker: TypeChecker) -> Var | None:
    """Return the `ContextVar` that a dotted name of the module stands for."""
    if path[0] == ABSOLUTE:
        module, *rest = path[1:]
        node: SymbolNode | None = checker.modules.get(_absolute(module, checker.tree))
    else:
        root, *rest = path
        symbol = checker.tree.names.get(root)
        node = None if symbol is None else symbol.node
    for name in rest:
        node = _inside(node, name, checker)
    if not isinstance(node, Var):
        return None
    is_made_below = any(_binds(statement, node) for statement in _untyped(checker.tree))
    return node if is_made_below or _is_one(node) else None


def argument_of(node: Var) -> Type | None:
    """Return the type of what a `ContextVar` holds; None while mypy has not inferred it."""
    proper = get_proper_type(node.type)
    return proper.args[0] if isinstance(proper, Instance) and proper.args else None


def _absolute(module: str, tree: MypyFile) -> str:
    """The name of a module that a relative import names with dots in front."""
    name = module.lstrip(".")
    return correct_relative_import(tree.fullname, len(module) - len(name), name, tree.is_package_init_file())[
        0
    ]


def _inside(node: SymbolNode | None, name: str, checker: TypeChecker) -> SymbolNode | None:
    if isinstance(node, MypyFile):
        symbol = node.names.get(name)
        return checker.modules.get(f"{node.fullname}.{name}") if symbol is None else symbol.node
    symbol = node.get(name) if isinstance(node, TypeInfo) else None
    return None if symbol is None else symbol.node


def _is_one(node: SymbolNode | None) -> bool:
    proper = get_proper_type(node.type) if isinstance(node, Var) else None
    return isinstance(proper, Instance) and proper.type.fullname in _CLASSES


def _has_one(info: TypeInfo) -> bool:
    return any(_is_one(symbol.node) for symbol in info.names.values())


def _is_own_class(info: TypeInfo) -> bool:
    return not is_of_library(info) and not info.module_name.startswith("typed_cache.")


def _holds_any(module: MypyFile, *, deeper: bool = True) -> bool:
    """Whether a module holds one, or a module of the same project that it has imported."""
    if module.fullname.partition(".")[0] in sys.stdlib_module_names:
        return False
    for symbol in module.names.values():
        node = symbol.node
        if isinstance(node, MypyFile):
            if deeper and node.fullname.startswith(f"{module.fullname}.") and _holds_any(node, deeper=False):
                return True
        elif _is_one(node):
            return True
    return False


def _named_inside(checker: TypeChecker) -> Iterator[MypyFile]:
    """The modules that imports name by a dotted name, or inside of functions."""
    tree = checker.tree
    for statement in tree.imports:
        names: list[str] = []
        if isinstance(statement, Import):
            names = [dotted for dotted, _ in statement.ids if "." in dotted or not statement.is_top_level]
        elif isinstance(statement, ImportFrom) and not statement.is_top_level:
            module = _absolute("." * statement.relative + statement.id, tree)
            names = [module, *(f"{module}.{name}" for name, _ in statement.names)]
        for name in names:
            found = checker.modules.get(name)
            if found is not None:
                yield found


def _untyped(tree: MypyFile) -> Iterator[AssignmentStmt]:
    """The assignments of a module whose types mypy has yet to infer."""
    for statement in tree.defs:
        if isinstance(statement, AssignmentStmt) and len(statement.lvalues) == 1:
            target = statement.lvalues[0]
            if isinstance(target, NameExpr) and isinstance(target.node, Var) and target.node.type is None:
                yield statement


def _binds(statement: AssignmentStmt, node: Var) -> bool:
    target = statement.lvalues[0]
    return isinstance(target, NameExpr) and target.node is node and _makes_one(statement.rvalue)


def _makes_one(value: Expression) -> bool:
    """Whether a value is a new `ContextVar`, or another name of one."""
    called = value.callee if isinstance(value, CallExpr) else None
    called = called.base if isinstance(called, IndexExpr) else called
    if isinstance(called, RefExpr):
        return called.fullname in _CLASSES
    return isinstance(value, RefExpr) and _is_one(value.node)
