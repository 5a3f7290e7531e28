"""What comes back, held against what went in: equal, of the same types, in the same order, to the bottom."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from types import NoneType
from typing import Any, Final
from weakref import WeakKeyDictionary

from typed_cache.serializers._spelling import spell

__all__ = ["difference"]

_EXACT: Final = frozenset({NoneType, bool, int, str, bytes})
"""Types whose `==` tells everything."""

_LEAVES: Final = frozenset({float, complex, Decimal, datetime, time})
"""Types of which `_same_leaf` tells everything: no need to ask what else they could be."""

_ARRAYS: Final[tuple[type[object], ...]] = (list, tuple)
_SETS: Final[tuple[type[object], ...]] = (set, frozenset)


def difference(sent: object, back: object) -> str | None:
    """Return in words where `back` is not what was sent, None where both are the same.

    No value is shown, and of keys only text: an error may be logged where values may not.

    >>> difference({"a": [1, True]}, {"a": [1, 1]})
    "it['a'][1] is a bool and comes back as int"
    >>> difference([float("nan")], [float("nan")]) is None
    True
    """
    found = _find(sent, back)
    return None if found is None else f"it{found}"


def _find(sent: Any, back: Any) -> str | None:  # noqa: PLR0911 - a kind of value a line
    """Return the path to the first difference and what it is; who calls puts its own step before it."""
    kind, again = _kind(sent), _kind(back)
    if kind is not again:
        return f" is a {spell(kind)} and comes back as {spell(again)}"
    if kind in _EXACT and sent == back:
        return None
    if kind in _LEAVES:
        return None if _same_leaf(sent, back) else f" comes back as another {spell(kind)}"
    if issubclass(kind, _ARRAYS):
        return _find_in_items(sent, back)
    if dict in kind.__mro__:
        return _find_in_pairs(sent, back)
    if issubclass(kind, _SETS):
        return _find_in_sets(sent, back)
    names = _field_names(kind)
    if names is not None:
        return _find_in_fields(sent, back, names)
    return None if _same_leaf(sent, back) else f" comes back as another {spell(kind)}"


def _kind(value: object) -> type[object]:
    return type(value)


def _find_in_items(sent: Sequence[Any], back: Sequence[Any]) -> str | None:
    if len(sent) != len(back):
        return " comes back with another length"
    if _all_exact(sent, back):
        return None
    for number, (item, again) in enumerate(zip(sent, back, strict=True)):
        found = _find(item, again)
        if found is not None:
            return f"[{number}]{found}"
    return None


def _find_in_pairs(sent: dict[Any, Any], back: dict[Any, Any]) -> str | None:
    found = _find_in_items(list(sent), list(back))
    if found is not None:
        return f".keys(){found}"
    if _all_exact(list(sent.values()), list(back.values())):
        return None
    for (key, value), again in zip(sent.items(), back.values(), strict=True):
        found = _find(value, again)
        if found is not None:
            return f"[{key!r}]{found}" if isinstance(key, str) else f"[...]{found}"
    return None


def _all_exact(sent: Sequence[Any], back: Sequence[Any]) -> bool:
    """Whether all is well at the speed of C, as it is in most long lists; False says nothing."""
    kinds = list(map(type, sent))
    if kinds != list(map(type, back)):
        return False
    if _EXACT.issuperset(kinds):
        return sent == back
    return {float}.issuperset(kinds) and repr(sent) == repr(back)


def _find_in_sets(sent: set[Any], back: set[Any]) -> str | None:
    if sent != back:
        return " comes back with other items"
    items = {item: item for item in back}
    found = next((found for item in sent if (found := _find(item, items[item])) is not None), None)
    return None if found is None else f".pop(){found}"


def _find_in_fields(sent: object, back: object, names: tuple[str, ...]) -> str | None:
    for name in names:
        item, again = getattr(sent, name), getattr(back, name)
        if type(item) is type(again) and type(item) in _EXACT and item == again:
            continue  # as most are, and `_find` would say
        found = _find(item, again)
        if found is not None:
            return f".{name}{found}"
    return None


def _same_leaf(sent: object, back: object) -> bool:
    if isinstance(sent, float | complex | Decimal):
        return repr(sent) == repr(back)  # 0.0 equals -0.0, and nan does not equal nan
    if isinstance(sent, datetime | time) and isinstance(back, datetime | time):
        return sent == back and sent.fold == back.fold and _same_zone(sent, back)
    return bool(sent == back)


def _same_zone(sent: datetime | time, back: datetime | time) -> bool:
    """Whether both stand in one zone: a named one has rules that an offset has not; any UTC is UTC."""
    return sent.tzname() == back.tzname() and (sent.tzinfo == back.tzinfo or sent.tzname() == "UTC")


_names_of: Final[WeakKeyDictionary[type[object], tuple[str, ...] | None]] = WeakKeyDictionary()


def _field_names(kind: type[object]) -> tuple[str, ...] | None:
    """Return the attributes that make up a value of a class, None for one that only `==` can compare."""
    try:
        return _names_of[kind]
    except KeyError:
        return _names_of.setdefault(kind, _look_for_field_names(kind))


def _look_for_field_names(kind: type[object]) -> tuple[str, ...] | None:
    if hasattr(kind, "__struct_fields__"):
        return tuple(getattr(kind, "__struct_fields__", ()))
    if hasattr(kind, "model_fields"):
        return (*getattr(kind, "model_fields", ()), "__pydantic_extra__", "__pydantic_private__")
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    if hasattr(kind, "__attrs_attrs__"):
        return tuple(attribute.name for attribute in getattr(kind, "__attrs_attrs__", ()))
    return None
