"""This is where lists, sets, dicts, tuples and their kin are copied.

A value of another class than the declared one (a subclass, a mistake) is copied deep.
"""

from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from typed_cache.clients._isolation_shape import SHARED, Copier, Shape, exactly

__all__ = ["container_shape"]

Copiers: TypeAlias = Sequence[Copier | None]


def container_shape(kind: type, arguments: tuple[object, ...]) -> Shape | None:
    """Return the shape of a built-in container; None where `kind` is none."""
    if kind is tuple:
        return _tuple_shape(arguments)
    if kind is Counter:
        return _of_items(Counter, arguments[:1] or (Any,), _counter)
    if kind in _ELEMENTS:
        shallow, rebuild = _ELEMENTS[kind]
        immutable = kind is frozenset
        return Shape(
            arguments or (Any,), immutable, lambda copiers: _elements(kind, shallow, rebuild, copiers)
        )
    if kind in _ITEMS:
        return _of_items(kind, arguments or (Any, Any), _ITEMS[kind])
    if kind is bytearray:
        return Shape(build=lambda _: exactly(bytearray, bytearray.copy))
    return None


def _each(copier: Copier | None, values: Iterable[Any]) -> Iterable[Any]:
    return values if copier is None else map(copier, values)


# Containers of elements: how one is copied whose elements are shared, and how it is made of new ones.
_ELEMENTS: Final[dict[type, tuple[Copier, Callable[[Iterable[Any], Any], Any]]]] = {
    list: (list[Any].copy, lambda values, _: list(values)),
    set: (set[Any].copy, lambda values, _: set(values)),
    frozenset: (frozenset[Any].copy, lambda values, _: frozenset(values)),
    deque: (deque[Any].copy, lambda values, old: deque(values, old.maxlen)),
}


def _elements(
    kind: type, shallow: Copier, rebuild: Callable[[Iterable[Any], Any], Any], copiers: Copiers
) -> Copier:
    copier = copiers[0]
    if copier is None:
        return exactly(kind, shallow)
    return exactly(kind, lambda value: rebuild(map(copier, value), value))


# Containers of keys and values: how one is made of new pairs. The old one knows what else there is to keep.
_Pairs: TypeAlias = Iterable[tuple[Any, Any]]
_ITEMS: Final[dict[type, Callable[[_Pairs, Any], Any]]] = {
    dict: lambda pairs, _: dict(pairs),
    OrderedDict: lambda pairs, _: OrderedDict(pairs),
    defaultdict: lambda pairs, old: defaultdict(old.default_factory, pairs),
    MappingProxyType: lambda pairs, _: MappingProxyType(dict(pairs)),
}


def _counter(pairs: _Pairs, _: Any) -> Any:
    return Counter(dict(pairs))


def _of_items(kind: type, arguments: tuple[object, ...], rebuild: Callable[[_Pairs, Any], Any]) -> Shape:
    def build(copiers: Copiers) -> Copier:
        of_key, of_value = (*copiers, None)[:2]
        if kind is dict and of_key is None:
            return exactly(dict, dict[Any, Any].copy if of_value is None else _values_copier(of_value))
        return exactly(
            kind,
            lambda value: rebuild(
                zip(_each(of_key, value), _each(of_value, value.values()), strict=True), value
            ),
        )

    return Shape(arguments, build=build)


def _values_copier(of_value: Copier) -> Copier:
    return lambda value: {key: of_value(item) for key, item in value.items()}


def _tuple_shape(arguments: tuple[object, ...]) -> Shape:
    if not arguments:  # `tuple`, of which nothing is known, or `tuple[()]`
        return SHARED
    if len(arguments) == 2 and arguments[1] is Ellipsis:  # noqa: PLR2004  # tuple[X, ...]
        return Shape(arguments[:1], immutable=True, build=_any_length)
    return Shape(arguments, immutable=True, build=_fixed_length)


def _any_length(copiers: Copiers) -> Copier:
    return exactly(tuple, lambda value: tuple(_each(copiers[0], value)))


def _fixed_length(copiers: Copiers) -> Copier:
    def copied(value: tuple[Any, ...]) -> tuple[Any, ...]:
        if len(value) != len(copiers):
            return tuple(map(deepcopy, value))
        return tuple(
            [item if copier is None else copier(item) for copier, item in zip(copiers, value, strict=True)]
        )

    return exactly(tuple, copied)
