"""This is whether what stands between `Cache` and a function still shows that function's signature."""

import ast
from typing import Final

from typed_cache.checker._project import External, Found, Project
from typed_cache.checker._scopes import AnyFunction, Defined, Scope

__all__ = ["keeps_signature"]

_DEPTH: Final = 10
_WRAPPING: Final = frozenset({"wraps", "update_wrapper", "wrap_function_wrapper", "decorator"})


def keeps_signature(decorator: ast.expr, scope: Scope, project: Project, depth: int = 0) -> bool:
    """Whether a decorator leads to the function's own signature, as `functools.wraps` does.

    Packages that are not read are trusted to: one that does not is rare, and at import it is judged by what
    it really makes.
    """
    expression = decorator.func if isinstance(decorator, ast.Call) else decorator
    target = project.resolve(expression, scope)
    if isinstance(target, External):
        return True
    if not isinstance(target, Found) or depth > _DEPTH:
        return False
    if target.value is not None:
        return keeps_signature(target.value, target.scope, project, depth + 1)
    if isinstance(target.binding, Defined) and not isinstance(target.binding.node, ast.ClassDef):
        return _passes_on(target.binding.node)
    return False


def _passes_on(maker: AnyFunction) -> bool:
    """Whether a decorator of the project wraps what it is given, hands it back, or is typed as if it did."""
    given = {argument.arg for argument in (*maker.args.posonlyargs, *maker.args.args)}
    for node in ast.walk(maker):
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            if name in _WRAPPING:
                return True
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Name) and node.value.id in given:
            return True
    annotations = [argument.annotation for argument in maker.args.args if argument.annotation is not None]
    returns = ast.unparse(maker.returns) if maker.returns is not None else ""
    return bool(returns) and (returns in map(ast.unparse, annotations) or "Callable[P" in returns)
