"""This is where the uses of handles are found: `get_user.invalidate(1)`, `self.get.refresh(1)`.

A handle that is passed on, as in `add_task(get_user.invalidate, 1)`, counts as one that is called. The type
of a receiver is not known here, so `repository.get.invalidate(1)` is taken for the only cached method of
that name, where there is only one.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, final, get_args

from typed_cache.checker._index import Index
from typed_cache.checker._project import External, Found, Project
from typed_cache.checker._scopes import Defined, Scope
from typed_cache.checker._uses import CacheUse

__all__ = ["Handle", "HandleUse", "handle_uses"]

Handle: TypeAlias = Literal["invalidate", "refresh", "peek", "entry"]

_HANDLES: Final[dict[str, Handle]] = {handle: handle for handle in get_args(Handle)}
_TO_HANDLES: Final = frozenset({"typed_cache.handles", "typed_cache.decorator.handles"})


@final
@dataclass(frozen=True, slots=True)
class HandleUse:
    """A handle that is called or passed on, and the function (or module) whose body does that."""

    handle: Handle
    use: CacheUse
    function: str
    path: str
    line: int


def handle_uses(index: Index) -> Iterator[HandleUse]:
    """Yield the uses of handles in a project, as far as the source tells whose they are."""
    cached = [use for use in index.uses if use.call.mode != "invalidate"]
    if not cached:
        return
    for module in index.project.modules():
        if any(f".{name}" in module.text for name in _HANDLES):
            for node, scope in _attributes(module.tree, module.scope):
                use = _use_of(node.value, scope, index.project, cached)
                if use is not None:
                    yield HandleUse(_HANDLES[node.attr], use, _user(scope), module.path, node.lineno)


def _attributes(tree: ast.Module, scope: Scope) -> Iterator[tuple[ast.Attribute, Scope]]:
    """The attributes read in a module that have the name of a handle, each with its scope."""
    stack: list[tuple[ast.AST, Scope]] = [(tree, scope)]
    while stack:
        node, here = stack.pop()
        if isinstance(node, ast.Attribute) and node.attr in _HANDLES and isinstance(node.ctx, ast.Load):
            yield node, here
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            here = here.inner(node)
        stack.extend((child, here) for child in reversed([*ast.iter_child_nodes(node)]))


def _use_of(
    expression: ast.expr, scope: Scope, project: Project, cached: Sequence[CacheUse]
) -> CacheUse | None:
    if isinstance(expression, ast.Call) and len(expression.args) == 1:
        target = project.resolve(expression.func, scope)
        if not isinstance(target, External) or target.dotted not in _TO_HANDLES:
            return None
        expression = expression.args[0]
    target = project.resolve(expression, scope)
    if isinstance(target, Found) and isinstance(target.binding, Defined):
        node = target.binding.node
        return next((use for use in cached if use.function is node), None)
    if isinstance(expression, ast.Attribute):
        return _method(expression, scope, cached)
    return None


def _method(expression: ast.Attribute, scope: Scope, cached: Sequence[CacheUse]) -> CacheUse | None:
    named = [use for use in cached if use.function.name == expression.attr and use.scope.is_class]
    if isinstance(expression.value, ast.Name) and expression.value.id in {"self", "cls"}:
        around = scope.parent
        while around is not None and not around.is_class:
            around = around.parent
        named = [use for use in named if around is not None and use.scope.node is around.node] or named
    return named[0] if len(named) == 1 else None


def _user(scope: Scope) -> str:
    """The innermost function or class around a use, or the module."""
    if isinstance(scope.node, ast.Module) or scope.parent is None:
        return scope.module.name
    return f"{scope.module.name}.{scope.parent.qualname(scope.node.name)}"
