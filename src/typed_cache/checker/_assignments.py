"""This is what the methods of a class assign to their first parameter, and so to its instances."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, final

from typed_cache.checker._scopes import AnyFunction, Scope, statements_of

__all__ = ["AssignedAttribute", "Given", "attributes_assigned_in"]


@final
@dataclass(frozen=True, slots=True)
class Given:
    """A value that an attribute is given; None is one that no expression stands for, as in a loop."""

    value: ast.expr | None
    scope: Scope


@final
@dataclass(frozen=True, slots=True)
class AssignedAttribute:
    """All that methods assign to one attribute; an annotation, also a parameter's, tells its type.

    `to_class` says that only methods of the class itself assign it.
    """

    annotation: ast.expr | None = None
    given: tuple[Given, ...] = ()
    to_class: bool = False

    def __or__(self, other: "AssignedAttribute") -> "AssignedAttribute":
        annotation = other.annotation if self.annotation is None else self.annotation
        return AssignedAttribute(
            annotation, (*self.given, *other.given), to_class=self.to_class and other.to_class
        )


_Assignment: TypeAlias = tuple[ast.Attribute, tuple[ast.expr | None, ...], ast.expr | None]
"""An attribute, the values that it is given, and its annotation; `self.calls += 1` gives no new one."""


def attributes_assigned_in(body: Iterable[ast.stmt], scope: Scope) -> dict[str, AssignedAttribute]:
    """Return the attributes that the methods of a class with this body assign."""
    found: dict[str, AssignedAttribute] = {}
    for method in statements_of(body):
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
            for name, assigned in _assigned_in(method, scope):
                found[name] = found[name] | assigned if name in found else assigned
    return found


def _assigned_in(method: AnyFunction, scope: Scope) -> Iterator[tuple[str, AssignedAttribute]]:
    taken = [*method.args.posonlyargs, *method.args.args]
    if not taken:
        return
    receiver, to_class = taken[0].arg, _is_of_class(method)
    annotations = {spec.arg: spec.annotation for spec in (*taken[1:], *method.args.kwonlyargs)}
    inside = scope.inner(method)
    for target, values, annotation in _assignments(method.body, receiver):
        if isinstance(target.value, ast.Name) and target.value.id == receiver:
            named = values[0].id if values and isinstance(values[0], ast.Name) else ""
            given = tuple(Given(value, inside) for value in values)
            yield target.attr, AssignedAttribute(annotation or annotations.get(named), given, to_class)


_OF_CLASS: Final = frozenset({"__new__", "__init_subclass__", "__class_getitem__"})


def _is_of_class(method: AnyFunction) -> bool:
    named = {node.id for node in method.decorator_list if isinstance(node, ast.Name)}
    return bool(named & {"classmethod", "staticmethod"}) or method.name in _OF_CLASS


def _assignments(  # one case for each kind of statement
    body: list[ast.stmt], receiver: str
) -> Iterator[_Assignment]:
    """Those of a body, and of functions inside of it that have no receiver of their own."""
    for statement in statements_of(body):
        match statement:
            case ast.Assign(targets=targets, value=value):
                pairs = (pair for target in targets for pair in _pairs(target, value))
                yield from ((each, (said,), None) for each, said in pairs)
            case ast.AnnAssign(target=ast.Attribute() as target, annotation=annotation, value=value):
                yield target, (value,), annotation
            case ast.AugAssign(target=ast.Attribute() as target):
                yield target, (), None
            case ast.For(target=target) | ast.AsyncFor(target=target):
                yield from ((each, (None,), None) for each, _ in _pairs(target, None))
            case ast.With(items=items) | ast.AsyncWith(items=items):
                bound = (item.optional_vars for item in items if item.optional_vars is not None)
                yield from ((each, (None,), None) for part in bound for each, _ in _pairs(part, None))
            case ast.FunctionDef(args=spec, body=inside) | ast.AsyncFunctionDef(args=spec, body=inside):
                if all(argument.arg != receiver for argument in (*spec.posonlyargs, *spec.args)):
                    found = _assignments(inside, receiver)
                    yield from ((target, (None,), annotation) for target, _, annotation in found)
            case ast.ClassDef(body=inside):
                yield from _assignments(inside, receiver)
            case _:
                continue


def _pairs(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[ast.Attribute, ast.expr | None]]:
    """The attributes that an assignment binds, each with what it is given: two of `self.a, self.b = 1, 2`."""
    if isinstance(target, ast.Attribute):
        yield target, value
    elif isinstance(target, ast.Starred):
        yield from _pairs(target.value, None)
    elif isinstance(target, ast.Tuple | ast.List):
        values = value.elts if isinstance(value, ast.Tuple) else []
        is_plain = len(values) == len(target.elts) and not any(
            isinstance(each, ast.Starred) for each in (*values, *target.elts)
        )
        for place, each in enumerate(target.elts):
            yield from _pairs(each, values[place] if is_plain else None)
