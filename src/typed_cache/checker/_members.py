"""These are the members of a class: what its body declares, and what its methods assign to `self`."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, final

from typed_cache.checker._annotation import head_of_annotation, parsed_annotation
from typed_cache.checker._assignments import AssignedAttribute, Given, attributes_assigned_in
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
    `given` are the values that it is given without an annotation, and `varies` says that a method gives its
    instance one. A method is annotated with what it returns.
    """

    kind: Literal["method", "decorated", "value", "property"]
    scope: Scope
    annotation: ast.expr | None = None
    value: ast.expr | None = None
    given: tuple[Given, ...] = ()
    in_body: bool = False
    varies: bool = False
    is_declared: bool = False
    is_cached: bool = False


def members_of(body: list[ast.stmt], scope: Scope, project: Project) -> dict[str, Member]:
    """Return the members of the class with this body, what its methods assign included."""
    assigned = attributes_assigned_in(body, scope)
    members = {name: _assigned_member(each, scope) for name, each in assigned.items()}
    for name, member in _body_members(body, scope, project):
        before = assigned.get(name)
        members[name] = member if before is None or member.kind != "value" else _merged(member, before)
    return members


def _assigned_member(assigned: AssignedAttribute, scope: Scope) -> Member:
    return Member(
        "value",
        scope,
        assigned.annotation,
        in_body=assigned.to_class,
        varies=not assigned.to_class,
        given=assigned.given,
    )


def _merged(member: Member, assigned: AssignedAttribute) -> Member:
    """What the body declares, where methods assign it too: the body's annotation wins."""
    if member.annotation is None:
        given = (*member.given, *assigned.given)
        member = replace(member, annotation=assigned.annotation, given=given)
    return replace(member, varies=not assigned.to_class)


def _body_members(body: list[ast.stmt], scope: Scope, project: Project) -> Iterator[tuple[str, Member]]:
    for statement in statements_of(body):
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() if not _is_setter(statement):
                yield statement.name, _function_member(statement, scope, project)
            case ast.AnnAssign(target=ast.Name(id=name)) if _is_kept(statement, scope, project):
                yield name, _declared(statement, scope)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name):
                        if target.id == "__slots__":
                            yield from ((slot, Member("value", scope)) for slot in _texts(value))
                        yield target.id, Member("value", scope, given=(Given(value, scope),), in_body=True)
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


def _declared(statement: ast.AnnAssign, scope: Scope) -> Member:
    value = statement.value
    return Member("value", scope, statement.annotation, value, in_body=value is not None, is_declared=True)


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
    if names <= _METHODS:
        returns = function.returns if isinstance(function, ast.FunctionDef) else None
        return Member("method", scope, returns, is_cached=cached)
    return Member("decorated", scope, is_cached=cached)


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
