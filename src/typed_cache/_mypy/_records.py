"""This is which classes list their fields, and which fields those are, as mypy knows the class."""

from collections.abc import Mapping, Sequence
from typing import Final, cast

from mypy.nodes import TypeInfo

__all__ = ["fields_of", "is_record"]

_BASES: Final = frozenset({"msgspec.Struct", "pydantic.main.BaseModel"})
_LABELS: Final = ("dataclass", "attrs", "attrs_tag", "dataclass_tag")
_LISTS: Final = ("dataclass", "attrs")
"""What mypy's plugins leave on a class; the first two hold the fields, those of the bases among them."""


def is_record(info: TypeInfo) -> bool:
    """Whether a class lists its fields: a dataclass, a NamedTuple, an attrs, msgspec or pydantic class."""
    return any(_lists_fields(base) for base in info.mro)


def _lists_fields(info: TypeInfo) -> bool:
    return info.is_named_tuple or info.fullname in _BASES or any(label in info.metadata for label in _LABELS)


def fields_of(info: TypeInfo) -> Sequence[str]:
    """Return the names of the fields that make up a value; none where mypy does not tell."""
    for base in info.mro:
        if "namedtuple" in base.metadata:
            return cast("Sequence[str]", base.metadata["namedtuple"]["fields"])
        for label in _LISTS:
            if label in base.metadata:
                # what mypy's plugins write, and read back from its cache
                listed = cast("Sequence[Mapping[str, object]]", base.metadata[label].get("attributes", ()))
                return [str(field["name"]) for field in listed if not field.get("is_init_var")]
    return ()
