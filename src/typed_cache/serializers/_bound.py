"""A serializer inside something else: tied to a place where it can be, fitted to a type where it can be."""

from typing import Any, TypeVar

from typed_cache.client import AdaptiveSerializer, BoundSerializer, Serializer

__all__ = ["dumps_in", "fit", "loads_in"]

T = TypeVar("T")


def dumps_in(serializer: Serializer[T], value: T, context: bytes) -> bytes:
    """Return `value` as bytes, valid in `context` only where the serializer can see to that."""
    if isinstance(serializer, BoundSerializer):
        return serializer.dumps_bound(value, context)
    return serializer.dumps(value)


def loads_in(serializer: Serializer[T], data: bytes, context: bytes) -> T:
    """Return the value of bytes that were made by `dumps_in` for the same `context`."""
    if isinstance(serializer, BoundSerializer):
        bound: BoundSerializer[T] = serializer
        return bound.loads_bound(data, context)
    return serializer.loads(data)


def fit(serializer: Serializer[Any], annotation: object) -> Serializer[Any]:
    """Return the serializer to use for `annotation`: the one given, or the one that it makes for a type."""
    return serializer.for_type(annotation) if isinstance(serializer, AdaptiveSerializer) else serializer
