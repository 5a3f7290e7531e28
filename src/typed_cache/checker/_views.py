"""This is what the rules see of an annotation that is only text: an `AnnotationView` over syntax trees."""

import ast
import enum
import types
import typing
from collections.abc import Iterable, Iterator, MutableMapping, MutableSequence, MutableSet
from dataclasses import dataclass
from typing import Any, Final, final

from typed_cache.checker._annotation import head_of_annotation, is_ellipsis, items_of, parsed_annotation
from typed_cache.checker._class_stability import stability_of_source
from typed_cache.checker._classes import ClassSource
from typed_cache.checker._live import live_object
from typed_cache.checker._members import Member
from typed_cache.checker._project import External, Found, Project, Target
from typed_cache.checker._scopes import Scope
from typed_cache.checker._view_kinds import ContainerView, ForeignView
from typed_cache.template import (
    CONTAINERS,
    STABLE,
    UNKNOWN,
    AnnotationView,
    ClassView,
    Form,
    Missing,
    Shape,
    Stability,
    UnionView,
    Unknown,
    Unseen,
    named_head,
    view_of,
)

__all__ = ["ClassSourceView", "is_pile", "view_of_source"]

_DEPTH: Final = 30
_UNIONS: Final = frozenset({"typing.Union", "typing.Optional"})
_WRAPPERS: Final = frozenset(
    f"{module}.{name}"
    for module in ("typing", "typing_extensions")
    for name in ("Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly")
) | {"dataclasses.InitVar"}


def view_of_source(
    expression: ast.expr | None, scope: Scope, project: Project, depth: int = 0
) -> AnnotationView:
    """Return what the rules see of an annotation that stands in a scope."""
    members = _distinct(_members(expression, scope, project, depth))
    if len(members) == 1:
        return members[0]
    return UnionView(tuple(members), ast.unparse(expression) if expression is not None else "")


def _members(
    expression: ast.expr | None, scope: Scope, project: Project, depth: int
) -> Iterator[AnnotationView]:
    if expression is None or depth > _DEPTH:
        yield Unseen()
        return
    expression = parsed_annotation(expression)
    match expression:
        case ast.Constant(value=None):
            yield view_of(None)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _members(left, scope, project, depth + 1)
            yield from _members(right, scope, project, depth + 1)
        case ast.Name() | ast.Attribute() | ast.Subscript(value=ast.Name() | ast.Attribute()):
            yield from _named(expression, scope, project, depth)
        case _:
            yield Unseen(ast.unparse(expression))


def _named(expression: ast.expr, scope: Scope, project: Project, depth: int) -> Iterator[AnnotationView]:
    items = items_of(expression)
    target = project.resolve(head_of_annotation(expression), scope)
    source = ClassSource.of(target, project)
    if source is not None:
        yield dict_view() if _is_typed_dict(source) else ClassSourceView(source)
    elif isinstance(target, Found):
        yield from _assigned(target, expression, project, depth)
    elif not isinstance(target, External):
        yield Unseen(ast.unparse(expression))
    elif target.dotted in _UNIONS or target.dotted in _WRAPPERS:
        kept = items if target.dotted in _UNIONS else items[:1]
        yield from (view for item in kept for view in _members(item, scope, project, depth + 1))
        if target.dotted == "typing.Optional":
            yield view_of(None)
    elif target.dotted in {"typing.Self", "typing_extensions.Self"}:
        yield _of_enclosing_class(scope, project)
    else:
        yield _external(target, expression, scope, project, depth)


def dict_view() -> AnnotationView:
    """What is seen of a TypedDict, whose values are dicts."""
    return view_of(dict)


def _is_typed_dict(source: ClassSource) -> bool:
    return dict in source.mro and any(
        "TypedDict" in ast.unparse(base)
        for cls in source.mro
        if isinstance(cls, ClassSource)
        for base in cls.node.bases
    )


def _of_enclosing_class(scope: Scope, project: Project) -> AnnotationView:
    node = scope.node
    if isinstance(node, ast.ClassDef) and scope.parent is not None:
        return ClassSourceView(ClassSource.at(scope.parent, node, project))
    return Unseen("Self")


def _external(
    target: External,
    expression: ast.expr,
    scope: Scope,
    project: Project,
    depth: int,
) -> AnnotationView:
    items = items_of(expression)
    text = ast.unparse(expression)
    live: Any = live_object(target.dotted)
    if target.dotted in {"typing.Literal", "typing_extensions.Literal"}:
        return _of_literal(items, text)
    if live is None:
        return ForeignView(text, target.dotted) if "." in target.dotted else Unseen(text)
    if live in {typing.Any, object}:
        return view_of(live)
    plain = view_of(live)
    origin = getattr(live, "__origin__", live)
    if items and isinstance(origin, type) and origin in CONTAINERS:
        inside = tuple(
            view_of_source(item, scope, project, depth + 1) for item in items if not is_ellipsis(item)
        )
        return ContainerView(plain, inside, text)
    return plain


def _of_literal(items: tuple[ast.expr, ...], text: str) -> AnnotationView:
    views = _distinct(view_of(type(item.value)) for item in items if isinstance(item, ast.Constant))
    if not views or not all(isinstance(item, ast.Constant) for item in items):
        return Unseen(text)
    return views[0] if len(views) == 1 else UnionView(tuple(views), text)


