"""Which serializer a function's results get."""

from types import ModuleType
from typing import Any, Final

from typed_cache.client import Serializer
from typed_cache.errors import SerializerNotFoundError
from typed_cache.serializers._anatomy import walk
from typed_cache.serializers._bound import fit
from typed_cache.serializers._fault import declared, not_found

__all__ = ["serializer_for"]

_EXECUTING: Final = frozenset({"cloudpickle", "dill", "jsonpickle", "marshal", "pickle", "shelve"})


def serializer_for(
    annotation: object, *, given: Serializer[Any] | None = None, function: str = ""
) -> Serializer[Any]:
    """Return the serializer of a function that returns `annotation`.

    `given` is the one its client was made with: used as it is, or fitted to the type where it can be.
    Without one it is MessagePack, and pydantic's own JSON where a pydantic model is inside. `function` is
    the function's name, for the message.

    Raises:
        SerializerNotFoundError: The type, or a part of it, cannot be carried.
        ValueError: `given` is a module that executes what it reads, such as `pickle`.

    >>> serializer_for(dict[str, int])
    MsgpackSerializer(dict[str, int])
    """
    _refuse_unsigned_code(given)
    try:
        return _derive(annotation) if given is None else fit(given, annotation)
    except SerializerNotFoundError as error:
        raise not_found(error, function) from error.__cause__


def _refuse_unsigned_code(given: object) -> None:
    """Refuse a module of the pickle family: it has `dumps` and `loads`, and its bytes can run anything."""
    if isinstance(given, ModuleType) and given.__name__.lstrip("_").partition(".")[0] in _EXECUTING:
        raise ValueError(
            f"serializer={given.__name__} would execute whatever somebody wrote into the cache. "
            "Leave serializer= out, or sign the pickles: "
            "serializer=PickleSerializer(SigningKeys({'2026-11': secret}, active='2026-11'))"
        )


def _derive(annotation: object) -> Serializer[Any]:
    # Imported when chosen: neither serializer should cost a program that uses the other, or none.
    if any(hasattr(part, "__pydantic_core_schema__") for part, _ in walk(annotation)):
        from typed_cache.serializers.pydantic import PydanticSerializer  # noqa: PLC0415

        return PydanticSerializer(declared(annotation))
    from typed_cache.serializers.msgpack import MsgpackSerializer  # noqa: PLC0415

    return MsgpackSerializer(declared(annotation))
