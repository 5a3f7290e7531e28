"""The entry: what a shared backend holds under a key, sealed and opened. Pure: no I/O but a clock.

docs/entry-format.md specifies the bytes. Safe to share between threads where its serializer is.
"""

import struct
import time
from collections.abc import Callable
from datetime import timedelta
from os import urandom as token_bytes
from typing import Any, Final, Generic, NamedTuple, TypeVar, final
from zlib import crc32

from typed_cache.client import UNANNOTATED, BoundSerializer, Miss, ResultType, Serializer
from typed_cache.errors import SerializationError
from typed_cache.serializers._bound import bind
from typed_cache.serializers.fingerprint import fingerprint

__all__ = ["CLAIM_TERM", "Envelope", "Opened", "overhead", "read_fingerprint"]

T = TypeVar("T")

CLAIM_TERM: Final[timedelta] = timedelta(minutes=1)
"""How long a claim speaks for the one that loads, unless a client says otherwise."""

_MAGIC: Final = b"tc"
_VERSION: Final = 1
_HOLDS_VALUE: Final = 1
"""The one flag: the entry has a payload. Without it, it is only a claim."""

# magic, version, flags, fingerprint, created, fresh until, length of the key; then the key
_HEAD: Final = struct.Struct(">2sBB8sqqH")
# owner of the claim, end of its term, length of the payload; then the payload
_CLAIM: Final = struct.Struct(">8sqI")
# checksum; also the length of the payload on its own
_SUM: Final = struct.Struct(">I")

# magic, version, flags and fingerprint together, fresh until, length of the key
_FRONT: Final = struct.Struct(">12s8xqH")

# created, fresh until
_TIMES: Final = struct.Struct(">qq")

_unpack_front: Final = _FRONT.unpack_from
_unpack_number: Final = _SUM.unpack_from

_NOTHING: Final = (b"", 0, 0)
_STAMP: Final = slice(4, 12)
_TIMES_AT: Final = 12
_HEAD_SIZE: Final = _HEAD.size
_CLAIM_SIZE: Final = _CLAIM.size
_SUM_SIZE: Final = _SUM.size
_FIXED: Final = _HEAD_SIZE + _CLAIM_SIZE + _SUM_SIZE
_NO_CLAIM: Final = bytes(8)
_MICROSECOND: Final = timedelta(microseconds=1)


def overhead(key: bytes) -> int:
    """Return how many bytes an entry under `key` has besides its payload.

    >>> overhead(b"user_42")
    61
    """
    return _FIXED + len(key)


def read_fingerprint(data: bytes) -> bytes:
    """Return the fingerprint that stands in an entry, for a reader that serves several types.

    Nothing is checked; `Envelope.open` checks all.

    >>> from typed_cache.serializers import MsgpackSerializer
    >>> envelope = Envelope(MsgpackSerializer(int), ResultType(int))
    >>> read_fingerprint(envelope.seal(b"answer", 42, None)) == envelope.fingerprint
    True
    """
    return data[_STAMP]


class Opened(NamedTuple, Generic[T]):
    """A value and its times, in seconds since the epoch."""

    value: T
    created: float
    fresh_until: float | None
    """None where it never expires."""


