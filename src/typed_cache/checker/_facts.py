"""This is where a decorated function in the source becomes the facts that the rules are asked about."""

import ast
from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import Final

from typed_cache.checker._annotation import head_of_annotation, parsed_annotation
from typed_cache.checker._class_stability import is_read_once
from typed_cache.checker._classes import ClassSource
from typed_cache.checker._live import live_object
from typed_cache.checker._project import External, Project
from typed_cache.checker._scopes import AnyFunction, Scope
from typed_cache.checker._state import reads_of
from typed_cache.checker._uses import CacheUse
from typed_cache.checker._view_kinds import ContainerView
from typed_cache.checker._views import ClassSourceView, view_of_source
from typed_cache.checker._written import written_source
from typed_cache.template import AnnotationView, FunctionFacts, Parameter, ParameterKind, view_of

__all__ = ["facts_of_use", "read_once"]

_READ_ONCE: Final = (Iterator, AsyncIterator, Awaitable)
_RECEIVERS: Final = frozenset({"self", "cls", "mcs", "mcls"})


def facts_of_use(use: CacheUse, project: Project) -> FunctionFacts:
    """Return what the rules may know about the function of a use; `line` is the decorator's."""
    function, scope = use.function, use.scope
    receiver = _receiver(function)
    return FunctionFacts(
        module=scope.module.name,
        qualname=use.qualname,
        file=use.module.path,
        line=use.line,
        parameters=tuple(_parameters(function, scope.of_annotations(function), project, receiver)),
        receiver=receiver,
        is_generator=_is_generator(function),
        returns=written_source(function.returns, scope.of_annotations(function), project),
        reads=reads_of(function, scope, project, receiver),
    )


def read_once(use: CacheUse, project: Project) -> str | None:
    """The name of a result type that only its first reader could use, or None."""
    returns = use.function.returns
    if returns is None:
        return None
    head = head_of_annotation(parsed_annotation(returns))
    target = project.resolve(head, use.scope)
    source = ClassSource.of(target, project)
    if source is not None:
        return source.qualname if is_read_once(source) else None
    live = live_object(target.dotted) if isinstance(target, External) else None
    origin = getattr(live, "__origin__", live)
    if isinstance(origin, type) and issubclass(origin, _READ_ONCE):
        return origin.__qualname__
    return None


def _receiver(function: AnyFunction) -> str | None:
    positional = [*function.args.posonlyargs, *function.args.args]
    return positional[0].arg if positional and positional[0].arg in _RECEIVERS else None


def _parameters(
    function: AnyFunction, scope: Scope, project: Project, receiver: str | None
) -> Iterator[Parameter]:
    spec = function.args
    without_default = len(spec.posonlyargs) + len(spec.args) - len(spec.defaults)
    kinds = [(argument, ParameterKind.POSITIONAL_ONLY) for argument in spec.posonlyargs]
    kinds += [(argument, ParameterKind.POSITIONAL_OR_KEYWORD) for argument in spec.args]
    for index, (argument, kind) in enumerate(kinds):
        view = view_of_source(argument.annotation, scope, project)
        if argument.arg == receiver == "self" and argument.annotation is None:
            view = _own_class(scope, project) or view
        yield Parameter(argument.arg, kind, index >= without_default, view)
    if spec.vararg is not None:
        yield _variadic(spec.vararg, ParameterKind.VAR_POSITIONAL, scope, project)
    for argument, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True):
        view = view_of_source(argument.annotation, scope, project)
        yield Parameter(argument.arg, ParameterKind.KEYWORD_ONLY, default is not None, view)
    if spec.kwarg is not None:
        yield _variadic(spec.kwarg, ParameterKind.VAR_KEYWORD, scope, project)


def _own_class(scope: Scope, project: Project) -> AnnotationView | None:
    here = scope.parent if scope.is_of_types else scope
    if here is None or not isinstance(here.node, ast.ClassDef) or here.parent is None:
        return None
    return ClassSourceView(ClassSource.at(here.parent, here.node, project))


def _variadic(argument: ast.arg, kind: ParameterKind, scope: Scope, project: Project) -> Parameter:
    """`*args: int` is a tuple of int, `**kwargs: int` a dict."""
    item = view_of_source(argument.annotation, scope, project)
    whole = view_of(tuple if kind is ParameterKind.VAR_POSITIONAL else dict)
    return Parameter(
        argument.arg, kind, has_default=False, annotation=ContainerView(whole, (item,), whole.text)
    )


def _is_generator(function: AnyFunction) -> bool:
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))
    return False
