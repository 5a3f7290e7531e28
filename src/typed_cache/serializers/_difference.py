"""What comes back, held against what went in: equal, of the same types, in the same order, to the bottom."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, time
from types import NoneType
from typing import Any, Final

from typed_cache.serializers._anatomy import spell

__all__ = ["difference"]

_EXACT: Final = frozenset({NoneType, bool, int, str, bytes})
"""Types whose `==` tells everything."""

_ARRAYS: Final[tuple[type[object], ...]] = (list, tuple)
_MAPPINGS: Final[tuple[type[object], ...]] = (Mapping,)
_SETS: Final[tuple[type[object], ...]] = (AbstractSet,)


def difference(sent: Any, back: Any, where: str = "it") -> str | None:
    """Return in words where `back` is not what was sent, None where both are the same.

    No value is shown, and of keys only text: an error may be logged where values may not.

    >>> difference({"a": [1, True]}, {"a": [1, 1]})
    "it['a'][1] is a bool and comes back as int"
    >>> difference([float("nan")], [float("nan")]) is None
    True
    """
    kind, again = _kind(sent), _kind(back)
    if kind is not again:
        return f"{where} is a {spell(kind)} and comes back as {spell(again)}"
    if issubclass(kind, _ARRAYS):
        return _difference_of_items(sent, back, where)
    if issubclass(kind, _MAPPINGS):
        return _difference_of_pairs(sent, back, where)
    if issubclass(kind, _SETS):
        return _difference_of_sets(sent, back, where)
    names = _field_names(kind)
    if names is not None:
        return _first(
            difference(getattr(sent, name), getattr(back, name), f"{where}.{name}") for name in names
        )
    return None if _same_leaf(sent, back) else f"{where} comes back as another {spell(kind)}"


def _kind(value: object) -> type[object]:
    return type(value)


def _first(found: Iterable[str | None]) -> str | None:
    return next((text for text in found if text is not None), None)


def _difference_of_items(sent: Sequence[Any], back: Sequence[Any], where: str) -> str | None:
    kinds = list(map(type, sent))
    if _EXACT.issuperset(kinds) and kinds == list(map(type, back)) and sent == back:
        return None  # at the speed of C: most long lists hold nothing else
    if len(sent) != len(back):
        return f"{where} comes back with another length"
    return _first(difference(a, b, f"{where}[{i}]") for i, (a, b) in enumerate(zip(sent, back, strict=True)))


def _difference_of_pairs(sent: Mapping[Any, Any], back: Mapping[Any, Any], where: str) -> str | None:
    keys = _difference_of_items(list(sent), list(back), f"the keys of {where}")
    if keys is not None:
        return keys
    return _first(
        difference(value, again, f"{where}[{key!r}]" if isinstance(key, str) else f"{where}[...]")
        for (key, value), again in zip(sent.items(), back.values(), strict=True)
    )


def _difference_of_sets(sent: AbstractSet[Any], back: AbstractSet[Any], where: str) -> str | None:
    if sent != back:
        return f"{where} comes back with other items"
    items = {item: item for item in back}
    return _first(difference(item, items[item], f"an item of {where}") for item in sent)


def _same_leaf(sent: object, back: object) -> bool:
    if isinstance(sent, float):
        return repr(sent) == repr(back)  # 0.0 equals -0.0, and nan does not equal nan
    if isinstance(sent, datetime | time) and isinstance(back, datetime | time):
        return sent == back and sent.fold == back.fold and _same_zone(sent, back)
    if sent == back:
        return True
    # A Decimal("nan") equals nothing; the text of an object without one of its own proves nothing.
    return type(sent).__repr__ is not object.__repr__ and repr(sent) == repr(back)


def _same_zone(sent: datetime | time, back: datetime | time) -> bool:
    """Whether both stand in one zone: a named one has rules that an offset has not; any UTC is UTC."""
    return sent.tzname() == back.tzname() and (sent.tzinfo == back.tzinfo or sent.tzname() == "UTC")


def _field_names(kind: type[object]) -> tuple[str, ...] | None:
    """Return the attributes that make up a value of a class, None for one that only `==` can compare."""
    if hasattr(kind, "__struct_fields__"):
        return tuple(getattr(kind, "__struct_fields__", ()))
    if hasattr(kind, "model_fields"):
        return (*getattr(kind, "model_fields", ()), "__pydantic_extra__", "__pydantic_private__")
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    if hasattr(kind, "__attrs_attrs__"):
        return tuple(attribute.name for attribute in getattr(kind, "__attrs_attrs__", ()))
    return None
