"""JSON by pydantic, for pydantic models."""

from typing import Any, Generic, final

from typing_extensions import TypeForm, TypeVar, override

from typed_cache.serializers._codec import Codec
from typed_cache.serializers._extras import missing
from typed_cache.serializers._fault import declared, require
from typed_cache.serializers._repeated_keys import free_of_repeated_keys
from typed_cache.serializers._spelling import spell

try:
    from pydantic import TypeAdapter
except ImportError as _error:
    raise missing("PydanticSerializer", "pydantic", "pydantic") from _error

__all__ = ["PydanticSerializer"]

T = TypeVar("T", default=Any)


@final
class PydanticSerializer(Generic[T]):
    """Values of one type as JSON, written and strictly validated by pydantic.

    Chosen by itself for a return type with a pydantic model inside. Fields stand under their own names,
    whatever their aliases. A model whose fields do not all come back (`exclude=True`, a serializer without
    its validator) is refused when it is written. Which fields were set is not kept: all come back as set.

    Without a type it takes the return type of each function it serves.

    Safe to share between threads, as a pydantic `TypeAdapter` is.

    Raises:
        SerializerNotFoundError: The type, or a part of it, has no schema.
        ModuleNotFoundError: pydantic is not installed.

    >>> from pydantic import BaseModel
    >>> class User(BaseModel):
    ...     name: str
    >>> PydanticSerializer(User).dumps(User(name="Ada"))
    b'{"name":"Ada"}'
    """

    __slots__ = ("_annotation", "_codec")

    def __init__(self, annotation: TypeForm[T] = Any, /) -> None:
        self._annotation: object = declared(annotation)
        if _why_not(self._annotation) is not None:
            require(self._annotation, _why_not, "pydantic")
        adapter: TypeAdapter[T] = TypeAdapter(declared(annotation))

        def encode(value: Any) -> bytes:
            return adapter.dump_json(value, by_alias=False, round_trip=True, warnings=False)

        def decode(data: bytes) -> T:
            return adapter.validate_json(data, strict=True, by_alias=False, by_name=True)

        self._codec: Codec[T] = Codec("JSON", self._annotation, encode, decode, free_of_repeated_keys)

    @override
    def __repr__(self) -> str:
        return f"PydanticSerializer({'' if self._annotation is Any else spell(self._annotation)})"

    def for_type(self, annotation: object, /) -> "PydanticSerializer[Any]":
        """Return a serializer of `annotation`; the type that this one was given stands, if it was given one.

        >>> PydanticSerializer().for_type(list[int])
        PydanticSerializer(list[int])
        """
        return self if self._annotation is not Any else PydanticSerializer(declared(annotation))

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


def _why_not(part: Any) -> str | None:
    try:
        TypeAdapter(part)
    except Exception as error:  # noqa: BLE001 - a user's own schema hook may raise anything
        return str(error).partition("\n")[0]
    return None
