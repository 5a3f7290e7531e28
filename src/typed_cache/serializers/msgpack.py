"""MessagePack by msgspec: the default serializer."""

import operator
from collections.abc import Callable
from typing import Any, Generic, NoReturn, final

import msgspec
from msgspec.inspect import DateTimeType, FrozenSetType, SetType
from typing_extensions import TypeForm, TypeVar, override

from typed_cache.serializers._codec import Codec
from typed_cache.serializers._fault import declared, require
from typed_cache.serializers._msgspec import holds, why_not
from typed_cache.serializers._spelling import spell

__all__ = ["MsgpackSerializer"]

T = TypeVar("T", default=Any)


@final
class MsgpackSerializer(Generic[T]):
    """Values of one type as MessagePack, decoded strictly into that type.

    Carries dataclasses, Structs, attrs classes, TypedDict, NamedTuple, enums, unions, containers, datetime,
    Decimal, UUID and primitives. What would come back as anything else than it was is refused when it is
    written: a subclass for its parent, a tuple for a `Sequence`, an int past 64 bits, a datetime in a named
    zone (`value.astimezone(timezone.utc)` is carried). `loads` takes only bytes that `dumps` writes: "1"
    is no 1, and a repeated key is a fault.

    Without a type it takes the return type of each function it serves, and used directly carries the
    values that need no type: None, bool, int, float, str, bytes, datetimes in UTC, and lists and dicts of
    these.

    Safe to share between threads: a msgspec encoder and decoder keep no state between calls.

    Raises:
        SerializerNotFoundError: The type, or a part of it, cannot be carried.

    >>> prices = MsgpackSerializer(dict[str, float])
    >>> prices.loads(prices.dumps({"tea": 2.5}))
    {'tea': 2.5}
    """

    __slots__ = ("_annotation", "_codec")

    def __init__(self, annotation: TypeForm[T] = Any, /) -> None:
        self._annotation: object = declared(annotation)
        require(self._annotation, why_not, "MessagePack")
        decode = msgspec.msgpack.Decoder(annotation, ext_hook=_refuse_extension).decode
        self._codec: Codec[T] = Codec(
            "MessagePack", self._annotation, _encoder(self._annotation), decode, _rule(self._annotation)
        )

    @override
    def __repr__(self) -> str:
        return f"MsgpackSerializer({'' if self._annotation is Any else spell(self._annotation)})"

    def for_type(self, annotation: object, /) -> "MsgpackSerializer[Any]":
        """Return a serializer of `annotation`; the type that this one was given stands, if it was given one.

        >>> MsgpackSerializer().for_type(list[int])
        MsgpackSerializer(list[int])
        """
        return self if self._annotation is not Any else MsgpackSerializer(declared(annotation))

    def dumps(self, value: T, /) -> bytes:
        """Return `value` as MessagePack.

        Raises:
            SerializationError: It would not come back as it is.
        """
        return self._codec.dumps(value)

    def loads(self, data: bytes, /) -> T:
        """Return the value that `data` stands for.

        Raises:
            SerializationError: These are not the bytes of a value of the type.
        """
        return self._codec.loads(data)


def _encoder(annotation: object) -> Callable[[object], bytes]:
    encode = msgspec.msgpack.Encoder().encode
    if not holds(annotation, DateTimeType):
        return encode

    def encode_with_offsets(value: object) -> bytes:
        # MessagePack's own timestamp has no offset; as text a datetime keeps it.
        return encode(msgspec.to_builtins(value, builtin_types=(bytes, bytearray, memoryview)))

    return encode_with_offsets


def _rule(annotation: object) -> Callable[[bytes, bytes], bool]:
    # A set is written in the order of its hashes, which two processes need not share.
    return _as_long if holds(annotation, SetType, FrozenSetType) else operator.eq


def _as_long(data: bytes, again: bytes) -> bool:
    return len(data) == len(again)


def _refuse_extension(code: int, data: memoryview, /) -> NoReturn:
    raise ValueError(f"extension {code} of {len(data)} bytes, where no extension is written")
