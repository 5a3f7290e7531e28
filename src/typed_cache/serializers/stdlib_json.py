"""JSON by the standard library."""

import json
from typing import Any, Generic, final

import msgspec
from typing_extensions import TypeForm, TypeVar, override

from typed_cache.serializers._codec import Codec
from typed_cache.serializers._fault import declared, require
from typed_cache.serializers._msgspec import why_not
from typed_cache.serializers._repeated_keys import free_of_repeated_keys, unique
from typed_cache.serializers._spelling import spell

__all__ = ["StdlibJsonSerializer"]

T = TypeVar("T", default=Any)


@final
class StdlibJsonSerializer(Generic[T]):
    """Values of one type in the bytes of `json.dumps`, decoded strictly into that type.

    Slower than `JsonSerializer`, and for those who share a cache with programs that use `json`: the text
    is ASCII with a space after each comma, and carries any str, lone surrogates included.

    Without a type it takes the return type of each function it serves, and used directly carries the
    values that need no type: None, bool, int, float, str, and lists and dicts (by str) of these.

    Safe to share between threads: it keeps no state.

    Raises:
        SerializerNotFoundError: The type, or a part of it, cannot be carried.

    >>> StdlibJsonSerializer(list[int]).dumps([1, 2])
    b'[1, 2]'
    """

    __slots__ = ("_annotation", "_codec")

    def __init__(self, annotation: TypeForm[T] = Any, /) -> None:
        self._annotation: object = declared(annotation)
        require(self._annotation, why_not, "JSON")

        def decode(data: bytes) -> T:
            plain = json.loads(data, object_pairs_hook=unique)
            value: T = msgspec.convert(plain, annotation, str_keys=True)
            return value

        self._codec: Codec[T] = Codec("JSON", self._annotation, _encode, decode, free_of_repeated_keys)

    @override
    def __repr__(self) -> str:
        return f"StdlibJsonSerializer({'' if self._annotation is Any else spell(self._annotation)})"

    def for_type(self, annotation: object, /) -> "StdlibJsonSerializer[Any]":
        """Return a serializer of `annotation`; the type that this one was given stands, if it was given one.

        >>> StdlibJsonSerializer().for_type(list[int])
        StdlibJsonSerializer(list[int])
        """
        return self if self._annotation is not Any else StdlibJsonSerializer(declared(annotation))

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


def _encode(value: object) -> bytes:
    return json.dumps(msgspec.to_builtins(value, str_keys=True), allow_nan=False).encode()
