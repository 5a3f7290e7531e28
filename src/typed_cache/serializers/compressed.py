"""Compression by zstd, with a bound on what comes out."""

import threading
from typing import Any, Final, Generic, TypeVar, final

from typing_extensions import override

from typed_cache.client import BoundSerializer, Serializer
from typed_cache.errors import SerializationError
from typed_cache.serializers._bound import bind, fit
from typed_cache.serializers._extras import missing

__all__ = ["Compressed"]

T = TypeVar("T")

_RAW: Final = b"\x00"
_ZSTD: Final = b"\x01"


@final
class Compressed(Generic[T]):
    r"""The bytes of another serializer, compressed where they are more than `above` bytes and get fewer.

    `max_bytes` bounds what a value may unpack to: a small entry cannot fill the memory. It bounds what is
    written too, so that nothing is written which could not be read.

    Safe to share between threads where `inner` is: each thread has a compressor of its own.

    Raises:
        ModuleNotFoundError: zstandard is not installed.
        ValueError: `above` is negative or `max_bytes` not positive.

    >>> from typed_cache.serializers import JsonSerializer
    >>> small = Compressed(JsonSerializer(), above=100)
    >>> len(small.dumps("tea " * 1000)) < 100
    True
    >>> small.dumps("tea")
    b'\x00"tea"'
    """

    __slots__ = ("_above", "_bound", "_max_bytes", "_zstd", "inner")

    def __init__(self, inner: Serializer[T], *, above: int = 1024, max_bytes: int = 64 * 1024 * 1024) -> None:
        if above < 0 or max_bytes <= 0:
            raise ValueError(
                f"above={above} and max_bytes={max_bytes} are numbers of bytes: from 0 and from 1 on"
            )
        self.inner: Serializer[T] = inner
        self._bound: BoundSerializer[T] = bind(inner)
        self._above: int = above
        self._max_bytes: int = max_bytes
        self._zstd: _Zstd = _Zstd()

    @override
    def __repr__(self) -> str:
        return f"Compressed({self.inner!r}, above={self._above}, max_bytes={self._max_bytes})"

    def for_type(self, annotation: object, /) -> "Compressed[Any]":
        """Return the same around `inner` fitted to `annotation`."""
        return Compressed(fit(self.inner, annotation), above=self._above, max_bytes=self._max_bytes)

    def dumps(self, value: T, /) -> bytes:
        """Return `value` as bytes, after one byte that tells whether they are compressed.

        Raises:
            SerializationError: `inner` cannot write it, or it is more than `max_bytes`.
        """
        return self.dumps_bound(value, b"")

    def loads(self, data: bytes, /) -> T:
        """Return the value of bytes that `dumps` made.

        Raises:
            SerializationError: They are damaged, unpack to more than `max_bytes`, or are no bytes of `inner`.
        """
        return self.loads_bound(data, b"")

    def dumps_bound(self, value: T, context: bytes, /) -> bytes:
        """Return `value` as bytes; `context` goes to `inner`, where that is bound."""
        body = self._bound.dumps_bound(value, context)
        if len(body) > self._max_bytes:
            raise SerializationError(f"{len(body)} bytes are more than max_bytes={self._max_bytes}")
        if len(body) > self._above:
            packed = self._zstd.compress(body)
            if len(packed) < len(body):
                return _ZSTD + packed
        return _RAW + body

    def loads_bound(self, data: bytes, context: bytes, /) -> T:
        """Return the value of bytes that `dumps_bound` made for `context`."""
        marker, body = data[:1], data[1:]
        if marker == _ZSTD:
            body = self._zstd.decompress(body, self._max_bytes)
        elif marker != _RAW:
            raise SerializationError("the bytes do not tell whether they are compressed")
        return self._bound.loads_bound(body, context)


class _Zstd(threading.local):
    """A compressor and a decompressor for each thread: they keep state, and cost 15 us to make."""

    def __init__(self) -> None:
        try:
            import zstandard  # noqa: PLC0415 - an extra, loaded once a serializer uses it
        except ImportError as error:
            raise missing("Compressed", "zstandard", "zstd") from error
        self._error: type[Exception] = zstandard.ZstdError
        self._size_of = zstandard.frame_content_size
        self._pack = zstandard.ZstdCompressor().compress
        self._unpack = zstandard.ZstdDecompressor().decompress

    def compress(self, body: bytes) -> bytes:
        return self._pack(body)

    def decompress(self, packed: bytes, most: int) -> bytes:
        """Return what `packed` unpacks to, at most `most` bytes: one whole frame, and nothing after it."""
        try:
            size = self._size_of(packed)
            if not 0 <= size <= most:
                raise SerializationError(f"a frame of {size} bytes, where {most} are the limit")
            # A frame that says its size is given a buffer of that size, and no frame may outgrow it.
            body = self._unpack(packed, max_output_size=most, allow_extra_data=False)
        except self._error as error:
            raise SerializationError("the bytes are not one zstd frame") from error
        return body
