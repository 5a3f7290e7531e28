"""What comes back is what went in: every value is read back, and compared, before its bytes are used.

Encoders look at the value and decoders at the declared type, so a tuple returned for a `Sequence`, a
subclass returned for its parent or a datetime with a named zone would come back as something else, without
an error. Here that is an error when the value is written, so that it is never stored.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, final

from typed_cache.errors import SerializationError
from typed_cache.serializers._difference import difference
from typed_cache.serializers._spelling import spell

__all__ = ["Codec"]

T = TypeVar("T")


@final
@dataclass(frozen=True, slots=True)
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
            back = self.decode(self.encode(value))
            found = difference(value, back)
            # Not the bytes of the value, which may hold more than comes back: a `cached_property`, say.
            data = self.encode(back)
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
            again = self.encode(value)
            if again == data or self.accept(data, again):
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
