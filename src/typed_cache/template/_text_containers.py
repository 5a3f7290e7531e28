"""This is how the containers of the language are written; those without an order in the order of their texts."""

from collections import OrderedDict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from typed_cache.template._walk import Encoder, Walk

__all__ = ["CONTAINERS"]


def _tuple(value: tuple[object, ...], walk: Walk) -> str:
    return f"({','.join(walk.texts(tuple.__iter__(value)))})"


def _list(value: list[object], walk: Walk) -> str:
    return f"[{','.join(walk.texts(list.__iter__(value)))}]"


def _dict(value: dict[object, object], walk: Walk) -> str:
    return f"{{{','.join(sorted(_pairs(dict.items(value), walk)))}}}"


def _ordered_dict(value: OrderedDict[object, object], walk: Walk) -> str:
    return f"OrderedDict({','.join(_pairs(OrderedDict.items(value), walk))})"


def _pairs(items: Any, walk: Walk) -> list[str]:
    pairs: list[str] = []
    for key, item in items:
        name = walk.text(key, "<key>")
        pairs.append(f"{name}={walk.text(item, name)}")
    return pairs


def _set(value: set[object], walk: Walk) -> str:
    return f"set({_members(set.__iter__(value), walk)})"


def _frozenset(value: frozenset[object], walk: Walk) -> str:
    return f"frozenset({_members(frozenset.__iter__(value), walk)})"


def _members(values: Any, walk: Walk) -> str:
    return ",".join(sorted(walk.text(value, "<member>") for value in values))


CONTAINERS: Final[Mapping[type, Encoder]] = MappingProxyType(
    {
        tuple: _tuple,
        list: _list,
        dict: _dict,
        OrderedDict: _ordered_dict,
        set: _set,
        frozenset: _frozenset,
    }
)
"""How to write a value of exactly one of these types."""
