"""This is what the rules see of a type: an `AnnotationView` over mypy's own types.

Attributes are looked up as mypy does it at `value.name`, so properties, descriptors, generics and the
plugins of other libraries count.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, final

from mypy.checker import TypeChecker
from mypy.checkmember import analyze_member_access
from mypy.nodes import Context, FuncDef, OverloadedFuncDef, TypeInfo
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
    TypeVarType,
    UnionType,
    get_proper_type,
)

from typed_cache import template
from typed_cache._mypy._evidence import Evidence, is_inferred
from typed_cache._mypy._stability import MUTABLE, shapes_of, stability_of
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

__all__ = ["Place", "identifies", "view_of"]


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


def identifies(view: AnnotationView) -> bool:
    """Whether values of the type tell one call from another: they have a text, and are no pile of data."""
    if isinstance(view, UnionView):
        return all(member == _NONE or identifies(member) for member in view.members)
    if not isinstance(view, InstanceView) or view.stability() is not STABLE:
        return False
    return not any(base.fullname in MUTABLE for base in view.instance.type.mro)


def _members(typ: Type, place: Place) -> Sequence[AnnotationView]:  # noqa: PLR0911  # a case for each kind of type
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return [view for item in proper.items for view in _members(item, place)]
    if isinstance(proper, TypeVarType) and not _is_free(proper):
        return [view for item in proper.values or [proper.upper_bound] for view in _members(item, place)]
    if isinstance(proper, LiteralType):
        return _members(proper.fallback, place)
    if isinstance(proper, Instance) and proper.type.is_newtype and proper.type.bases:
        return _members(proper.type.bases[0], place)
    if isinstance(proper, NoneType):
        return [_NONE]
    if isinstance(proper, CallableType | Overloaded):
        return [Unseen(type_text(proper)) if proper.is_type_obj() else CodeView(type_text(proper))]
    if isinstance(proper, TypedDictType):
        names, values = place.checker.named_type("builtins.str"), AnyType(TypeOfAny.special_form)
        proper = place.checker.named_generic_type("builtins.dict", [names, values])
    instance = _instance(proper)
    return [Unseen(type_text(typ)) if instance is None else InstanceView(instance, proper, place)]


def _is_free(variable: TypeVarType) -> bool:
    """Whether a type variable stands for anything at all."""
    bound = get_proper_type(variable.upper_bound)
    return not variable.values and isinstance(bound, Instance) and bound.type.fullname == "builtins.object"


def _instance(proper: ProperType) -> Instance | None:
    if isinstance(proper, TupleType):
        return tuple_fallback(proper)
    return proper if isinstance(proper, Instance) else None


_NONE: Final = template.view_of(None)


@final
class CodeView:
    """A function or a method."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def attribute(self, name: str, /) -> Unknown:
        """A function may carry anything."""
        del name
        return UNKNOWN

    def stability(self) -> Stability:
        """Code has none."""
        return Unstable("Code has no stable text")

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
        if symbol is None:
            if info.fallback_to_any or _computes_attributes(info):
                return UNKNOWN
            return Missing(info.name, tuple(sorted(_readable_names(info))))
        if not is_inferred(symbol.node):
            self.place.evidence.is_missing = True
            return UNKNOWN
        checker = self.place.checker
        with checker.msg.filter_errors() as errors:
            found = analyze_member_access(
                name,
                self.typ,
                self.place.context,
                is_lvalue=False,
                is_super=False,
                is_operator=False,
                original_type=self.typ,
                chk=checker,
                no_deferral=True,  # it is for the plugin to say what is checked once more
            )
        return UNKNOWN if errors.has_new_errors() else view_of(found, self.place)

    def stability(self) -> Stability:
        """Whether the class, or a container's items, have a stable text."""
        self.place.evidence.note(self.instance.type)
        items: Iterable[Type] = self.typ.items if isinstance(self.typ, TupleType) else self.instance.args
        inside = [view_of(item, self.place) for item in items]
        return stability_of(self.instance.type, self.place.checker.modules, inside)

    def shapes(self) -> frozenset[Shape] | Unknown:
        """The shapes that the text of an instance can take."""
        return shapes_of(self.instance.type, self.place.checker.modules)


def _computes_attributes(info: TypeInfo) -> bool:
    hooks = (info.get("__getattr__"), info.get("__getattribute__"))
    return any(hook is not None and hook.fullname != "builtins.object.__getattribute__" for hook in hooks)


def _readable_names(info: TypeInfo) -> set[str]:
    """The public attributes that could stand in a key."""
    return {
        name
        for base in info.mro
        for name, symbol in base.names.items()
        if not name.startswith("_")
        and not isinstance(symbol.node, FuncDef | TypeInfo)
        and not (isinstance(symbol.node, OverloadedFuncDef) and not symbol.node.is_property)
        and not symbol.plugin_generated
    }
