"""This is what type an expression has, where the source shows it plainly."""

import ast
import enum
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple, final

from typed_cache.checker._classes import ClassSource
from typed_cache.checker._live import live_object
from typed_cache.checker._place import Place, Reader
from typed_cache.checker._plain_types import is_plain, type_of_operation, type_of_result
from typed_cache.checker._project import External, Found, Project, Target
from typed_cache.checker._scopes import AnyFunction, Assigned, Defined, Opaque, Scope
from typed_cache.checker._view_kinds import ContainerView
from typed_cache.template import AnnotationView, ClassView, Missing, UnionView, Unknown, Unseen, view_of

__all__ = ["Here", "any_of", "view_of_expression"]

_DEPTH: Final = 30
_NONE: Final = view_of(None)


@final
class Here(NamedTuple):
    """Where an expression stands; in a method also what its receiver is, and what stands for its types."""

    scope: Scope
    project: Project
    read: Reader
    receiver: AnnotationView = Unseen()
    owner: ClassSource | None = None
    given: Mapping[str, AnnotationView] = MappingProxyType({})


def view_of_expression(expression: ast.expr | None, here: Here) -> AnnotationView:
    """Return what is seen of the values of an expression; nothing where its type is not plain to see."""
    reading = here.project.reading
    if expression is None or expression in reading or len(reading) > _DEPTH:
        return Unseen()
    reading.add(expression)
    try:
        return _view_of(expression, here)
    finally:
        reading.remove(expression)


def any_of(views: Iterable[AnnotationView]) -> AnnotationView:
    """Any of several types; nothing is known where nothing is of one of them."""
    parts = (view.members if isinstance(view, UnionView) else (view,) for view in views)
    members = list(dict.fromkeys(member for part in parts for member in part))
    if not members or any(isinstance(member, Unseen) for member in members):
        return Unseen()
    text = " | ".join(member.text for member in members)
    return members[0] if len(members) == 1 else UnionView(tuple(members), text)


def _view_of(expression: ast.expr, here: Here) -> AnnotationView:  # noqa: PLR0911  # one for each kind
    match expression:
        case ast.Constant(value=value):
            return Unseen() if value is Ellipsis else view_of(type(value))
        case ast.JoinedStr():
            return view_of(str)
        case ast.Name():
            return _of_name(expression, here)
        case ast.Attribute():
            return _of_attribute(expression, here)
        case ast.Call():
            return _of_call(expression, here)
        case ast.Await(value=ast.Call() as call):
            return _of_call(call, here, is_awaited=True)
        case ast.NamedExpr(value=value):
            return view_of_expression(value, here)
        case ast.Tuple(elts=items):
            inside = tuple(view_of_expression(item, here) for item in items)
            return ContainerView(view_of(tuple), inside, "tuple")
        case ast.Subscript(value=value):
            return _of_item(view_of_expression(value, here))
        case _:
            return _of_operation(expression, here)


def _of_operation(expression: ast.expr, here: Here) -> AnnotationView:  # noqa: PLR0911  # as above
    match expression:
        case ast.IfExp(body=one, orelse=other):
            return any_of(view_of_expression(each, here) for each in (one, other))
        case ast.BoolOp(op=bool_op, values=values):
            return any_of(_operands(bool_op, [view_of_expression(value, here) for value in values]))
        case ast.BinOp(left=left, op=op, right=right):
            return type_of_operation(view_of_expression(left, here), op, view_of_expression(right, here))
        case ast.UnaryOp(op=ast.Not()):
            return view_of(bool)
        case ast.UnaryOp(operand=operand):
            view = view_of_expression(operand, here)
            return view if is_plain(view) else Unseen()
        case ast.Compare(left=left, ops=ops, comparators=others):
            plain = all(is_plain(view_of_expression(side, here)) for side in (left, *others))
            return view_of(bool) if plain or all(isinstance(each, _ALWAYS_BOOL) for each in ops) else Unseen()
        case _:
            return Unseen()


_ALWAYS_BOOL: Final = (ast.Is, ast.IsNot, ast.In, ast.NotIn)


def _operands(op: ast.boolop, views: list[AnnotationView]) -> Iterator[AnnotationView]:
    """What `and` and `or` leave: before an `or`, None is passed over."""
    for view in views[:-1]:
        members = view.members if isinstance(view, UnionView) else (view,)
        yield from (member for member in members if isinstance(op, ast.And) or member != _NONE)
    yield views[-1]


