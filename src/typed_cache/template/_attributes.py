"""This is what a class says about its attributes, and whether it says it all.

An attribute is called missing only where instances cannot have it: nothing that an ordinary `__init__`,
or anybody from outside, might assign is ever held against a template.
"""

import enum
import functools
import inspect
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any, Final, Generic, NamedTuple, Protocol, final

from typed_cache.template._alternatives import alternatives
from typed_cache.template._facts import UNKNOWN, Missing, Unknown
from typed_cache.template._resolve import Scope, resolved
from typed_cache.template._substitute import arguments_by_variable, filled_in
from typed_cache.template._text_records import field_names, named_tuple_fields

__all__ = ["Declared", "annotation_of_attribute", "annotations_in", "declared_in", "is_code", "mentions"]


@final
class Declared(NamedTuple):
    """A class has the attribute; `annotation` is `Any` where it does not say more."""

    annotation: object


def annotation_of_attribute(
    cls: type[Any], name: str, arguments: tuple[object, ...] = ()
) -> Declared | Missing | Unknown:
    """Return how the instances of `cls` come by an attribute; a method is declared as such.

    `arguments` are those of a generic class. What its variables stand for in a base is not followed.

    >>> import datetime
    >>> annotation_of_attribute(datetime.date, "yaer").candidates
    ('day', 'max', 'min', 'month', 'resolution', 'year')
    """
    for base in cls.__mro__:
        declared = declared_in(base, name)
        if declared is not None:
            variables = getattr(cls, "__parameters__", ()) if base is cls else ()
            return Declared(filled_in(declared.annotation, arguments_by_variable(variables, arguments)))
    if name in (field_names(cls) or ()):  # of a library that takes it out of the class
        return Declared(Any)
    if cls in _SAY_NOTHING or any(_computes_attributes(base) for base in cls.__mro__):
        return UNKNOWN
    if cls.__dictoffset__ and not all(_is_closed(base) and not mentions(base, name) for base in cls.__mro__):
        return UNKNOWN
    return Missing(cls.__qualname__, tuple(sorted(_readable_names(cls))))


_SAY_NOTHING: Final = frozenset({object, Callable, types.MethodType})
"""Anything may stand behind the first, any code behind the second; a method has what its function has."""


def annotations_in(cls: type) -> dict[str, object]:
    """The annotations in the body of one class, as they were written."""
    try:
        return inspect.get_annotations(cls)
    except Exception:  # noqa: BLE001  # evaluated late on newer Pythons: any expression
        return {}


def declared_in(cls: type, name: str) -> Declared | None:
    """What one class by itself, without those above it, says of an attribute."""
    annotations = annotations_in(cls)
    if name in annotations:
        module = sys.modules.get(cls.__module__)
        scope = Scope(vars(module) if module else {}, dict(vars(cls)))
        annotation = resolved(annotations[name], scope)
        return Declared(Any if _is_descriptor(annotation) else annotation)
    return Declared(_annotation_of_member(vars(cls)[name])) if name in vars(cls) else None


def _is_descriptor(annotation: object) -> bool:
    """Whether what is annotated makes the attribute: `id: Mapped[int]` gives an int, or what it likes."""
    return any(
        hasattr(alternative.cls, "__get__") and alternative.cls not in _CALLED
        for alternative in alternatives(annotation)
    )


_CALLED: Final = (
    types.FunctionType,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
    staticmethod,
    classmethod,
)


def is_code(member: object) -> bool:
    """Whether a member of a class is a method of any kind."""
    return isinstance(member, _CALLED)


def _annotation_of_member(member: object) -> object:
    if is_code(member):
        return types.MethodType
    getter = member.fget if isinstance(member, property) else None
    if isinstance(member, functools.cached_property):
        getter = member.func
    if not isinstance(getter, types.FunctionType):
        return Any
    annotation = inspect.get_annotations(getter).get("return", Any)
    return resolved(annotation, Scope(getter.__globals__, {}))


def _computes_attributes(cls: type) -> bool:
    """Whether a class answers for names that it does not list; pydantic's own hook only finds listed ones."""
    own = vars(cls)
    return cls.__module__ != _PYDANTIC and (
        "__getattr__" in own or isinstance(own.get("__getattribute__"), types.FunctionType)
    )


_SILENT_BASES: Final = frozenset({object, Generic, Protocol, enum.ReprEnum})


def _is_closed(cls: type[Any]) -> bool:
    """Whether a class lists all that it gives to its instances, so that nobody adds to them in passing."""
    own = vars(cls)
    return (
        cls in _SILENT_BASES
        or "__dataclass_fields__" in own
        or "__attrs_attrs__" in own
        or hasattr(cls, "__struct_fields__")
        or own.get("_is_protocol") is True
        or issubclass(cls, enum.Enum)
        or named_tuple_fields(cls) is not None
        or _is_closed_model(cls)
        # a class, a module or a SimpleNamespace holds what anybody puts there
        or not (cls.__flags__ & _HEAP_TYPE or cls.__dictoffset__)
    )


_PYDANTIC: Final = "pydantic.main"
_HEAP_TYPE: Final = 1 << 9
"""CPython's flag of a class that a `class` statement made; the others are written in C."""


def _is_closed_model(cls: type) -> bool:
    config: Any = getattr(cls, "model_config", {})
    is_model = hasattr(cls, "__pydantic_fields__") or cls.__module__ == _PYDANTIC
    return is_model and config.get("extra") != "allow"


def mentions(cls: type, name: str) -> bool:
    """Whether a method written in the class uses the name: it may assign what the class does not list."""
    return any(name in _names_used(code) for code in _codes(cls))


def _codes(cls: type) -> Iterator[types.CodeType]:
    for member in vars(cls).values():
        function: object = getattr(member, "__func__", None) or getattr(member, "fget", None) or member
        if isinstance(function, types.FunctionType):
            yield function.__code__


def _names_used(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names_used(constant)


def _readable_names(cls: type) -> set[str]:
    """The public attributes that could stand in a key."""
    names: set[str] = set(field_names(cls) or ())
    for base in cls.__mro__:
        names.update(annotations_in(base))
        names.update(name for name, member in vars(base).items() if not is_code(member))
    members = getattr(cls, "__members__", {}) if issubclass(cls, enum.Enum) else {}
    return {
        name for name in names if not name.startswith("_") and name not in members and name != "model_config"
    }
