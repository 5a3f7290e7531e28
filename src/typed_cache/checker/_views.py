"""This is what the rules see of an annotation that is only text: an `AnnotationView` over syntax trees."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import GenericAlias
from typing import Any, Final

from typed_cache.checker._aliases import alias_parameters, bounds_of, class_parameters, is_type_variable
from typed_cache.checker._annotation import head_of_annotation, is_ellipsis, items_of, parsed_annotation
from typed_cache.checker._class_views import ClassItselfView, ClassSourceView
from typed_cache.checker._classes import ClassSource
from typed_cache.checker._live import live_object
from typed_cache.checker._place import Place
from typed_cache.checker._project import External, Found, Project
from typed_cache.checker._scopes import Scope
from typed_cache.checker._view_kinds import AnythingView, CodeView, ContainerView, ForeignView
from typed_cache.template import AnnotationView, ClassView, UnionView, Unseen, view_of

__all__ = ["enclosing_class", "view_of_class", "view_of_class_itself", "view_of_source"]

_UNIONS: Final = frozenset({"typing.Union", "typing.Optional"})
_SELF: Final = frozenset({"typing.Self", "typing_extensions.Self"})
_WRAPPERS: Final = frozenset(
    f"{module}.{name}"
    for module in ("typing", "typing_extensions")
    for name in ("Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly")
) | {"dataclasses.InitVar"}


def view_of_source(expression: ast.expr | None, place: Place) -> AnnotationView:
    """Return what the rules see of an annotation."""
    members = _distinct(_members(expression, place))
    if len(members) == 1:
        return members[0]
    return UnionView(tuple(members), ast.unparse(expression) if expression is not None else "")


def view_of_class(source: ClassSource, arguments: Iterable[AnnotationView] = ()) -> AnnotationView:
    """Return what is seen of the instances of a class; those of a TypedDict are dicts."""
    if _is_typed_dict(source):
        return view_of(dict)
    given = tuple(arguments)
    names = class_parameters(source.node, source.defined_in, source.project) if given else ()
    return ClassSourceView(source, view_of_source, tuple(zip(names, given, strict=False)))


def view_of_class_itself(source: ClassSource) -> AnnotationView:
    """Return what is seen of a class, as `cls` has it."""
    return ClassItselfView(source, view_of_source)


def _members(expression: ast.expr | None, place: Place) -> Iterator[AnnotationView]:
    if expression is None:
        yield Unseen()
        return
    expression = parsed_annotation(expression)
    match expression:
        case ast.Constant(value=None):
            yield view_of(None)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _members(left, place)
            yield from _members(right, place)
        case ast.Name(id=name) if name in place.given:
            yield place.given[name]
        case ast.Name() | ast.Attribute() | ast.Subscript(value=ast.Name() | ast.Attribute()):
            yield from _named(expression, place)
        case _:
            yield Unseen(ast.unparse(expression))


def _named(expression: ast.expr, place: Place) -> Iterator[AnnotationView]:
    items = items_of(expression)
    target = place.project.resolve(head_of_annotation(expression), place.scope)
    source = ClassSource.of(target, place.project)
    if source is not None:
        yield view_of_class(source, (view_of_source(item, place) for item in items))
    elif isinstance(target, Found):
        yield from _assigned(target, expression, place)
    elif not isinstance(target, External):
        yield Unseen(ast.unparse(expression))
    elif target.dotted in _UNIONS or target.dotted in _WRAPPERS:
        kept = items if target.dotted in _UNIONS else items[:1]
        yield from (view for item in kept for view in _members(item, place))
        if target.dotted == "typing.Optional":
            yield view_of(None)
    elif target.dotted in _SELF:
        owner = place.owner or enclosing_class(place.scope, place.project)
        yield Unseen("Self") if owner is None else view_of_class(owner)
    else:
        yield _external(target, expression, place)


def _is_typed_dict(source: ClassSource) -> bool:
    return dict in source.mro and any(
        "TypedDict" in ast.unparse(base)
        for cls in source.mro
        if isinstance(cls, ClassSource)
        for base in cls.node.bases
    )


def enclosing_class(scope: Scope, project: Project) -> ClassSource | None:
    """Return the class in whose body a function's annotations stand."""
    here = scope.parent if scope.is_of_types and scope.parent is not None else scope
    if isinstance(here.node, ast.ClassDef) and here.parent is not None:
        return ClassSource.at(here.parent, here.node, project)
    return None


