"""This is what a function's body reads, and which names mean something else in the scopes inside it."""

import ast
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias, final

from typed_cache.checker._scopes import AnyFunction, Scope

__all__ = ["Around", "body_nodes", "path_of"]

_Node: TypeAlias = "tuple[ast.AST, Around]"
_Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@final
class Around(NamedTuple):
    """What stands around a node: the function or class, and the names that expressions around it bind.

    `has_receiver` says that the receiver's name still means the receiver.
    """

    scope: Scope
    hidden: frozenset[str]
    has_receiver: bool


def body_nodes(function: AnyFunction, scope: Scope, receiver: str) -> Iterator[_Node]:
    """Yield the nodes of a body in the order of the text, each with what stands around it.

    Of `a.b.c` only the whole is yielded, not `a.b`.
    """
    has_receiver = receiver not in _bound_in(function.body)
    inside = Around(scope.inner(function), _walrus_names(function.body), has_receiver)
    stack: list[_Node] = [(node, inside) for node in reversed(function.body)]
    while stack:
        node, around = stack.pop()
        yield node, around
        if isinstance(node, ast.Attribute) and path_of(node):
            continue
        stack.extend(reversed(list(_inside(node, around, receiver))))


def _inside(node: ast.AST, around: Around, receiver: str) -> Iterator[_Node]:
    """The nodes directly inside, each in its scope: a default is outside of its function."""
    match node:
        case ast.Call(func=function, args=args, keywords=keywords) if path_of(function):
            called_on = function.value if isinstance(function, ast.Attribute) else function
            yield from ((child, around) for child in (called_on, *args, *keywords))
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            outside = (*node.decorator_list, *_defaults(node.args))
            yield from ((child, around) for child in outside)
            own = _bound_in(node.body) | _parameters(node.args)
            hidden = around.hidden - own | _walrus_names(node.body)
            inner = Around(around.scope.inner(node), hidden, around.has_receiver and receiver not in own)
            yield from ((child, inner) for child in node.body)
        case ast.ClassDef():
            yield from ((child, around) for child in (*node.decorator_list, *node.bases, *node.keywords))
            of_class = around._replace(scope=around.scope.inner(node))
            yield from ((child, of_class) for child in node.body)
        case ast.Lambda(args=args, body=body):
            yield from ((child, around) for child in _defaults(args))
            yield body, _hiding(_parameters(args) | _walrus_names([body]), around, receiver)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            yield from _of_comprehension(node, around, receiver)
        case _:
            yield from ((child, around) for child in ast.iter_child_nodes(node))


def _of_comprehension(node: _Comprehension, around: Around, receiver: str) -> Iterator[_Node]:
    first = node.generators[0].iter
    inner = _hiding(_bound_in([part.target for part in node.generators]), around, receiver)
    yield first, around
    for part in node.generators:
        yield from ((child, inner) for child in (part.iter, *part.ifs) if child is not first)
    shown = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
    yield from ((child, inner) for child in shown)


def _hiding(names: frozenset[str], around: Around, receiver: str) -> Around:
    return Around(around.scope, around.hidden | names, around.has_receiver and receiver not in names)


def _parameters(spec: ast.arguments) -> frozenset[str]:
    all_of_them = (*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg)
    return frozenset(argument.arg for argument in all_of_them if argument is not None)


def _defaults(spec: ast.arguments) -> Iterator[ast.expr]:
    yield from spec.defaults
    yield from (default for default in spec.kw_defaults if default is not None)


_OWN_SCOPES: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _bound_in(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """The names that statements bind, those in the scopes inside them left out."""
    found: set[str] = set()
    for node in _of_one_scope(nodes):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case (
                ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name))
            ):
                found.add(name)
            case ast.ExceptHandler(name=str(name)):
                found.add(name)
            case ast.alias(name=name, asname=asname):
                found.add(asname or name.partition(".")[0])
            case _:
                continue
    return frozenset(found) | _walrus_names(nodes)


def _walrus_names(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """The names that `:=` binds in one scope; what a comprehension binds so belongs to the scope around."""
    inside = (
        part
        for node in _of_one_scope(nodes)
        for part in (ast.walk(node) if isinstance(node, _COMPREHENSIONS) else (node,))
    )
    return frozenset(node.target.id for node in inside if isinstance(node, ast.NamedExpr))


def _of_one_scope(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The nodes of one scope; of a scope inside only the node that opens it."""
    stack = list(nodes)
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, (*_OWN_SCOPES, *_COMPREHENSIONS)):
            stack.extend(ast.iter_child_nodes(node))


def path_of(node: ast.AST) -> tuple[str, ...]:
    """`("self", "user", "id")` of `self.user.id`; empty for anything else."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return (node.id, *reversed(names)) if isinstance(node, ast.Name) else ()
