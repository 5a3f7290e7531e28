"""Pickle, signed: for values that nothing else carries, among processes that share a secret."""

import pickle
from typing import Any, Final, Generic, final

from typing_extensions import TypeVar, override

from typed_cache.errors import SerializationError
from typed_cache.serializers.signed import Signed, SigningKeys

__all__ = ["PickleSerializer"]

T = TypeVar("T", default=Any)

_PROTOCOL: Final = 5


@final
class PickleSerializer(Generic[T]):
    """Values of any type that pickle takes, signed; a signature is checked before a byte is unpickled.

    Unpickling runs code that stands in the bytes, so whoever holds one of the keys can run code in every
    process that reads them. Prefer a type that the default serializer carries.

    Safe to share between threads.

    >>> values = PickleSerializer(SigningKeys({"2026-11": b"s" * 32}, active="2026-11"))
    >>> values.loads(values.dumps(3 + 4j))
    (3+4j)
    """

    __slots__ = ("_keys", "_signed")

    def __init__(self, keys: SigningKeys) -> None:
        self._keys: SigningKeys = keys
        self._signed: Signed[T] = Signed(_Pickle[T](), keys)

    @override
    def __repr__(self) -> str:
        return f"PickleSerializer({self._keys!r})"

    def dumps(self, value: T, /) -> bytes:
        """Return `value` as signed bytes.

        Raises:
            SerializationError: pickle cannot write it.
        """
        return self._signed.dumps(value)

    def loads(self, data: bytes, /) -> T:
        """Return the value of bytes that `dumps` made.

        Raises:
            SerializationError: None of the keys signed them, or pickle cannot read them.
        """
        return self._signed.loads(data)

    def dumps_bound(self, value: T, context: bytes, /) -> bytes:
        """Return `value` as bytes signed for `context`."""
        return self._signed.dumps_bound(value, context)

    def loads_bound(self, data: bytes, context: bytes, /) -> T:
        """Return the value of bytes that were signed for `context`."""
        return self._signed.loads_bound(data, context)


@final
class _Pickle(Generic[T]):
    """Pickle as it is: never outside `Signed`."""

    def dumps(self, value: T, /) -> bytes:
        try:
            return pickle.dumps(value, protocol=_PROTOCOL)
        except Exception as error:  # whatever a `__reduce__` raises
            raise SerializationError(
                f"pickle cannot write a {type(value).__name__}: {type(error).__name__}"
            ) from error

    def loads(self, data: bytes, /) -> T:
        try:
            value: T = pickle.loads(data)  # noqa: S301 - the signature was checked
        except Exception as error:  # whatever the class of a value raises
            raise SerializationError(f"pickle cannot read these bytes: {type(error).__name__}") from error
        return value
