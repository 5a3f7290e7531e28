"""What comes back is what went in: every value is read back, and compared, before its bytes are used.

Encoders look at the value and decoders at the declared type, so a tuple returned for a `Sequence`, a
subclass returned for its parent or a datetime with a named zone would come back as something else, without
an error. Here that is an error when the value is written, so that it is never stored.
"""

import dataclasses
import math
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import datetime, time
from types import NoneType
from typing import Any, Final, Generic, TypeVar, final

from typed_cache.errors import SerializationError
from typed_cache.serializers._anatomy import spell

__all__ = ["Codec", "difference"]

T = TypeVar("T")

_EXACT: Final = frozenset({NoneType, bool, int, str, bytes})
"""Types whose `==` tells everything."""


@final
@dataclasses.dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """An encoder and a decoder of one type, held to each other.

    Safe to share between threads where the two functions are.
    """

    form: str
    """What the bytes are, for messages: "MessagePack"."""

    annotation: object
    encode: Callable[[object], bytes]
    decode: Callable[[bytes], T]
    accept: Callable[[bytes, bytes], bool]
    """Whether to believe bytes, given them and what their value is written as."""

    def dumps(self, value: T) -> bytes:
        """Return the bytes of `value`, once they have been seen to bring it back."""
        try:
            data = self.encode(value)
            found = difference(value, self.decode(data))
        except Exception as error:  # whatever an encoder raises: RecursionError, OverflowError, ...
            raise SerializationError(
                f"{self.form} cannot carry this {spell(type(value))} as {spell(self.annotation)}: "
                f"{_first_line(error)}. {self._remedy()}"
            ) from error
        if found is not None:
            raise SerializationError(
                f"{self.form} would not bring this {spell(type(value))} back from {spell(self.annotation)}: "
                f"{found}. {self._remedy()}"
            )
        return data

    def loads(self, data: bytes) -> T:
        """Return the value that `data` stands for."""
        try:
            value = self.decode(data)
            # What a decoder overlooks (a repeated key, a field nobody declared) is not written again.
            if self.accept(data, self.encode(value)):
                return value
        except Exception as error:  # whatever a decoder raises: UnicodeDecodeError, MemoryError, ...
            raise SerializationError(
                f"{len(data)} bytes are no {spell(self.annotation)} in {self.form}: {_first_line(error)}"
            ) from error
        raise SerializationError(f"{len(data)} bytes are not how {self.form} writes {spell(self.annotation)}")

    def _remedy(self) -> str:
        if self.annotation is Any:
            return "Annotate the return type of the function, or pass serializer= to the client."
        return f"Return exactly {spell(self.annotation)}, annotate what is returned, or pass serializer=."


def _first_line(error: Exception) -> str:
    text = str(error).partition("\n")[0].rstrip(".")
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def difference(sent: object, back: object, where: str = "it") -> str | None:
    """Return in words where `back` is not what was sent, None where both are the same.

    The same means equal and of the same types all the way down, in the same order. No value is shown.

    >>> difference({"a": [1, True]}, {"a": [1, 1]})
    "it['a'][1] is a bool and comes back as int"
    >>> difference([float("nan")], [float("nan")]) is None
    True
    """
    kind = type(sent)
    if kind is not type(back):
        return f"{where} is a {spell(kind)} and comes back as {spell(type(back))}"
    if isinstance(sent, list | tuple) and isinstance(back, list | tuple):
        return _difference_of_items(sent, back, where)
    if isinstance(sent, Mapping) and isinstance(back, Mapping):
        return _difference_of_pairs(sent, back, where)
    if isinstance(sent, Set) and isinstance(back, Set):
        return _difference_of_sets(sent, back, where)
    names = _field_names(kind)
    if names is not None:
        return _first(
            difference(getattr(sent, name), getattr(back, name), f"{where}.{name}") for name in names
        )
    return None if _same_leaf(sent, back) else f"{where} comes back as another {spell(kind)}"


def _first(found: Iterable[str | None]) -> str | None:
    return next((text for text in found if text is not None), None)


def _difference_of_items(sent: list[Any] | tuple[Any, ...], back: list[Any] | tuple[Any, ...], where: str) -> str | None:
    kinds = list(map(type, sent))
    if _EXACT.issuperset(kinds) and kinds == list(map(type, back)) and sent == back:
        return None  # at the speed of C: most long lists hold nothing else
    if len(sent) != len(back):
        return f"{where} comes back with another length"
    return _first(difference(a, b, f"{where}[{i}]") for i, (a, b) in enumerate(zip(sent, back, strict=True)))


def _difference_of_pairs(sent: Mapping[Any, Any], back: Mapping[Any, Any], where: str) -> str | None:
    keys = _difference_of_items(list(sent), list(back), f"the keys of {where}")
    if keys is not None:
        return keys
    return _first(
        difference(value, again, f"{where}[{key!r}]" if isinstance(key, str) else f"{where}[...]")
        for (key, value), again in zip(sent.items(), back.values(), strict=True)
    )


def _difference_of_sets(sent: Set[Any], back: Set[Any], where: str) -> str | None:
    if sent != back:
        return f"{where} comes back with other items"
    items = {item: item for item in back}
    return _first(difference(item, items[item], f"an item of {where}") for item in sent)


def _same_leaf(sent: object, back: object) -> bool:
    if isinstance(sent, float) and isinstance(back, float):
        # -0.0 equals 0.0 and nan does not equal nan.
        return sent == back and math.copysign(1, sent) == math.copysign(1, back) or sent != sent and back != back
    if isinstance(sent, datetime | time) and isinstance(back, datetime | time):
        return sent == back and sent.fold == back.fold and _same_zone(sent, back)
    return bool(sent == back) or repr(sent) == repr(back) != object.__repr__(back)


def _same_zone(sent: datetime | time, back: datetime | time) -> bool:
    """Whether both stand in one zone: a named zone has rules, an offset has none, UTC is UTC by any class."""
    return sent.tzname() == back.tzname() and (sent.tzinfo == back.tzinfo or sent.tzname() == "UTC")


def _field_names(kind: type) -> tuple[str, ...] | None:
    """Return the attributes that make up a value of a class, None for one that only `==` can compare."""
    if hasattr(kind, "__struct_fields__"):
        return tuple(getattr(kind, "__struct_fields__", ()))
    if hasattr(kind, "model_fields"):
        return (*getattr(kind, "model_fields", ()), "__pydantic_extra__", "__pydantic_private__")
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    if hasattr(kind, "__attrs_attrs__"):
        return tuple(attribute.name for attribute in getattr(kind, "__attrs_attrs__", ()))
    return None
