"""A serializer inside something else: tied to a place where it can be, fitted to a type where it can be."""

from typing import Any, TypeVar, cast

from typed_cache.client import AdaptiveSerializer, BoundSerializer, Serializer

__all__ = ["dumps_in", "fit", "loads_in"]

T = TypeVar("T")


def dumps_in(serializer: Serializer[T], value: T, context: bytes) -> bytes:
    """Return `value` as bytes, valid in `context` only where the serializer can see to that."""
    bound = _bound(serializer)
    return serializer.dumps(value) if bound is None else bound.dumps_bound(value, context)


def loads_in(serializer: Serializer[T], data: bytes, context: bytes) -> T:
    """Return the value of bytes that were made by `dumps_in` for the same `context`."""
    bound = _bound(serializer)
    return serializer.loads(data) if bound is None else bound.loads_bound(data, context)


def fit(serializer: Serializer[Any], annotation: object) -> Serializer[Any]:
    """Return the serializer to use for `annotation`: the one given, or the one that it makes for a type."""
    return serializer.for_type(annotation) if isinstance(serializer, AdaptiveSerializer) else serializer


def _bound(serializer: Serializer[T]) -> BoundSerializer[T] | None:
    if isinstance(serializer, BoundSerializer):
        # One object serializes one type; a run-time check cannot see which.
        return cast("BoundSerializer[T]", serializer)
    return None