@final
class Envelope(Generic[T]):
    """Seals and opens the entries of one return type.

    `clock` gives seconds since the epoch, and is the same for all who share the backend.

    >>> from typed_cache.serializers import MsgpackSerializer
    >>> envelope = Envelope(MsgpackSerializer(int), ResultType(int), clock=lambda: 1000.0)
    >>> data = envelope.seal(b"answer", 42, timedelta(seconds=60))
    >>> envelope.open(b"answer", data)
    Opened(value=42, created=1000.0, fresh_until=1060.0)
    >>> envelope.open(b"question", data)
    Miss(reason='key')
    """

    __slots__ = ("_accepted", "_bound", "_clock", "_front", "_loads", "_serializer", "fingerprint")

    def __init__(
        self, serializer: Serializer[T], result: ResultType, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._serializer: Serializer[T] = serializer
        self._bound: BoundSerializer[T] = bind(serializer)
        self._loads: Callable[[bytes], T] | None = (
            None if isinstance(serializer, BoundSerializer) else serializer.loads
        )
        self._clock: Callable[[], float] = clock
        self.fingerprint: bytes = fingerprint(serializer, result)
        self._front: bytes = _MAGIC + bytes((_VERSION, _HOLDS_VALUE)) + self.fingerprint
        # What was stored without a declared type is decoded into this one, which is the whole check of it.
        untyped = () if result.version else (fingerprint(serializer, ResultType(UNANNOTATED)),)
        self._accepted: Final = frozenset((self.fingerprint, *untyped))

    def seal(self, key: bytes, value: T, expire: timedelta | None) -> bytes:
        """Return the entry that holds `value` under `key`, fresh for `expire` from now.

        `key` is the key on the wire, namespace included: at most 65,535 bytes.

        Raises:
            SerializationError: The serializer cannot write the value, whatever it raised.
        """
        created = self._now()
        fresh_until = 0 if expire is None else created + expire // _MICROSECOND
        head = self._head(key, _HOLDS_VALUE, created, fresh_until)
        try:
            payload: Any = self._bound.dumps_bound(value, head)
        except SerializationError:
            raise
        except Exception as error:
            raise SerializationError(
                f"{type(self._serializer).__name__}.dumps failed with {type(error).__name__} "
                f"on a {type(value).__name__}"
            ) from error
        if not isinstance(payload, bytes):
            raise SerializationError(
                f"{type(self._serializer).__name__}.dumps returned {type(payload).__name__}, not bytes"
            )
        return _checked(head + _CLAIM.pack(_NO_CLAIM, 0, len(payload)) + payload)

    def claim(self, key: bytes, term: timedelta = CLAIM_TERM) -> bytes:
        """Return an entry without a value: the claim of one who loads it now, good for `term`.

        No two claims are the same bytes.
        """
        now = self._now()
        head = self._head(key, 0, now, 0)
        return _checked(head + _CLAIM.pack(token_bytes(8), now + term // _MICROSECOND, 0))

    def open(self, key: bytes, data: bytes) -> Opened[T] | Miss:
        """Return what `read` returns, and with a value its times."""
        value = self.read(key, data)
        if isinstance(value, Miss):
            return value
        created, fresh_until = _TIMES.unpack_from(data, _TIMES_AT)
        return Opened(value, created / 1e6, fresh_until / 1e6 if fresh_until else None)

    def read(self, key: bytes, data: bytes) -> T | Miss:
        """Return the value of an entry that was stored under `key`, or why there is none to use.

        Never raises: an entry that is damaged, of another key, of another type or expired is a `Miss`.
        """
        head_size = _HEAD_SIZE + len(key)
        start, end = head_size + _CLAIM_SIZE, len(data) - _SUM_SIZE
        front, fresh_until, key_size = _unpack_front(data) if end >= start else _NOTHING
        # Whatever `_fault` looks for, asked at once: as good as every entry has it all.
        if (
            front != self._front
            or key_size != len(key)
            or data[_HEAD_SIZE:head_size] != key
            or _unpack_number(data, start - _SUM_SIZE)[0] != end - start
            or _unpack_number(data, end)[0] != crc32(data[:end])
            or (fresh_until and self._clock() * 1e6 >= fresh_until)
        ):
            fault = self._fault(key, data)
            if fault is not None:
                return Miss(fault)
        try:
            loads = self._loads
            if loads is not None:
                return loads(data[start:end])
            return self._bound.loads_bound(data[start:end], data[:head_size])
        except Exception:  # noqa: BLE001 - whatever a decoder raises, there is no value
            return Miss("decode")

    def _fault(self, key: bytes, data: bytes) -> str | None:  # noqa: PLR0911 - the order of checks
        """Return why an entry has no value to use, as far as can be told without its serializer."""
        if len(data) < _FIXED:
            return "format"
        if _SUM.pack(crc32(data[:-_SUM_SIZE])) != data[-_SUM_SIZE:]:
            return "checksum"
        magic, version, flags, stamp, _, fresh_until, key_size = _HEAD.unpack_from(data)
        if magic != _MAGIC or version != _VERSION or flags > _HOLDS_VALUE:
            return "format"
        head_size = _HEAD_SIZE + key_size
        if data[_HEAD_SIZE:head_size] != key:
            return "key"
        if len(data) < _FIXED + key_size:
            return "format"
        _, claimed_until, payload_size = _CLAIM.unpack_from(data, head_size)
        if len(data) != _FIXED + key_size + payload_size or (payload_size and not flags):
            return "format"
        if stamp not in self._accepted:
            return "fingerprint"
        now = self._clock() * 1e6
        if not flags:
            return "claimed" if now < claimed_until else "expired"
        return "expired" if fresh_until and now >= fresh_until else None

    def _now(self) -> int:
        return int(self._clock() * 1e6)

    def _head(self, key: bytes, flags: int, created: int, fresh_until: int) -> bytes:
        return _HEAD.pack(_MAGIC, _VERSION, flags, self.fingerprint, created, fresh_until, len(key)) + key


def _checked(entry: bytes) -> bytes:
    return entry + _SUM.pack(crc32(entry))
