"""This is how values with named fields are written: dataclasses, named tuples, attrs, msgspec, pydantic.

The libraries are recognised by what they leave on their classes, so none of them is imported.
"""

import dataclasses
import functools
from collections.abc import Iterator
from typing import Any

from typed_cache.template._forms import IN_NAME, escape
from typed_cache.template._walk import Encoder, NoStableTextError, Walk

__all__ = ["field_names", "named_tuple_fields", "record_encoder"]


def field_names(cls: type) -> tuple[str, ...] | None:
    """The fields that make up a value of a record class; None for a class that is no record."""
    record: Any = cls
    if dataclasses.is_dataclass(record):
        return tuple(field.name for field in dataclasses.fields(record))
    if hasattr(cls, "__attrs_attrs__"):
        return tuple(attribute.name for attribute in record.__attrs_attrs__)
    # by type: on the libraries' own base classes these names are descriptors, or not there yet
    if isinstance(getattr(cls, "__struct_fields__", None), tuple):
        return tuple(record.__struct_fields__)
    if isinstance(getattr(cls, "__pydantic_fields__", None), dict):
        return tuple(record.__pydantic_fields__)
    return named_tuple_fields(cls)


def named_tuple_fields(cls: type[Any]) -> tuple[str, ...] | None:
    """The fields of a named tuple; None for any other class."""
    record: Any = cls
    return tuple(record._fields) if issubclass(cls, tuple) and hasattr(record, "_fields") else None


def record_encoder(cls: type, name: str, fields: tuple[str, ...]) -> Encoder:
    """Write a record as its class and every field by its name."""
    steps = tuple((field, escape(field, IN_NAME), f".{field}") for field in fields)
    closed = not _declares_its_state(cls)
    known = frozenset(fields) | _cached_properties(cls)
    slots = frozenset(_slots(cls)) - known if closed else frozenset[str]()
    pydantic = hasattr(cls, "__pydantic_fields__")

    def encode(value: Any, walk: Walk) -> str:
        extra = slots | (set(getattr(value, "__dict__", ())) - known) if closed else None
        if extra:
            raise NoStableTextError(
                f"has state beside its fields: {', '.join(sorted(extra))}",
                "Make its class a record too, or give it a __cache_key__(self) -> str.",
            )
        texts = [f"{label}={walk.text(getattr(value, field), step)}" for field, label, step in steps]
        if pydantic:
            texts += _pydantic_extras(value, walk)
        return f"{name}({','.join(texts)})"

    return encode


def _declares_its_state(cls: type) -> bool:
    """Whether a library made this very class, so that what lies beside the fields is derived from them.

    A plain class below a record, or a record that keeps a `__dict__` on the side, declares nothing.
    """
    own = vars(cls)
    return "__dataclass_fields__" in own or "__attrs_attrs__" in own or hasattr(cls, "__pydantic_fields__")


def _slots(cls: type) -> Iterator[str]:
    for base in cls.__mro__:
        if _declares_its_state(base):
            return
        slots = vars(base).get("__slots__", ())
        yield from (slot for slot in ((slots,) if isinstance(slots, str) else slots) if slot[:2] != "__")


def _cached_properties(cls: type) -> frozenset[str]:
    return frozenset(
        name
        for base in cls.__mro__
        for name, member in vars(base).items()
        if isinstance(member, functools.cached_property)
    )


def _pydantic_extras(value: Any, walk: Walk) -> list[str]:
    """What a model holds beside its fields, which counts when pydantic compares two models."""
    return [
        f"{holder}={walk.text(held, '.' + holder)}"
        for holder in ("__pydantic_extra__", "__pydantic_private__")
        if (held := getattr(value, holder, None))
    ]
