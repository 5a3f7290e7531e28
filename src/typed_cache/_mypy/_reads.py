"""This is a walk over a function's body that finds what it reads of its receiver and of names from outside.

A name means what the innermost function, class or comprehension around it makes of it: a lambda's own `self`
is nothing that the function reads. Names are followed here, not taken from the nodes: bodies may be looked at
before mypy has analysed them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, cast, final

from mypy.nodes import (
    AssignmentExpr,
    AssignmentStmt,
    CallExpr,
    ClassDef,
    Decorator,
    DelStmt,
    DictionaryComprehension,
    Expression,
    ForStmt,
    FuncDef,
    FuncItem,
    GeneratorExpr,
    GlobalDecl,
    Import,
    ImportFrom,
    LambdaExpr,
    ListExpr,
    MemberExpr,
    NameExpr,
    Node,
    NonlocalDecl,
    OperatorAssignmentStmt,
    StarExpr,
    TryStmt,
    TupleExpr,
    TypeAliasStmt,
    WithStmt,
)
from mypy.patterns import AsPattern, ClassPattern, MappingPattern, StarredPattern

from typed_cache._mypy._scopes import ABSOLUTE, Binding, Path, Read, Scope
from typed_cache._mypy._walk import parts_of

__all__ = ["bound_in", "reads_in"]

_GET: Final = "get"


def reads_in(function: FuncDef, receiver: str | None) -> Mapping[Read, int]:
    """Return what a body reads of its receiver and of names from outside, each with its first line."""
    walk = _Walk(receiver)
    walk.visit(function.body)
    parameters = {argument.variable.name for argument in function.arguments}
    found: dict[Read, int] = {}
    for read, line in walk.scope.left():
        is_own = read.path[0] in parameters and (read.path[0] != receiver or read.is_get)
        if not is_own:
            found[read] = line
    return found


def bound_in(function: FuncDef) -> Mapping[str, Binding]:
    """Return the names that a function binds, its parameters among them."""
    walk = _Walk(None)
    walk.visit(function.body)
    return {**dict.fromkeys(argument.variable.name for argument in function.arguments), **walk.scope.bound}


_COMPREHENSIONS: Final = (GeneratorExpr, DictionaryComprehension)


@final
class _Walk:
    def __init__(self, receiver: str | None) -> None:
        self._receiver = receiver
        self.scope = Scope()

    def visit(self, node: Node | None) -> None:
        """Note what a node binds and reads."""
        if node is None:
            return
        handler = _HANDLERS.get(type(node))
        if handler is not None:
            handler(self, node)
        else:
            self._visit_all(list(parts_of(node)))

    def _visit_all(self, nodes: Sequence[Node | None]) -> None:
        for node in nodes:
            self.visit(node)

    def _enter(self, kind: type[Node], names: Sequence[str], inside: Sequence[Node | None]) -> None:
        """Walk what stands in a scope of its own, which has some names to begin with."""
        around = self.scope
        self.scope = inner = Scope(around, kind=kind)
        inner.bound.update(dict.fromkeys(names))
        self._visit_all(inside)
        self.scope = around
        while (
            around.kind is ClassDef and around.around is not None
        ):  # nobody inside sees a class body's names
            around = around.around
        for read, line in inner.left():
            around.note(read, line)

    def _bind(self, name: str, binding: Binding = None) -> None:
        self.scope.bound[name] = binding

    def _store(self, target: Node | None) -> None:
        """Note what an assignment binds; it reads what stands in an index, not an attribute that it sets."""
        if isinstance(target, NameExpr):
            self._bind(target.name)
        elif isinstance(target, TupleExpr | ListExpr):
            for item in target.items:
                self._store(item)
        elif isinstance(target, StarExpr):
            self._store(target.expr)
        elif not isinstance(target, MemberExpr) or not _path(target):
            self.visit(target)

    def call(self, node: CallExpr) -> None:
        """Of what is called only that is read on which it is called."""
        *path, called = _path(node.callee) or (None,)
        if called is None:
            self.visit(node.callee)
        elif path:
            self._read((*path,), node.line, is_get=False)
            if called == _GET:
                self._read((*path,), node.line, is_get=True)
        self._visit_all(node.args)

    def member(self, node: MemberExpr) -> None:
        """An attribute path is read as a whole."""
        path = _path(node)
        if path:
            self._read(path, node.line, is_get=False)
        else:
            self.visit(node.expr)

    def _read(self, path: Path, line: int, *, is_get: bool) -> None:
        if is_get or (path[0] == self._receiver and len(path) > 1):
            self.scope.note(Read(path, is_get, ".".join(path)), line)

    def function(self, node: FuncItem) -> None:
        """A function inside: its defaults are read out here."""
        if isinstance(node, FuncDef):
            self._bind(node.name)
        self._visit_all([argument.initializer for argument in node.arguments])
        self._enter(FuncDef, [argument.variable.name for argument in node.arguments], [node.body])

    def decorated(self, node: Decorator) -> None:
        """The decorators are read out here."""
        self._visit_all(node.original_decorators)
        self.function(node.func)

    def class_inside(self, node: ClassDef) -> None:
        """A class inside: what it is made from is read out here."""
        self._bind(node.name)
        self._visit_all([*node.decorators, *node.base_type_exprs, *node.keywords.values()])
        self._enter(ClassDef, [], [node.defs])

    def comprehension(self, node: GeneratorExpr | DictionaryComprehension) -> None:
        """The first sequence is read out here."""
        first, *others = node.sequences
        self.visit(first)
        results = [node.left_expr] if isinstance(node, GeneratorExpr) else [node.key, node.value]
        conditions = [condition for conditions in node.condlists for condition in conditions]
        names = [name for index in node.indices for name in _names(index)]
        self._enter(type(node), names, [*others, *conditions, *results])

    def assignment(self, node: AssignmentStmt) -> None:
        """What is assigned is read."""
        self.visit(node.rvalue)
        for target in node.lvalues:
            self._store(target)

    def augmented(self, node: OperatorAssignmentStmt) -> None:
        """To add to an attribute only keeps count: no result depends on it yet."""
        self.visit(node.rvalue)
        self._store(node.lvalue)

    def walrus(self, node: AssignmentExpr) -> None:
        """In a comprehension it binds a name of the function around."""
        scope = self.scope
        while scope.kind in _COMPREHENSIONS and scope.around is not None:
            scope = scope.around
        scope.bound[node.target.name] = None
        self.visit(node.value)

    def loop(self, node: ForStmt) -> None:
        """The index is bound."""
        self._store(node.index)
        self._visit_all([node.expr, node.body, node.else_body])

    def with_(self, node: WithStmt) -> None:
        """The targets are bound."""
        self._visit_all([*node.expr, node.body])
        for target in node.target:
            self._store(target)

    def delete(self, node: DelStmt) -> None:
        """To delete a name makes it one of this scope."""
        self._store(node.expr)

    def try_(self, node: TryStmt) -> None:
        """The names of exceptions are bound."""
        for name in node.vars:
            self._store(name)
        self._visit_all(list(parts_of(node)))

    def capture(self, node: AsPattern) -> None:
        """A pattern that gives its subject a name."""
        self._store(node.name)
        self.visit(node.pattern)

    def starred(self, node: StarredPattern) -> None:
        """A pattern that gives the rest a name."""
        self._store(node.capture)

    def mapping(self, node: MappingPattern) -> None:
        """A pattern of keys."""
        self._store(node.rest)
        self._visit_all([*node.keys, *node.values])

    def class_pattern(self, node: ClassPattern) -> None:
        """A pattern of a class."""
        self._visit_all([*node.positionals, *node.keyword_values])

    def alias(self, node: TypeAliasStmt) -> None:
        """A type is nothing that is read."""
        self._bind(node.name.name)

    def outside(self, node: GlobalDecl | NonlocalDecl) -> None:
        """Names that are bound elsewhere, however they are assigned here."""
        self.scope.declared_outside.update(node.names)

    def import_(self, node: Import) -> None:
        """`import shop.context` binds `shop`."""
        for dotted, name in node.ids:
            parts = dotted.split(".")
            self._bind(name or parts[0], (ABSOLUTE, *(parts if name else parts[:1])))

    def import_from(self, node: ImportFrom) -> None:
        """A relative one begins with as many dots as it has."""
        module = ["." * node.relative + node.id] if node.relative else node.id.split(".")
        for name, known_as in node.names:
            self._bind(known_as or name, (ABSOLUTE, *module, name))


_HANDLERS: Final = cast(
    "Mapping[type[Node], Callable[[_Walk, Node], None]]",  # each gets nodes of the class that it stands under
    {
        AsPattern: _Walk.capture,
        AssignmentExpr: _Walk.walrus,
        AssignmentStmt: _Walk.assignment,
        CallExpr: _Walk.call,
        ClassDef: _Walk.class_inside,
        ClassPattern: _Walk.class_pattern,
        Decorator: _Walk.decorated,
        DelStmt: _Walk.delete,
        DictionaryComprehension: _Walk.comprehension,
        ForStmt: _Walk.loop,
        FuncDef: _Walk.function,
        GeneratorExpr: _Walk.comprehension,
        GlobalDecl: _Walk.outside,
        Import: _Walk.import_,
        ImportFrom: _Walk.import_from,
        LambdaExpr: _Walk.function,
        MappingPattern: _Walk.mapping,
        MemberExpr: _Walk.member,
        NonlocalDecl: _Walk.outside,
        OperatorAssignmentStmt: _Walk.augmented,
        StarredPattern: _Walk.starred,
        TryStmt: _Walk.try_,
        TypeAliasStmt: _Walk.alias,
        WithStmt: _Walk.with_,
    },
)


def _path(expression: Expression) -> Path:
    """`self.tenant.id` as its names; empty for anything but names and dots."""
    names: list[str] = []
    while isinstance(expression, MemberExpr):
        names.append(expression.name)
        expression = expression.expr
    return (expression.name, *reversed(names)) if isinstance(expression, NameExpr) else ()


def _names(target: Node) -> Iterator[str]:
    """The names that a target binds."""
    if isinstance(target, NameExpr):
        yield target.name
    elif isinstance(target, TupleExpr | ListExpr):
        for item in target.items:
            yield from _names(item)
    elif isinstance(target, StarExpr):
        yield from _names(target.expr)
