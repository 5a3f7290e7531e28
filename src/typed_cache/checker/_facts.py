"""This is where a decorated function in the source becomes the facts that the rules are asked about."""

import ast
import typing
from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import Final

from typed_cache.checker._class_stability import is_read_once
from typed_cache.checker._class_views import ClassSourceView
from typed_cache.checker._place import Place
from typed_cache.checker._project import External, Project
from typed_cache.checker._scopes import AnyFunction
from typed_cache.checker._state import reads_of
from typed_cache.checker._uses import CacheUse
from typed_cache.checker._view_kinds import ContainerView
from typed_cache.checker._views import enclosing_class, view_of_class, view_of_class_itself, view_of_source
from typed_cache.checker._wrapping import keeps_result
from typed_cache.checker._written import written_source
from typed_cache.template import (
    AnnotationView,
    ClassView,
    FunctionFacts,
    Parameter,
    ParameterKind,
    UnionView,
    view_of,
)

__all__ = ["facts_of_use", "read_once"]

_READ_ONCE: Final[tuple[type, ...]] = (Iterator, AsyncIterator, Awaitable, typing.IO)
_RECEIVERS: Final = frozenset({"self", "cls", "mcs", "mcls"})


def facts_of_use(use: CacheUse, project: Project) -> FunctionFacts:
    """Return what the rules may know about the function of a use; `line` is the decorator's."""
    function, scope = use.function, use.scope
    receiver = _receiver(function) if scope.is_class else None
    annotations = scope.of_annotations(function)
    shows_result = all(keeps_result(decorator, scope, project) for decorator in use.between)
    return FunctionFacts(
        module=scope.module.name,
        qualname=use.qualname,
        file=use.module.path,
        line=use.line,
        parameters=tuple(_parameters(function, Place(annotations, project), receiver)),
        receiver=receiver,
        is_generator=shows_result and _is_generator(function),
        returns=written_source(function.returns, annotations, project) if shows_result else "",
        reads=reads_of(function, scope, project, receiver),
    )


def read_once(use: CacheUse, project: Project) -> str | None:
    """The name of a result type that only its first reader could use, or None."""
    if not all(keeps_result(decorator, use.scope, project) for decorator in use.between):
        return None
    returns = view_of_source(use.function.returns, Place(use.scope.of_annotations(use.function), project))
    members = returns.members if isinstance(returns, UnionView) else (returns,)
    return next(filter(None, map(_name_if_read_once, members)), None)


def _name_if_read_once(view: AnnotationView) -> str | None:
    if isinstance(view, ClassSourceView):
        return view.text if is_read_once(view.source) else None
    live: type[object] = view.cls if isinstance(view, ClassView) else object
    return live.__qualname__ if issubclass(live, _READ_ONCE) else None


def _receiver(function: AnyFunction) -> str | None:
    positional = [*function.args.posonlyargs, *function.args.args]
    return positional[0].arg if positional and positional[0].arg in _RECEIVERS else None


def _parameters(function: AnyFunction, place: Place, receiver: str | None) -> Iterator[Parameter]:
    spec = function.args
    without_default = len(spec.posonlyargs) + len(spec.args) - len(spec.defaults)
    kinds = [(argument, ParameterKind.POSITIONAL_ONLY) for argument in spec.posonlyargs]
    kinds += [(argument, ParameterKind.POSITIONAL_OR_KEYWORD) for argument in spec.args]
    for index, (argument, kind) in enumerate(kinds):
        view = view_of_source(argument.annotation, place)
        if argument.arg == receiver and argument.annotation is None:
            view = _view_of_receiver(function, argument.arg, place) or view
        yield Parameter(argument.arg, kind, index >= without_default, view)
    if spec.vararg is not None:
        yield _variadic(spec.vararg, ParameterKind.VAR_POSITIONAL, place)
    for argument, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True):
        view = view_of_source(argument.annotation, place)
        yield Parameter(argument.arg, ParameterKind.KEYWORD_ONLY, default is not None, view)
    if spec.kwarg is not None:
        yield _variadic(spec.kwarg, ParameterKind.VAR_KEYWORD, place)


def _view_of_receiver(function: AnyFunction, receiver: str, place: Place) -> AnnotationView | None:
    """An instance of the class around for `self`, that class for the first parameter of a class method."""
    owner = enclosing_class(place.scope, place.project)
    if owner is None:
        return None
    for decorator in function.decorator_list:
        if place.project.resolve(decorator, place.scope) == External("builtins.classmethod"):
            return view_of_class_itself(owner)
    return view_of_class(owner) if receiver == "self" else None


def _variadic(argument: ast.arg, kind: ParameterKind, place: Place) -> Parameter:
    """`*args: int` is a tuple of int, `**kwargs: int` a dict."""
    item = view_of_source(argument.annotation, place)
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
