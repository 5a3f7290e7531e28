"""This is whether what stands between `Cache` and a function still shows its signature, and its result."""

import ast
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, final

from typed_cache.checker._annotation import items_of, parsed_annotation
from typed_cache.checker._project import External, Found, Project
from typed_cache.checker._scopes import AnyFunction, Defined, Scope

__all__ = ["keeps_result", "keeps_signature"]

_DEPTH: Final = 10
_WRAPPING: Final = frozenset({"wraps", "update_wrapper", "wrap_function_wrapper", "decorator"})


def keeps_signature(decorator: ast.expr, scope: Scope, project: Project) -> bool:
    """Whether a decorator leads to the function's own signature, as `functools.wraps` does.

    Packages that are not read are trusted to: one that does not is rare, and at import it is judged by what
    it really makes.
    """
    return _holds(_passes_on, decorator, scope, project)


def keeps_result(decorator: ast.expr, scope: Scope, project: Project) -> bool:
    """Whether calls return what the function does; packages that are not read are trusted to this too."""
    return _holds(_returns_what_it_gets, decorator, scope, project)


def _holds(
    holds: Callable[[AnyFunction], bool],
    decorator: ast.expr,
    scope: Scope,
    project: Project,
    depth: int = 0,
) -> bool:
    """Whether something holds for the function that makes a decorator."""
    expression = decorator.func if isinstance(decorator, ast.Call) else decorator
    target = project.resolve(expression, scope)
    if isinstance(target, External):
        return True
    if not isinstance(target, Found) or depth > _DEPTH:
        return False
    if target.value is not None:
        return _holds(holds, target.value, target.scope, project, depth + 1)
    if isinstance(target.binding, Defined) and not isinstance(target.binding.node, ast.ClassDef):
        return holds(target.binding.node)
    return False


def _passes_on(maker: AnyFunction) -> bool:
    """Whether a decorator of the project wraps what it is given, hands it back, or is typed as if it did."""
    typed = _types_of(maker)
    if typed is not None and "Concatenate" in f"{typed.given.parameters}{typed.made.parameters}":
        return typed.given.parameters == typed.made.parameters
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


def _returns_what_it_gets(maker: AnyFunction) -> bool:
    """Whether the types of a decorator say so or, where it has none, the functions that it makes."""
    typed = _types_of(maker)
    if typed is not None:
        return typed.given.result == typed.made.result
    return all(_is_handed_on(value) for value in _results_of(maker))


def _results_of(maker: AnyFunction) -> Iterator[ast.expr]:
    """What the functions inside return, those aside that only return one another."""
    inside = [node for node in ast.walk(maker) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    names = {function.name for function in inside}
    for node in ast.walk(maker):
        value = node.value if isinstance(node, ast.Return) else None
        if value is not None and not (isinstance(value, ast.Name) and value.id in names):
            yield value


def _is_handed_on(value: ast.expr) -> bool:
    """Whether a result is what a call gave, or kept for later: `list(function())` is neither."""
    value = value.value if isinstance(value, ast.Await) else value
    if isinstance(value, ast.Call):
        return not any(isinstance(argument, ast.Call) for argument in value.args)
    return isinstance(value, ast.Name)


@final
class _Function(NamedTuple):
    """`Callable[P, R]`, or a name for all of it, which stands for its parameters and its result."""

    parameters: str
    result: str


@final
class _Types(NamedTuple):
    """What a decorator is given, and what it makes of that."""

    given: _Function
    made: _Function


def _types_of(maker: AnyFunction) -> _Types | None:
    """What a decorator is typed to do, also one that is made by a call; None where it is not typed."""
    made = maker.returns
    taken = [*maker.args.posonlyargs, *maker.args.args]
    given = taken[0].annotation if taken else None
    if made is not None:
        items = items_of(parsed_annotation(made))
        if len(items) > 1 and isinstance(items[0], ast.List) and len(items[0].elts) == 1:
            given, made = items[0].elts[0], items[1]  # Callable[[F], F], which a call of the maker returns
    return _Types(_function(given), _function(made)) if given is not None and made is not None else None


def _function(annotation: ast.expr) -> _Function:
    annotation = parsed_annotation(annotation)
    items = items_of(annotation)
    if len(items) > 1:
        return _Function(ast.unparse(items[0]), ast.unparse(items[-1]))
    return _Function(ast.unparse(annotation), ast.unparse(annotation))