def _external(target: External, expression: ast.expr, place: Place) -> AnnotationView:
    items = items_of(expression)
    text = ast.unparse(expression)
    live: Any = live_object(target.dotted)
    if target.dotted in {"typing.Literal", "typing_extensions.Literal"}:
        return _of_literal(items, text)
    if live is None:
        return ForeignView(text, target.dotted) if "." in target.dotted else Unseen(text)
    if live is object:
        return AnythingView()
    if getattr(live, "__origin__", live) is Callable:
        return CodeView(view_of(live))
    return _generic(live, items, text, place) if items else view_of(live)


def _generic(live: Any, items: tuple[ast.expr, ...], text: str, place: Place) -> AnnotationView:
    origin = getattr(live, "__origin__", live)
    if origin is type:
        return _of_type(items[0], place)
    if isinstance(origin, type) and issubclass(origin, _CONTAINERS):
        inside = (view_of_source(item, place) for item in items if not is_ellipsis(item))
        return ContainerView(view_of(live), tuple(inside), text)
    return view_of(live)


_CONTAINERS: Final = (Sequence, Mapping, AbstractSet)
"""What is written by its items; the containers of the language are among these."""


def _of_type(item: ast.expr, place: Place) -> AnnotationView:
    """`type[User]`; of `type[int]` the library sees what it does at import."""
    instance = view_of_source(item, place)
    if isinstance(instance, UnionView):
        views = tuple(_distinct(map(_class_of, instance.members)))
        return views[0] if len(views) == 1 else UnionView(views, f"type[{instance.text}]")
    return _class_of(instance)


def _class_of(instance: AnnotationView) -> AnnotationView:
    if isinstance(instance, ClassSourceView):
        return view_of_class_itself(instance.source)
    return view_of(GenericAlias(type, (instance.cls,)) if isinstance(instance, ClassView) else type)


def _of_literal(items: tuple[ast.expr, ...], text: str) -> AnnotationView:
    views = _distinct(view_of(type(item.value)) for item in items if isinstance(item, ast.Constant))
    if not views or not all(isinstance(item, ast.Constant) for item in items):
        return Unseen(text)
    return views[0] if len(views) == 1 else UnionView(tuple(views), text)


def _assigned(target: Found, expression: ast.expr, place: Place) -> Iterator[AnnotationView]:
    """An alias, a NewType or a type variable; anything else says nothing."""
    value = target.value
    if is_type_variable(target, place.project):
        # what a variable of another class, or of an alias, stands for is not told here
        bounds = bounds_of(target, place.project) if place.owner is None and not place.behind else ()
        for bound in bounds:
            yield from _members(bound, Place(target.scope, place.project, behind=(bound,)))
        if not bounds:
            yield Unseen(ast.unparse(expression))
        return
    if isinstance(value, ast.Call):
        made = place.project.resolve(value.func, target.scope)
        is_new_type = isinstance(made, External) and made.dotted.endswith(".NewType") and len(value.args) > 1
        value = value.args[1] if is_new_type else None
    if not isinstance(value, _ALIASES) or value in place.behind:
        yield Unseen(ast.unparse(expression))
        return
    given = [view_of_source(item, place) for item in items_of(expression)]
    names = alias_parameters(target, place.project) if given else ()
    inside = Place(
        target.scope, place.project, None, (*place.behind, value), dict(zip(names, given, strict=False))
    )
    yield from _members(value, inside)


_ALIASES: Final = (ast.Subscript, ast.BinOp, ast.Constant, ast.Name, ast.Attribute)


def _distinct(views: Iterable[AnnotationView]) -> list[AnnotationView]:
    return list(dict.fromkeys(views))
