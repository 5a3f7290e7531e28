"""A serializer inside something else: tied to a place where it can be, fitted to a type where it can be."""

from typing import Any, Generic, TypeVar, cast, final

from typed_cache.client import AdaptiveSerializer, BoundSerializer, Serializer

__all__ = ["bind", "fit"]

T = TypeVar("T")


def bind(serializer: Serializer[T]) -> BoundSerializer[T]:
    """Return `serializer` as one that is given the place of its bytes, whether it minds the place or not."""
    if isinstance(serializer, BoundSerializer):
        # One object serializes one type; a run-time check cannot see which.
        return cast("BoundSerializer[T]", serializer)
    return _Anywhere(serializer)


def fit(serializer: Serializer[Any], annotation: object) -> Serializer[Any]:
    """Return the serializer to use for `annotation`: the one given, or the one that it makes for a type."""
    return serializer.for_type(annotation) if isinstance(serializer, AdaptiveSerializer) else serializer


@final
class _Anywhere(Generic[T]):
    """A serializer whose bytes are valid anywhere."""

    __slots__ = ("_dumps", "_loads")

    def __init__(self, serializer: Serializer[T]) -> None:
        self._dumps = serializer.dumps
        self._loads = serializer.loads

    def dumps_bound(self, value: T, context: bytes, /) -> bytes:  # noqa: ARG002 - the place is no matter
        return self._dumps(value)

    def loads_bound(self, data: bytes, context: bytes, /) -> T:  # noqa: ARG002 - the place is no matter
        return self._loads(data)
