"""This is how the containers of the language are written, those without an order sorted by their texts."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from typed_cache.template._walk import Encoder, Walk

__all__ = ["CONTAINERS"]


# the builtin's own iteration, whatever a subclass makes of it
_TUPLE_ITEMS: Final = tuple[object, ...].__iter__
_LIST_ITEMS: Final = list[object].__iter__
_DICT_ITEMS: Final = dict[object, object].items
_ORDERED_ITEMS: Final = OrderedDict[object, object].items
_SET_ITEMS: Final = set[object].__iter__
_FROZENSET_ITEMS: Final = frozenset[object].__iter__


def _tuple(value: tuple[object, ...], walk: Walk) -> str:
    return f"({','.join(walk.texts(_TUPLE_ITEMS(value)))})"


def _list(value: list[object], walk: Walk) -> str:
    return f"[{','.join(walk.texts(_LIST_ITEMS(value)))}]"


def _dict(value: dict[object, object], walk: Walk) -> str:
    return f"{{{','.join(sorted(_pairs(_DICT_ITEMS(value), walk)))}}}"


def _ordered_dict(value: OrderedDict[object, object], walk: Walk) -> str:
    return f"OrderedDict({','.join(_pairs(_ORDERED_ITEMS(value), walk))})"


def _pairs(items: Iterable[tuple[object, object]], walk: Walk) -> list[str]:
    pairs: list[str] = []
    for key, item in items:
        name = walk.text(key, "<key>")
        pairs.append(f"{name}={walk.text(item, name)}")
    return pairs


def _set(value: set[object], walk: Walk) -> str:
    return f"set({_members(_SET_ITEMS(value), walk)})"


def _frozenset(value: frozenset[object], walk: Walk) -> str:
    return f"frozenset({_members(_FROZENSET_ITEMS(value), walk)})"


def _members(values: Iterable[object], walk: Walk) -> str:
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
