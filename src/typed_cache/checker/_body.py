"""This is what a function's body reads, and where in it the receiver's name means something else."""

import ast
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from typed_cache.checker._scopes import AnyFunction

__all__ = ["body_nodes", "path_of"]

_Scoped: TypeAlias = (
    ast.FunctionDef
    | ast.AsyncFunctionDef
    | ast.Lambda
    | ast.ListComp
    | ast.SetComp
    | ast.DictComp
    | ast.GeneratorExp
)
_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def body_nodes(function: AnyFunction, receiver: str) -> Iterator[tuple[ast.AST, bool]]:
    """Yield the nodes of a body in the order of the text, each with whether `receiver` is the function's own.

    Of `a.b.c` only the whole is yielded, not `a.b`; `a.b += 1` reads `a.b`.
    """
    own = not _assigns(function.body, receiver)
    stack: list[tuple[ast.AST, bool]] = [(node, own) for node in reversed(function.body)]
    while stack:
        node, own = stack.pop()
        yield node, own
        if isinstance(node, ast.Attribute) and path_of(node):
            continue
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Attribute):
            target = node.target
            yield ast.copy_location(ast.Attribute(target.value, target.attr, ast.Load()), target), own
        children: Iterable[ast.AST] = ast.iter_child_nodes(node)
        if isinstance(node, ast.Call) and path_of(node.func):
            yield _called_on(node.func), own
            children = [*node.args, *node.keywords]
        inside = own and not (isinstance(node, _Scoped) and _binds_anew(node, receiver))
        stack.extend((child, inside) for child in reversed(list(children)))


def _binds_anew(scope: _Scoped, name: str) -> bool:
    """Whether a function or a comprehension inside has something of its own under that name."""
    if isinstance(scope, _COMPREHENSIONS):
        return any(_assigns([part.target], name) for part in scope.generators)
    spec = scope.args
    takes = (*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg)
    if any(argument is not None and argument.arg == name for argument in takes):
        return True
    return not isinstance(scope, ast.Lambda) and _assigns(scope.body, name)


def _assigns(nodes: Iterable[ast.AST], name: str) -> bool:
    """Whether statements bind a name, those in the scopes inside them left out."""
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load):
            return True
        if not isinstance(node, ast.ClassDef | _Scoped):
            stack.extend(ast.iter_child_nodes(node))
    return False


def _called_on(function: ast.expr) -> ast.AST:
    """What a method is called on: `self.name` of `self.name.upper()`."""
    return function.value if isinstance(function, ast.Attribute) else function


def path_of(node: ast.AST) -> tuple[str, ...]:
    """`("self", "user", "id")` of `self.user.id`; empty for anything else."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return (node.id, *reversed(names)) if isinstance(node, ast.Name) else ()
