"""This is what the rules see of a type: an `AnnotationView` over mypy's own types.

Attributes are looked up as mypy does it at `value.name`, so properties, descriptors, generics and the
plugins of other libraries count.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple, final

from mypy.checker import TypeChecker
from mypy.checkmember import analyze_member_access
from mypy.nodes import Context, Decorator, FuncDef, OverloadedFuncDef, SymbolNode, TypeInfo
from mypy.typeops import tuple_fallback
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    LiteralType,
    NoneType,
    Overloaded,
    ProperType,
    TupleType,
    Type,
    TypedDictType,
    TypeOfAny,
    TypeType,
    TypeVarType,
    UnionType,
    get_proper_type,
)
from mypy.typevars import fill_typevars

from typed_cache import template
from typed_cache._mypy._code_view import CODE, METHOD, CodeView
from typed_cache._mypy._contents import unstable_field, unstable_item
from typed_cache._mypy._evidence import Evidence, is_inferred
from typed_cache._mypy._names import computes_attributes, names_like
from typed_cache._mypy._records import fields_of
from typed_cache._mypy._stability import CONTAINERS, shapes_of, stability_of
from typed_cache._mypy._type_text import type_text
from typed_cache.template import (
    STABLE,
    UNKNOWN,
    AnnotationView,
    Missing,
    Shape,
    Stability,
    UnionView,
    Unknown,
    Unseen,
    Unstable,
)

__all__ = ["NONE", "ClassObjectView", "InstanceView", "Place", "view_of"]


@final
class Place(NamedTuple):
    """Where a type is looked at: attributes can mean something else elsewhere."""

    checker: TypeChecker
    context: Context
    evidence: Evidence


def view_of(typ: Type, place: Place) -> AnnotationView:
    """Return what the rules see of a type."""
    proper = get_proper_type(typ)
    if isinstance(proper, Instance) and not proper.type.is_newtype:  # most are
        return InstanceView(proper, proper, place)
    members = _members(proper, place)
    return members[0] if len(members) == 1 else UnionView(tuple(members), type_text(typ))


def _members(typ: Type, place: Place) -> Sequence[AnnotationView]:  # noqa: PLR0911  # a case for each kind of type
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return [view for item in proper.items for view in _members(item, place)]
    if isinstance(proper, TypeVarType):
        if _is_free(proper):
            return [FreeView(proper.name, place)]
        return [view for item in proper.values or [proper.upper_bound] for view in _members(item, place)]
    if isinstance(proper, LiteralType):
        return _members(proper.fallback, place)
    if isinstance(proper, Instance) and proper.type.is_newtype and proper.type.bases:
        return _members(proper.type.bases[0], place)
    if isinstance(proper, NoneType):
        return [NONE]
    if isinstance(proper, TypeType):
        return [_view_of_class(proper, place)]
    if isinstance(proper, CallableType | Overloaded):
        return [Unseen(type_text(proper)) if proper.is_type_obj() else CodeView(type_text(proper), CODE)]
    if isinstance(proper, TypedDictType):
        names, values = place.checker.named_type("builtins.str"), AnyType(TypeOfAny.special_form)
        proper = place.checker.named_generic_type("builtins.dict", [names, values])
    instance = _instance(proper)
    return [Unseen(type_text(typ)) if instance is None else InstanceView(instance, proper, place)]


def _is_free(variable: TypeVarType) -> bool:
    """Whether a type variable stands for anything at all."""
    bound = get_proper_type(variable.upper_bound)
    return not variable.values and isinstance(bound, Instance) and bound.type.fullname == "builtins.object"


def _view_of_class(typ: TypeType, place: Place) -> AnnotationView:
    """What the rules see of `type[Store]`; of `type[T]` that is what every class has."""
    item = get_proper_type(typ.item)
    item = get_proper_type(item.upper_bound) if isinstance(item, TypeVarType) else item
    instance = _instance(item)
    return Unseen(type_text(typ)) if instance is None else ClassObjectView(instance, typ, place)


def _instance(proper: ProperType) -> Instance | None:
    if isinstance(proper, TupleType):
        return tuple_fallback(proper)
    return proper if isinstance(proper, Instance) else None


NONE: Final = template.view_of(None)


@final
class FreeView:
    """A type variable without a bound: the function takes anything, and so can count on nothing."""

    __slots__ = ("place", "text")

    def __init__(self, text: str, place: Place) -> None:
        self.text = text
        self.place = place

    def attribute(self, name: str, /) -> AnnotationView | Missing | Unknown:
        """What every object has."""
        found = view_of(self.place.checker.named_type("builtins.object"), self.place).attribute(name)
        return Missing(self.text, found.candidates) if isinstance(found, Missing) else found

    def stability(self) -> Unknown:
        """It depends on the call."""
        return UNKNOWN

    def shapes(self) -> Unknown:
        """None that is known."""
        return UNKNOWN


@final
class ClassObjectView:
    """A class itself, as `type[Store]` or the `cls` of a class method stand for it."""

    __slots__ = ("instance", "place", "typ")

    def __init__(self, instance: Instance, typ: TypeType, place: Place) -> None:
        self.instance = instance
        self.typ = typ
        self.place = place

    @property
    def text(self) -> str:
        """The type as a person writes it."""
        return type_text(self.typ)

    def attribute(self, name: str, /) -> AnnotationView | Missing | Unknown:
        """The type that mypy finds for an attribute of the class or of its metaclass."""
        info = self.instance.type
        meta = info.metaclass_type or self.place.checker.named_type("builtins.type")
        self.place.evidence.note(info, name)
        symbol = info.get(name) or meta.type.get(name)
        if symbol is not None:
            return _found(name, symbol.node, self.typ, self.place)
        is_open = info.fallback_to_any or meta.type.fallback_to_any or computes_attributes(meta.type)
        if is_open or info.fullname == "builtins.object":
            return UNKNOWN
        return Missing(f"type[{info.name}]", names_like(name, info))

    def stability(self) -> Stability:
        """A class is written by its name."""
        return STABLE

    def shapes(self) -> Unknown:
        """None that is known."""
        return UNKNOWN


@final
class InstanceView:
    """One class, with the arguments of a generic one; `typ` is the whole type of a tuple."""

    __slots__ = ("instance", "place", "typ")

    def __init__(self, instance: Instance, typ: ProperType, place: Place) -> None:
        self.instance = instance
        self.typ = typ
        self.place = place

    @property
    def text(self) -> str:
        """The type as a person writes it."""
        return type_text(self.typ)

    def attribute(self, name: str, /) -> AnnotationView | Missing | Unknown:
        """The type that mypy finds for the attribute."""
        info = self.instance.type
        self.place.evidence.note(info, name)
        symbol = info.get(name)
        if symbol is not None or (computes_attributes(info) and not info.fallback_to_any):
            return _found(name, None if symbol is None else symbol.node, self.typ, self.place)
        return UNKNOWN if info.fallback_to_any else Missing(info.name, names_like(name, info))

    def stability(self) -> Stability:
        """Whether the class, a container's items, a record's fields have a stable text."""
        self.place.evidence.note(self.instance.type)
        return stability_of(self.instance.type, self.place.checker.modules, partial(_unstable_inside, self))

    def shapes(self) -> frozenset[Shape] | Unknown:
        """The shapes that the text of an instance can take."""
        return shapes_of(self.instance.type, self.place.checker.modules)


def _unstable_inside(view: InstanceView, info: TypeInfo) -> Unstable | None:
    """What is unstable inside a value of the class, or of a record below it."""
    if info is not view.instance.type:
        below = fill_typevars(info)
        view = InstanceView(
            tuple_fallback(below) if isinstance(below, TupleType) else below, below, view.place
        )
    if info.fullname in CONTAINERS:
        return unstable_item(view.typ, partial(_items, view))
    return unstable_field(view.typ, info.name, partial(_fields, view))


def _items(view: InstanceView) -> Iterator[AnnotationView]:
    for item in view.typ.items if isinstance(view.typ, TupleType) else view.instance.args:
        yield view_of(item, view.place)


def _fields(view: InstanceView) -> Iterator[tuple[str, AnnotationView]]:
    for name in fields_of(view.instance.type):
        found = view.attribute(name)
        if not isinstance(found, Missing | Unknown):
            yield name, found


def _found(name: str, node: SymbolNode | None, typ: ProperType, place: Place) -> AnnotationView | Unknown:
    """What mypy finds at `value.name`, where the class of the value has such an attribute."""
    if not is_inferred(node):
        place.evidence.is_missing = True
        return UNKNOWN
    with place.checker.msg.filter_errors() as errors:
        found = analyze_member_access(
            name,
            typ,
            place.context,
            is_lvalue=False,
            is_super=False,
            is_operator=False,
            original_type=typ,
            chk=place.checker,
            no_deferral=True,  # it is for the plugin to say what is checked once more
        )
    if errors.has_new_errors():
        return UNKNOWN
    view = view_of(found, place)
    return CodeView(view.text, METHOD) if isinstance(view, CodeView) and _is_method(node) else view


def _is_method(node: SymbolNode | None) -> bool:
    return isinstance(node, FuncDef | OverloadedFuncDef | Decorator)