def _assigned(target: Found, expression: ast.expr, project: Project, depth: int) -> Iterator[AnnotationView]:
    """An alias, a NewType or a type variable; anything else says nothing."""
    value = target.value
    if not isinstance(value, ast.Call):
        alias = isinstance(value, ast.Subscript | ast.BinOp | ast.Constant | ast.Name | ast.Attribute)
        if alias:
            yield from _members(value, target.scope, project, depth + 1)
        else:
            yield Unseen(ast.unparse(expression))
        return
    made = project.resolve(value.func, target.scope)
    name = made.dotted.rpartition(".")[2] if isinstance(made, External) else ""
    if name == "NewType" and len(value.args) > 1:
        yield from _members(value.args[1], target.scope, project, depth + 1)
    elif name == "TypeVar":
        bounds = [keyword.value for keyword in value.keywords if keyword.arg == "bound"] or value.args[1:]
        for bound in bounds:
            yield from _members(bound, target.scope, project, depth + 1)
        if not bounds:
            yield Unseen(ast.unparse(expression))
    else:
        yield Unseen(ast.unparse(expression))


def _distinct(views: Iterable[AnnotationView]) -> list[AnnotationView]:
    return list(dict.fromkeys(views))


@final
@dataclass(frozen=True, slots=True)
class ClassSourceView:
    """A class that a given file defines."""

    source: ClassSource

    @property
    def text(self) -> str:
        """The class as a person writes it."""
        return self.source.qualname

    def attribute(self, name: str, /) -> AnnotationView | Missing | Unknown:
        """The type of an attribute of the instances."""
        for cls in self.source.mro:
            if isinstance(cls, ClassSource):
                member = cls.members.get(name)
                if member is not None:
                    return view_of_member(member, self.source.project)
            else:
                found = view_of(cls).attribute(name)
                if not isinstance(found, Missing | Unknown):
                    return found
        if hasattr(object, name) or not self._shows_all():
            return UNKNOWN
        return Missing(self.source.qualname, tuple(sorted(self._readable_names())))

    def stability(self) -> Stability:
        """Whether instances have a stable text."""
        return stability_of_source(self.source)

    def shapes(self) -> frozenset[Shape] | Unknown:
        """The shape of the class's text."""
        if self.stability() is not STABLE:
            return UNKNOWN
        return frozenset({Shape(Form.CLASS, named_head(self.source.dotted))})

    def _shows_all(self) -> bool:
        """Whether instances can have no other attributes than those that the source shows."""
        own = [cls for cls in self.source.mro if isinstance(cls, ClassSource)]
        live = [cls for cls in self.source.mro if isinstance(cls, type) and cls not in _SILENT]
        return (
            self.source.is_all_seen
            and not any(cls.members.keys() & _COMPUTING or cls.calls(*_BY_TEXT) for cls in own)
            and not any(_adds_freely(cls) for cls in own)
            and not any(view_of(cls).attribute("_") is UNKNOWN for cls in live)
        )

    def _readable_names(self) -> Iterator[str]:
        is_enum = enum.Enum in self.source.mro
        for cls in self.source.mro:
            if isinstance(cls, ClassSource):
                for name, member in cls.members.items():
                    hidden = (
                        member.kind in {"method", "decorated"}
                        or name == "model_config"
                        or (is_enum and member.in_body)
                    )
                    if not name.startswith("_") and not hidden:
                        yield name
            elif isinstance(found := view_of(cls).attribute("_"), Missing):
                yield from found.candidates


_COMPUTING: Final = frozenset({"__getattr__", "__getattribute__"})
_BY_TEXT: Final = ("setattr", "__dict__", "vars", "__setattr__")
_SILENT: Final[frozenset[type]] = frozenset({enum.Enum})


def _adds_freely(cls: ClassSource) -> bool:
    """Whether a pydantic model takes fields that it does not list."""
    return "pydantic" in cls.scope.module.text and '"allow"' in ast.unparse(cls.node).replace("'", '"')


_PILES: Final = (MutableMapping, MutableSequence, MutableSet)


def is_pile(view: AnnotationView) -> bool:
    """Whether values of a type hold data that changes, as a list or a dict does, and stand for nothing."""
    if isinstance(view, ClassSourceView):
        return any(isinstance(cls, type) and issubclass(cls, _PILES) for cls in view.source.mro)
    live = view.cls if isinstance(view, ClassView) else None
    return (
        is_pile(view.plain)
        if isinstance(view, ContainerView)
        else live is not None and issubclass(live, _PILES)
    )


def view_of_member(member: Member, project: Project) -> AnnotationView:
    """What is seen of an attribute: its annotation, or the plain value that it is given once."""
    if member.kind == "method":
        return view_of(types.FunctionType)
    if member.annotation is not None:
        return view_of_source(member.annotation, member.scope, project)
    match member.value:
        case ast.Constant(value=value) if value is not None and value is not Ellipsis:
            return view_of(type(value))
        case ast.Call(func=function):
            target: Target | None = project.resolve(function, member.scope)
            source = ClassSource.of(target, project)
            if source is not None:
                return ClassSourceView(source)
            live: Any = live_object(target.dotted) if isinstance(target, External) else None
            return view_of(live) if isinstance(live, type) else Unseen()
        case _:
            return Unseen()
