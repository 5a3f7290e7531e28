"""This is what a class object itself has, as `type[Store]` stands for it, and whether that is all.

What subclasses may bring is not held against a template: a name that one of them has, that a method uses,
or that a metaclass or `__init_subclass__` could put there is unknown.
"""

import abc
import typing
from typing import Any, Final, Protocol

from typed_cache.template._attributes import Declared, annotations_in, declared_in, is_code, mentions
from typed_cache.template._facts import UNKNOWN, Missing, Unknown
from typed_cache.template._stability import classes_below

__all__ = ["annotation_of_class_attribute"]


def annotation_of_class_attribute(cls: type[Any], name: str) -> Declared | Missing | Unknown:
    """Return how `cls` itself comes by an attribute; one that its body declares for instances is unknown.

    >>> import datetime
    >>> annotation_of_class_attribute(datetime.date, "mni").candidates
    ('max', 'min', 'resolution')
    """
    for base in cls.__mro__:
        if name in vars(base):
            return _of_member(base, name)
        if name in annotations_in(base):
            declared = declared_in(base, name)
            return declared if declared and _is_of_class(declared.annotation) else UNKNOWN
    metaclass: type = type(cls)
    if any(name in vars(base) for base in metaclass.__mro__):
        return Declared(Any)
    if _may_have_more(cls) or any(mentions(base, name) for base in cls.__mro__):
        return UNKNOWN
    if any(name in vars(below) or name in annotations_in(below) for below in classes_below(cls)):
        return UNKNOWN
    return Missing(f"type[{cls.__qualname__}]", tuple(sorted(_readable_names(cls))))


def _of_member(base: type, name: str) -> Declared:
    """A function and a plain value are what they are on an instance; a descriptor may be anything here."""
    member = vars(base)[name]
    declared = declared_in(base, name)
    is_plain = is_code(member) or not _is_descriptor(member)
    return declared if declared and is_plain else Declared(Any)


def _is_descriptor(member: object) -> bool:
    kind: type[object] = type(member)
    return hasattr(kind, "__get__")


def _is_of_class(annotation: object) -> bool:
    return typing.get_origin(annotation) is typing.ClassVar


_METACLASSES: Final = frozenset({type, abc.ABCMeta, type(Protocol)})
_MAKING: Final = ("__new__", "__init__", "__prepare__", "__getattr__", "__getattribute__")


def _may_have_more(cls: type) -> bool:
    """Whether a class can have what neither its own body nor a base lists."""
    metaclass: type = type(cls)
    makers = [meta for meta in metaclass.__mro__ if meta not in _METACLASSES and meta is not object]
    return (
        cls is object
        or any(name in vars(meta) for meta in makers for name in _MAKING)
        or any("__init_subclass__" in vars(base) for base in cls.__mro__ if base not in _SILENT)
    )


_SILENT: Final = frozenset({object, typing.Generic, Protocol})


def _readable_names(cls: type) -> set[str]:
    """The public names that could stand in a key: no methods, and nothing that only instances have."""
    return {
        name
        for base in cls.__mro__
        for name, member in vars(base).items()
        if not name.startswith("_") and not _is_descriptor(member)
    }
