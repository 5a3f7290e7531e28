"""This is where every annotation is given its shape."""

import collections
import datetime as dt
import decimal
import enum
import fractions
import ipaddress
import pathlib
import re
import types
import typing
import uuid
import weakref
import zoneinfo
from collections import abc
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin

import typing_extensions

from typed_cache.client import UNANNOTATED
from typed_cache.clients._isolation_choice import choice_shape
from typed_cache.clients._isolation_containers import container_shape
from typed_cache.clients._isolation_fields import bare
from typed_cache.clients._isolation_records import record_shape
from typed_cache.clients._isolation_shape import DEEP, SHARED, Shape

__all__ = ["shape_of"]

_UNCHANGING: Final[tuple[type, ...]] = (
    *(int, float, complex, str, bytes, bool, types.NoneType, type(Ellipsis), type(NotImplemented), range),
    *(dt.date, dt.time, dt.timedelta, dt.tzinfo, zoneinfo.ZoneInfo),
    *(decimal.Decimal, fractions.Fraction, uuid.UUID, pathlib.PurePath, re.Pattern, enum.Enum),
    *(ipaddress.IPv4Address, ipaddress.IPv4Network, ipaddress.IPv4Interface),
    *(ipaddress.IPv6Address, ipaddress.IPv6Network, ipaddress.IPv6Interface),
    *(type, types.FunctionType, types.BuiltinFunctionType, types.ModuleType, weakref.ref),
)
"""Of these, and of their subclasses that give no instance a `__dict__`, no value changes."""

_HAS_DICT: Final = (enum.Enum, type, dt.tzinfo, types.FunctionType, types.ModuleType)
"""Those whose `__dict__` is no reason to copy them."""

_UNDESCRIBED: Final[tuple[object, ...]] = (
    *(UNANNOTATED, Any, object, None, get_origin(abc.Callable[..., Any]), Literal, type),
    *(typing.LiteralString, typing_extensions.LiteralString, typing.NoReturn, typing.Never),
)
"""Shared: each describes nothing that can change, or nothing at all."""

_SEQUENCES: Final = (list, tuple, collections.deque)
_SETS: Final = (set, frozenset)
_MAPPINGS: Final = (dict, collections.defaultdict, collections.OrderedDict, MappingProxyType)
_CLASSES_OF: Final[dict[object, tuple[type, ...]]] = {
    abc.Sequence: _SEQUENCES,
    abc.MutableSequence: _SEQUENCES,
    abc.Set: _SETS,
    abc.MutableSet: _SETS,
    abc.Mapping: _MAPPINGS,
    abc.MutableMapping: _MAPPINGS,
    abc.Collection: _SEQUENCES + _SETS,
    abc.Iterable: _SEQUENCES + _SETS,
    abc.Container: _SEQUENCES + _SETS,
    abc.Reversible: _SEQUENCES,
}
"""What a value of an abstract type mostly is; one that is something else is copied deep."""


def shape_of(annotation: object) -> Shape:
    """Return the shape of a type; `DEEP` where its annotations cannot be read here."""
    try:
        return _shape(bare(annotation))
    except Exception:  # noqa: BLE001  # whatever is wrong with an annotation, deep is right
        return DEEP


def _shape(annotation: object) -> Shape:
    kind = get_origin(annotation) or annotation
    arguments: tuple[object, ...] = get_args(annotation)
    if any(kind is known for known in _UNDESCRIBED):
        return SHARED
    if kind is Union or kind is types.UnionType:
        return choice_shape(arguments)
    if kind in _CLASSES_OF:
        return _abstract(_CLASSES_OF[kind], arguments)
    if isinstance(kind, type):
        return SHARED if _is_unchanging(kind) else _class_shape(kind, arguments, annotation)
    return _type_variable(kind) if isinstance(kind, TypeVar) else DEEP


def _class_shape(kind: type, arguments: tuple[object, ...], annotation: object) -> Shape:
    return container_shape(kind, arguments) or record_shape(annotation) or DEEP


def _is_unchanging(kind: type) -> bool:
    if not issubclass(kind, _UNCHANGING):
        return False
    return not kind.__dictoffset__ or issubclass(kind, _HAS_DICT)


def _type_variable(variable: TypeVar) -> Shape:
    """A value of a type that each call decides: shared only where no such type has values that change."""
    if variable.__constraints__:
        return choice_shape(variable.__constraints__)
    bound = bare(variable.__bound__)
    return SHARED if isinstance(bound, type) and _is_unchanging(bound) else DEEP


def _abstract(classes: tuple[type, ...], arguments: tuple[object, ...]) -> Shape:
    members: list[object] = [str, bytes, range]
    for kind in classes:
        parts = (*arguments, ...) if kind is tuple and arguments else arguments
        generic: Any = kind
        members.append(generic[parts] if parts else generic)
    return choice_shape(members)
