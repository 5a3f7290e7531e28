"""This is what the rules see of a class in the source: of its instances, and of the class itself."""

import ast
import types
from dataclasses import dataclass
from typing import Final, TypeAlias, final

from typed_cache.checker._class_stability import stability_of_source
from typed_cache.checker._classes import ClassSource
from typed_cache.checker._enums import attribute_of_member
from typed_cache.checker._expressions import Here, any_of, view_of_expression
from typed_cache.checker._members import Member
from typed_cache.checker._place import Place, Reader
from typed_cache.checker._scopes import Scope
from typed_cache.checker._shown import (
    class_names_to_offer,
    class_shows_all,
    comes_unseen,
    names_to_offer,
    shows_all,
)
from typed_cache.template import (
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
    Unstable,
    named_head,
    view_of,
)

__all__ = ["ClassItselfView", "ClassSourceView"]

Given: TypeAlias = tuple[tuple[str, AnnotationView], ...]


@final
@dataclass(frozen=True, slots=True)
class ClassSourceView:
    """An instance of the class; `given` are the types that stand for the variables of a generic one."""

    source: ClassSource
    read: Reader
    given: Given = ()

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
                    given = self.given if cls is self.source else ()
                    return _view_of_member(member, self.source, self.read, given)
            else:
                if enum_views := attribute_of_member(self.source, name, self._type_of):
                    return any_of(enum_views)
                found = view_of(cls).attribute(name)
                if not isinstance(found, Missing | Unknown):
                    return found
        if comes_unseen(name, self.source) or not shows_all(self.source):
            return UNKNOWN
        return Missing(self.source.qualname, names_to_offer(self.source, private=name.startswith("_")))

    def _type_of(self, expression: ast.expr, scope: Scope) -> AnnotationView:
        return view_of_expression(expression, Here(scope, self.source.project, self.read))

    def stability(self) -> Stability:
        """Whether instances have a stable text."""

        def of_field(member: Member, owner: ClassSource) -> Stability:
            given = self.given if member.scope is self.source.scope else ()
            view = _view_of_member(member, owner, self.read, given)
            members = view.members if isinstance(view, UnionView) else (view,)
            # one that may stay None does not spoil its record
            spoils = all(isinstance(each.stability(), Unstable) for each in members)
            return view.stability() if spoils else UNKNOWN

        return stability_of_source(self.source, of_field, known_as=self)

    def shapes(self) -> frozenset[Shape] | Unknown:
        """The shape of the class's text."""
        if self.stability() is not STABLE:
            return UNKNOWN
        return frozenset({Shape(Form.CLASS, named_head(self.source.dotted))})


@final
@dataclass(frozen=True, slots=True)
class ClassItselfView:
    """The class, as `cls` and `type[Class]` have it."""

    source: ClassSource
    read: Reader

    @property
    def text(self) -> str:
        """The type as a person writes it."""
        return f"type[{self.source.qualname}]"

    def attribute(self, name: str, /) -> AnnotationView | Missing | Unknown:
        """The type of an attribute of the class; what methods assign to `self` passes, as elsewhere."""
        for cls in self.source.mro:
            if isinstance(cls, ClassSource):
                found = self._attribute_of(cls, name)
                if found is not None:
                    return found
            elif hasattr(cls, name):  # those of its metaclass count, as they do in Python
                return UNKNOWN
        if hasattr(type, name) or comes_unseen(name, self.source) or not class_shows_all(self.source):
            return UNKNOWN
        return Missing(self.text, class_names_to_offer(self.source, private=name.startswith("_")))

    def _attribute_of(self, cls: ClassSource, name: str) -> AnnotationView | Missing | Unknown | None:
        member = cls.members.get(name)
        if member is not None:  # a property is itself, where no instance computes it
            is_property = member.kind == "property"
            return UNKNOWN if is_property else _view_of_member(member, self.source, self.read)
        metaclass = cls.metaclass
        if isinstance(metaclass, ClassSource):
            own = [meta for meta in metaclass.mro if isinstance(meta, ClassSource)]
            is_listed = any(name in meta.members for meta in own)
            return ClassSourceView(metaclass, self.read).attribute(name) if is_listed else None
        return UNKNOWN if metaclass is not None and hasattr(metaclass, name) else None

    def stability(self) -> Stability:
        """A class is written by its name."""
        return view_of(type).stability()

    def shapes(self) -> frozenset[Shape] | Unknown:
        """The shape of a class's name."""
        return view_of(type).shapes()


def _view_of_member(member: Member, owner: ClassSource, read: Reader, given: Given = ()) -> AnnotationView:
    """What is seen of an attribute of `owner`: its annotation, or the plain values that it is given."""
    if member.kind == "method":
        return view_of(types.MethodType)
    if member.annotation is not None:
        found = read(member.annotation, Place(member.scope, owner.project, owner, given=dict(given)))
        return Unseen(found.text) if member.kind == "value" and _is_descriptor(found) else found
    if member.in_body and not member.varies:
        return Unseen()  # a class below may give it another
    receiver = ClassSourceView(owner, read, given)
    views = [
        view_of_expression(each.value, Here(each.scope, owner.project, read, receiver, owner, dict(given)))
        for each in member.given
    ]
    kinds = {view for view in views if view != _NONE}  # values of several types say nothing
    return Unseen() if len(kinds) != 1 or any(map(_is_descriptor, kinds)) else any_of(views)


_NONE: Final = view_of(None)


def _is_descriptor(view: AnnotationView) -> bool:
    """Whether a class body that holds such a value shows something else to those who ask for it."""
    if isinstance(view, ClassSourceView):
        above = view.source.mro
        return any(
            "__get__" in cls.members if isinstance(cls, ClassSource) else hasattr(cls, "__get__")
            for cls in above
        )
    return isinstance(view, ClassView) and hasattr(view.cls, "__get__")
