"""JSON by msgspec."""

from typing import Any, Generic, final

import msgspec
from typing_extensions import TypeForm, TypeVar, override

from typed_cache.serializers._codec import Codec
from typed_cache.serializers._fault import declared, require
from typed_cache.serializers._msgspec import why_not
from typed_cache.serializers._repeated_keys import free_of_repeated_keys
from typed_cache.serializers._spelling import spell

__all__ = ["JsonSerializer"]

T = TypeVar("T", default=Any)


@final
class JsonSerializer(Generic[T]):
    """Values of one type as JSON, decoded strictly into that type.

    Carries what `MsgpackSerializer` carries, in bytes that people and other programs read; also ints of
    any size, and no NaN or infinity. bytes are written as base64. `loads` takes any JSON text of the type,
    however it is spaced, but no repeated key.

    Without a type it takes the return type of each function it serves, and used directly carries the
    values that need no type: None, bool, int, float, str, and lists and dicts (by str) of these.

    Safe to share between threads: a msgspec encoder and decoder keep no state between calls.

    Raises:
        SerializerNotFoundError: The type, or a part of it, cannot be carried.

    >>> JsonSerializer(dict[str, float]).dumps({"tea": 2.5})
    b'{"tea":2.5}'
    """

    __slots__ = ("_annotation", "_codec")

    def __init__(self, annotation: TypeForm[T] = Any, /) -> None:
        self._annotation: object = declared(annotation)
        require(self._annotation, why_not, "JSON")
        self._codec: Codec[T] = Codec(
            "JSON",
            self._annotation,
            msgspec.json.Encoder().encode,
            msgspec.json.Decoder(annotation).decode,
            free_of_repeated_keys,
        )

    @override
    def __repr__(self) -> str:
        return f"JsonSerializer({'' if self._annotation is Any else spell(self._annotation)})"

    def for_type(self, annotation: object, /) -> "JsonSerializer[Any]":
        """Return a serializer of `annotation`; the type that this one was given stands, if it was given one.

        >>> JsonSerializer().for_type(list[int])
        JsonSerializer(list[int])
        """
        return self if self._annotation is not Any else JsonSerializer(declared(annotation))

    def dumps(self, value: T, /) -> bytes:
        """Return `value` as JSON.

        Raises:
            SerializationError: It would not come back as it is.
        """
        return self._codec.dumps(value)

    def loads(self, data: bytes, /) -> T:
        """Return the value that `data` stands for.

        Raises:
            SerializationError: This is no JSON text of the type.
        """
        return self._codec.loads(data)
