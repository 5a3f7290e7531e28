"""These are the members of a class: what its body declares, and what its methods assign to `self`."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeGuard, final

from typed_cache.checker._annotation import head_of_annotation, parsed_annotation
from typed_cache.checker._calls import is_cache
from typed_cache.checker._project import External, Project
from typed_cache.checker._scopes import AnyFunction, Scope, statements_of

__all__ = ["Member", "members_of", "names_one_of"]

_PROPERTIES: Final = frozenset({"builtins.property", "functools.cached_property", "abc.abstractproperty"})


@final
@dataclass(frozen=True, slots=True)
class Member:
    """One name of a class: a method, or a value that is annotated, assigned, or neither.

    `in_body` says that the body of the class gives it a value, which all instances share; `is_declared`
    that the body annotates it, as it does a field; `is_cached` that it is a function under `Cache`.
    """

    kind: Literal["method", "decorated", "value", "property"]
    scope: Scope
    annotation: ast.expr | None = None
    value: ast.expr | None = None
    in_body: bool = False
    is_declared: bool = False
    is_cached: bool = False


def members_of(body: list[ast.stmt], scope: Scope, project: Project) -> dict[str, Member]:
    """Return the members of the class with this body; a value that methods assign too is theirs."""
    assigned = dict(_assigned_members(body, scope))
    in_body = {
        name: member
        for name, member in _body_members(body, scope, project)
        if name not in assigned or member.annotation is not None or member.kind != "value"
    }
    return assigned | in_body


def _body_members(body: list[ast.stmt], scope: Scope, project: Project) -> Iterator[tuple[str, Member]]:
    for statement in statements_of(body):
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() if not _is_setter(statement):
                yield statement.name, _function_member(statement, scope, project)
            case ast.AnnAssign(target=ast.Name(id=name)) if _is_kept(statement, scope, project):
                value, in_body = statement.value, statement.value is not None
                yield name, Member("value", scope, statement.annotation, value, in_body, is_declared=True)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name):
                        if target.id == "__slots__":
                            yield from ((slot, Member("value", scope)) for slot in _texts(value))
                        yield target.id, Member("value", scope, None, None, in_body=True)
                    else:
                        names = (node.id for node in ast.walk(target) if isinstance(node, ast.Name))
                        yield from ((name, Member("value", scope, in_body=True)) for name in names)
            case ast.ClassDef(name=name):
                yield name, Member("value", scope, in_body=True)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from (
                    (alias.asname or alias.name, Member("value", scope, in_body=True)) for alias in names
                )
            case _:
                continue


def _texts(expression: ast.expr) -> Iterator[str]:
    for node in ast.walk(expression):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


_NOT_KEPT: Final = frozenset({"dataclasses.InitVar"})


def _is_kept(statement: ast.AnnAssign, scope: Scope, project: Project) -> bool:
    """Whether instances have what a body declares: an InitVar is only handed to `__post_init__`."""
    given = statement.value is not None
    return given or not names_one_of(statement.annotation, _NOT_KEPT, scope, project)


def names_one_of(annotation: ast.expr, names: frozenset[str], scope: Scope, project: Project) -> bool:
    """Whether an annotation is one of these forms, as `ClassVar[int]` is."""
    target = project.resolve(head_of_annotation(parsed_annotation(annotation)), scope)
    return isinstance(target, External) and target.dotted in names


def _function_member(function: AnyFunction, scope: Scope, project: Project) -> Member:
    targets = [
        project.resolve(decorator.func if isinstance(decorator, ast.Call) else decorator, scope)
        for decorator in function.decorator_list
    ]
    cached = any(map(is_cache, targets))
    names = {
        target.dotted if isinstance(target, External) else "" for target in targets if not is_cache(target)
    }
    if names & _PROPERTIES:
        return Member("property", scope, function.returns, is_cached=cached)
    return Member("method" if names <= _METHODS else "decorated", scope, is_cached=cached)


_METHODS: Final = frozenset(
    {
        "abc.abstractmethod",
        "builtins.classmethod",
        "builtins.staticmethod",
        "typing.final",
        "typing.override",
        "typing_extensions.override",
    }
)


def _is_setter(function: AnyFunction) -> bool:
    return any(
        isinstance(decorator, ast.Attribute) and decorator.attr in {"setter", "deleter"}
        for decorator in function.decorator_list
    )


def _assigned_members(body: list[ast.stmt], scope: Scope) -> Iterator[tuple[str, Member]]:
    """What methods assign to their first parameter; an annotation wins, two assignments say nothing."""
    seen: dict[str, Member] = {}
    for method in statements_of(body):
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and method.args.args:
            for name, member in _assigned_in(method, scope):
                before = seen.get(name)
                if before is None or (before.annotation is None and member.annotation is not None):
                    seen[name] = member
                elif before.annotation is None:
                    seen[name] = Member("value", scope)
    yield from seen.items()


def _assigned_in(method: AnyFunction, scope: Scope) -> Iterator[tuple[str, Member]]:
    receiver = method.args.args[0].arg
    annotations = {spec.arg: spec.annotation for spec in (*method.args.args, *method.args.kwonlyargs)}
    told: set[ast.AST] = set()
    for node in ast.walk(method):  # statements come before what is in them
        value = annotation = None
        targets: list[ast.expr] = (
            [node] if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) else []
        )
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign):
            annotation = node.annotation
            targets.append(node.target)
        if isinstance(value, ast.Name):
            annotation, value = annotations.get(value.id), None
        for target in targets:
            if target not in told and _is_attribute_of(target, receiver):
                told.add(target)
                yield target.attr, Member("value", scope, annotation, value)


def _is_attribute_of(target: ast.expr, name: str) -> TypeGuard[ast.Attribute]:
    return (
        isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == name
    )