def _of_name(name: ast.Name, here: Here) -> AnnotationView:
    target = here.project.resolve(name, here.scope)
    if isinstance(target, Found) and isinstance(target.binding, Opaque):
        function = target.scope.node
        if not isinstance(function, ast.Module | ast.ClassDef):
            return _of_parameter(name.id, function, target.scope, here)
    return _of_target(target, here)


def _of_parameter(name: str, function: AnyFunction, scope: Scope, here: Here) -> AnnotationView:
    positional = [*function.args.posonlyargs, *function.args.args]
    if scope is here.scope and positional and positional[0].arg == name and here.owner is not None:
        return here.receiver
    for argument in (*positional, *function.args.kwonlyargs):
        if argument.arg == name:
            around = scope.parent or scope
            place = Place(around.of_annotations(function), here.project, here.owner, given=here.given)
            return here.read(argument.annotation, place)
    return Unseen()


def _of_target(target: Target | None, here: Here) -> AnnotationView:
    """What an assigned name holds."""
    if not isinstance(target, Found) or not isinstance(target.binding, Assigned):
        return Unseen()
    if target.binding.annotation is not None:
        return here.read(target.binding.annotation, Place(target.scope, here.project))
    there = here if target.scope is here.scope else Here(target.scope, here.project, here.read)
    return view_of_expression(target.binding.value, there)


def _of_attribute(expression: ast.Attribute, here: Here) -> AnnotationView:
    cls = ClassSource.of(here.project.resolve(expression.value, here.scope), here.project)
    if cls is not None and enum.Enum in cls.mro:
        member = cls.members.get(expression.attr)
        is_member = member is not None and member.in_body and member.kind == "value"
        return here.read(expression.value, Place(here.scope, here.project)) if is_member else Unseen()
    target = here.project.resolve(expression, here.scope)
    if target is not None:
        return _of_target(target, here)
    found = view_of_expression(expression.value, here).attribute(expression.attr)
    return Unseen() if isinstance(found, Missing | Unknown) else found


def _of_call(call: ast.Call, here: Here, *, is_awaited: bool = False) -> AnnotationView:
    target = here.project.resolve(call.func, here.scope)
    if isinstance(target, Found) and isinstance(target.binding, Defined):
        function = target.binding.node
        if not isinstance(function, ast.ClassDef):
            return _of_result(function, target.scope, here, is_awaited=is_awaited)
    if is_awaited:
        return Unseen()
    if isinstance(target, External):
        live: Any = live_object(target.dotted)
        return view_of(live) if isinstance(live, type) else type_of_result(target.dotted)
    if isinstance(target, Found):  # a class, a NewType
        return here.read(call.func, Place(here.scope, here.project))
    if isinstance(call.func, ast.Attribute):
        return _of_method(view_of_expression(call.func.value, here), call.func.attr, here)
    return Unseen()


def _of_result(function: AnyFunction, scope: Scope, here: Here, *, is_awaited: bool) -> AnnotationView:
    """What the annotation of a function says, where no decorator may change that."""
    made = [each.func if isinstance(each, ast.Call) else each for each in function.decorator_list]
    found = [here.project.resolve(each, scope) for each in made]
    is_kept = all(isinstance(each, External) and each.dotted.startswith(_KEEPING) for each in found)
    if not is_kept or isinstance(function, ast.AsyncFunctionDef) != is_awaited:
        return Unseen()
    return here.read(function.returns, Place(scope.of_annotations(function), here.project))


_KEEPING: Final = ("functools.", "builtins.", "typing", "typed_cache.")


def _of_method(view: AnnotationView, name: str, here: Here) -> AnnotationView:
    source = getattr(view, "source", None)
    if isinstance(source, ClassSource):
        for cls in source.mro:
            if isinstance(cls, ClassSource) and (member := cls.members.get(name)) is not None:
                place = Place(member.scope, here.project, source)
                return here.read(member.annotation, place) if member.kind == "method" else Unseen()
    return type_of_result(name, view)


def _of_item(view: AnnotationView) -> AnnotationView:
    """An item of a text or of a container; of a tuple any of its items."""
    if isinstance(view, ClassView):
        return view if view.cls is str else Unseen()
    if not isinstance(view, ContainerView) or not isinstance(view.plain, ClassView):
        return Unseen()
    is_mapping = issubclass(view.plain.cls, Mapping)
    return any_of(view.items[-1:] if is_mapping else view.items)
