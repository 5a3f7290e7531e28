"""This is the state that a function's body reads besides its parameters, as far as the source shows it."""

import ast
import inspect
from collections.abc import Iterator, MutableMapping, MutableSequence, MutableSet
from typing import Final

from typed_cache.checker._annotation import head_of_annotation, items_of, parsed_annotation
from typed_cache.checker._body import Around, body_nodes, path_of
from typed_cache.checker._class_views import ClassItselfView, ClassSourceView
from typed_cache.checker._classes import ClassSource
from typed_cache.checker._expressions import Here, view_of_expression
from typed_cache.checker._place import Place
from typed_cache.checker._project import External, Found, Project
from typed_cache.checker._scopes import AnyFunction, Assigned, Scope
from typed_cache.checker._view_kinds import ContainerView
from typed_cache.checker._views import view_of_class, view_of_source
from typed_cache.template import (
    STABLE,
    AnnotationView,
    ClassView,
    Missing,
    StateRead,
    UnionView,
    Unknown,
    Unseen,
    view_of,
)

__all__ = ["reads_of"]


def reads_of(
    function: AnyFunction, scope: Scope, project: Project, receiver: str | None
) -> tuple[StateRead, ...]:
    """Return what a body reads, each once: attributes of `self` that could be in a key, context variables.

    What a class gives all its instances (`ClassVar`, constants, values in its body) is no state, and neither
    is what has no stable text (a session) nor what is data rather than a mark (a list, a dict).
    """
    found: dict[str, StateRead] = {}
    owner = _owner(scope, project) if receiver == "self" else None
    for node, around in body_nodes(function, scope, receiver or ""):
        read: StateRead | None = None
        if owner is not None and around.has_receiver and isinstance(node, ast.Attribute):
            read = _attribute_read(node, owner)
        elif isinstance(node, ast.Call):
            read = _context_read(node, around, project)
        if read is not None:
            found.setdefault(read.text, read)
    return tuple(found.values())


def _owner(scope: Scope, project: Project) -> ClassSource | None:
    node = scope.node
    if isinstance(node, ast.ClassDef) and scope.parent is not None:
        return ClassSource.at(scope.parent, node, project)
    return None


def _attribute_read(node: ast.Attribute, owner: ClassSource) -> StateRead | None:
    """`self.settings.region` where the value at the end tells calls apart, and is not a session's own."""
    path = path_of(node)
    if not path or path[0] != "self" or not isinstance(node.ctx, ast.Load):
        return None
    read = StateRead(".".join(path), node.lineno, nameable=True)
    view: AnnotationView = (of_self := view_of_class(owner))
    for name in path[1:]:
        if view is not of_self and _is_dependency(view):
            return None
        if any(_is_shared(name, source) for source in _sources_of(view)):
            return None
        if _is_computed(name, view):
            break  # no type is told, and it tells as much as what it is computed from
        found = view.attribute(name)
        if isinstance(found, Missing | Unknown):
            return None
        view = found
    return read if _identifies(view) else None


def _sources_of(view: AnnotationView) -> Iterator[ClassSource]:
    for member in view.members if isinstance(view, UnionView) else (view,):
        if isinstance(member, ClassSourceView):
            yield member.source


def _is_dependency(view: AnnotationView) -> bool:
    """Whether an object is there for what it does, as a session is, rather than for the values it holds."""
    if isinstance(view, UnionView):
        return any(_is_dependency(member) for member in view.members)
    if _identifies(view):
        return False
    if isinstance(view, ClassSourceView):
        above = [cls for cls in view.source.mro if isinstance(cls, ClassSource)]
        members = [(name, member) for cls in above for name, member in cls.members.items()]
        return any(member.kind in _DOING and not name.startswith("_") for name, member in members)
    return isinstance(view, ClassView) and view.cls is not type


_DOING: Final = frozenset({"method", "decorated"})


def _is_computed(name: str, view: AnnotationView) -> bool:
    """Whether an attribute of a type that no file defines is data, as the year of a date is."""
    if isinstance(view, UnionView):
        return all(_is_computed(name, member) for member in view.members if member != _NONE)
    if isinstance(view, ClassItselfView):
        return name in _NAMES_OF_CLASS
    if not isinstance(view, ClassView):
        return False
    return (view.cls is type and name in _NAMES_OF_CLASS) or inspect.isdatadescriptor(
        inspect.getattr_static(view.cls, name, None)
    )


_NAMES_OF_CLASS: Final = frozenset({"__name__", "__qualname__", "__module__"})


_SHARED: Final = ("ClassVar", "Final")


def _is_shared(name: str, owner: ClassSource) -> bool:
    """Whether a class gives all its instances the same value of an attribute."""
    if name.isupper() or name.startswith("__"):
        return True
    above = [cls for cls in owner.mro if isinstance(cls, ClassSource)]
    members = [cls.members[name] for cls in above if name in cls.members]
    if not members or not members[0].in_body or any(member.varies for member in members):
        return False
    if not any(cls.record for cls in above):
        return True
    annotation = members[0].annotation
    return annotation is None or any(word in ast.unparse(annotation) for word in _SHARED)


def _identifies(view: AnnotationView) -> bool:
    """Whether values of the type tell one call from another: they have a text, and are no pile of data."""
    if isinstance(view, UnionView):
        return all(member == _NONE or _identifies(member) for member in view.members)
    return view.stability() is STABLE and not _is_pile(view)


_NONE: Final = view_of(None)
_PILES: Final = (MutableMapping, MutableSequence, MutableSet)


def _is_pile(view: AnnotationView) -> bool:
    """Whether values of a type hold data that changes, as a list or a dict does, and stand for nothing."""
    if isinstance(view, ContainerView):
        return _is_pile(view.plain)
    above = view.source.mro if isinstance(view, ClassSourceView) else ()
    classes = (view.cls,) if isinstance(view, ClassView) else above
    return any(isinstance(cls, type) and issubclass(cls, _PILES) for cls in classes)


def _context_read(call: ast.Call, around: Around, project: Project) -> StateRead | None:
    """`LOCALE.get()` where LOCALE is a context variable whose values could tell calls apart."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "get":
        return None
    path = path_of(call.func.value)
    target = project.resolve(call.func.value, around.scope)
    if not path or path[0] in around.hidden or not isinstance(target, Found):
        return None
    if not isinstance(target.binding, Assigned):
        return None
    values = _values_of_variable(target.binding, target.scope, project)
    if values is None or not (isinstance(values, Unseen) or _identifies(values)):
        return None
    return StateRead(".".join(path), call.lineno, nameable=False)


def _values_of_variable(assigned: Assigned, scope: Scope, project: Project) -> AnnotationView | None:
    """The type of a context variable's values, as far as it is told; None for what is no such variable."""
    found: AnnotationView | None = None
    for said in (assigned.annotation, assigned.value):
        called = said.func if isinstance(said, ast.Call) else said
        if called is None:
            continue
        written = parsed_annotation(called)
        target = project.resolve(head_of_annotation(written), scope)
        if target != External("contextvars.ContextVar"):
            continue
        for item in items_of(written):
            return view_of_source(item, Place(scope, project))
        found = Unseen()
        for keyword in said.keywords if isinstance(said, ast.Call) else ():
            if keyword.arg == "default":
                found = view_of_expression(keyword.value, Here(scope, project, view_of_source))
    return found
