"""This is what a function's body reads besides its parameters: attributes of the receiver, `ContextVar`s.

Names are looked up here, not taken from the nodes: bodies may be looked at before mypy has analysed them.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, final

from mypy.checker import TypeChecker
from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    Decorator,
    DelStmt,
    Expression,
    FuncDef,
    FuncItem,
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

from typed_cache._mypy._evidence import is_inferred
from typed_cache._mypy._records import is_record
from typed_cache._mypy._views import Place, identifies, view_of
from typed_cache._mypy._walk import parts_of
from typed_cache.template import Missing, StateRead, Unknown

__all__ = ["State"]

_CONTEXT_VARS: Final = frozenset({"contextvars.ContextVar", "_contextvars.ContextVar"})
_GET: Final = "get"


@final
class State:
    """What the functions of one module can read besides their parameters."""

    def __init__(self, checker: TypeChecker) -> None:
        # What other modules say may change under a daemon's feet.
        self._keeps = not checker.options.fine_grained_incremental
        self._context_vars: frozenset[str] | None = None
        self._attributes: dict[str, frozenset[str]] = {}

    def reads(
        self, function: FuncDef, receiver: str | None, named: Collection[str], place: Place
    ) -> Iterator[StateRead]:
        """Yield what the body reads and a key could name, each once, in the order of the text.

        `named` are the attributes of the receiver that the key names. An attribute counts where its type is
        one that tells calls apart, and its value is not the same for every instance: a number, a text, a
        date, an enum, a record of these; not a connection, a list of rows, a constant of the class.
        """
        attributes, context_vars = self._readable(function, receiver, named, place)
        if not attributes and not context_vars:
            return
        body = _Reads()
        body.visit(function.body)
        own_names = {argument.variable.name for argument in function.arguments} | body.bound
        for path, line in sorted(body.lines.items(), key=lambda item: (item[1], item[0])):
            root, *steps = path
            text = ".".join(path)
            if root == receiver and root not in body.bound and steps and steps[0] in attributes:
                if _tells_apart(function.info, steps, place):
                    yield StateRead(text, line, nameable=True)
            elif root not in own_names and steps and steps[-1] == _GET:
                name = text.removesuffix(f".{_GET}")
                if name in context_vars:
                    yield StateRead(name, line, nameable=False)

    def can_be_read(
        self, function: FuncDef, receiver: str | None, named: Collection[str], place: Place
    ) -> bool:
        """Return whether there is anything that `reads` might yield, whatever the body says."""
        if self._context_vars_here(place.checker):
            return True
        if receiver != "self" or not function.info:
            return False
        return not self._attributes_of(function.info, place).issubset(named)

    def _readable(
        self, function: FuncDef, receiver: str | None, named: Collection[str], place: Place
    ) -> tuple[Collection[str], Collection[str]]:
        """The attributes of `self` that matter and that the key does not name; the `ContextVar`s in reach."""
        attributes: Collection[str] = ()
        if receiver == "self" and function.info:
            attributes = self._attributes_of(function.info, place).difference(named)
        return attributes, self._context_vars_here(place.checker)

    def _context_vars_here(self, checker: TypeChecker) -> frozenset[str]:
        """How this module can spell the `ContextVar`s of the top of a module."""
        if self._context_vars is None or not self._keeps:
            spellings: list[str] = []
            for name, symbol in checker.tree.names.items():
                if _is_context_var(symbol.node):
                    spellings.append(name)
                elif isinstance(symbol.node, MypyFile) and name != "__builtins__":
                    inside = symbol.node.names.items()
                    spellings += [f"{name}.{inner}" for inner, found in inside if _is_context_var(found.node)]
            self._context_vars = frozenset(spellings)
        return self._context_vars

    def _attributes_of(self, info: TypeInfo, place: Place) -> frozenset[str]:
        """The attributes in which two instances can differ, and which could stand in a key.

        Those whose types mypy has not inferred yet are among them.
        """
        found = self._attributes.get(info.fullname)
        if found is None:
            names = {name for base in info.mro[:-1] for name in base.names}
            varying = [name for name in names if _varies(info, name)]
            later = [name for name in varying if not is_inferred(_node(info, name))]
            now = [name for name in varying if name not in later and _tells_apart(info, [name], place)]
            found = frozenset([*now, *later])
            if self._keeps and not later:
                self._attributes[info.fullname] = found
        return found


@final
class _Reads:
    """The dotted names that a body reads; of those that it calls only what they are called on."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, ...], int] = {}
        self.bound: set[str] = set()
        self._hidden: frozenset[str] = frozenset()

    def visit(self, node: Node) -> None:
        """Note what a node reads."""
        skipped: Sequence[Node] = ()
        if isinstance(node, FuncItem):
            self._visit_inner(node)
            return
        if isinstance(node, CallExpr) and (called := _path(node.callee)) is not None:
            self._note(called if called[-1] == _GET else called[:-1], node.line)
            skipped = (node.callee,)
        elif isinstance(node, MemberExpr) and (path := _path(node)) is not None:
            self._note(path, node.line)
            return
        elif isinstance(node, AssignmentStmt):
            self.bound.update(target.name for target in node.lvalues if isinstance(target, NameExpr))
            skipped = [target for target in node.lvalues if _path(target) is not None]
        elif isinstance(node, DelStmt):
            return
        for part in parts_of(node):
            if part not in skipped:
                self.visit(part)

    def _visit_inner(self, function: FuncItem) -> None:
        """Note what a function inside reads, except from its own parameters."""
        around = self._hidden
        self._hidden = around.union(argument.variable.name for argument in function.arguments)
        for part in parts_of(function):
            self.visit(part)
        self._hidden = around

    def _note(self, path: tuple[str, ...], line: int) -> None:
        if path[0] not in self._hidden:
            self.lines.setdefault(path, line)


def _path(expression: Expression) -> tuple[str, ...] | None:
    """`self.tenant.id` as its names; None of anything but names and dots."""
    names: list[str] = []
    while isinstance(expression, MemberExpr):
        names.append(expression.name)
        expression = expression.expr
    if not isinstance(expression, NameExpr) or not names:
        return None
    return (expression.name, *reversed(names))


def _node(info: TypeInfo, name: str) -> SymbolNode | None:
    symbol = info.get(name)
    return None if symbol is None else symbol.node


def _varies(info: TypeInfo, name: str) -> bool:
    """Whether an attribute is a value that a class does not give to all its instances alike."""
    node = _node(info, name)
    if isinstance(node, Decorator):
        return node.func.is_property
    if not isinstance(node, Var):
        return False
    same_for_all = node.is_initialized_in_class and node.has_explicit_value and not is_record(info)
    return not (node.is_classvar or same_for_all or name.isupper() or name.startswith("__"))


def _tells_apart(info: TypeInfo, names: Sequence[str], place: Place) -> bool:
    """Whether each step of an attribute path is of a type that could stand in a key."""
    view = view_of(fill_typevars(info), place)
    for name in names:
        found = view.attribute(name)
        if isinstance(found, Missing | Unknown) or not identifies(found):
            return False
        view = found
    return True


def _is_context_var(node: SymbolNode | None) -> bool:
    typ: Type | None = node.type if isinstance(node, Var) else None
    proper = get_proper_type(typ)
    return isinstance(proper, Instance) and proper.type.fullname in _CONTEXT_VARS
