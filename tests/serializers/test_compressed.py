"""Compressed bytes come back whole, and never larger than allowed."""

import threading
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from typed_cache.errors import SerializationError
from typed_cache.serializers import Compressed, JsonSerializer, MsgpackSerializer

TEXT = "tea for two " * 200


def compressed(above: int = 100, max_bytes: int = 10_000) -> Compressed[Any]:
    return Compressed(JsonSerializer(), above=above, max_bytes=max_bytes)


def test_large_values_get_smaller() -> None:
    """Above the threshold a value is compressed, and comes back."""
    data = compressed().dumps(TEXT)

    assert len(data) < 100
    assert compressed().loads(data) == TEXT


def test_small_values_stay_as_they_are() -> None:
    """Up to the threshold a value has one byte before it."""
    assert compressed(above=5).dumps("abc") == b'\x00"abc"'
    assert compressed(above=5).loads(b'\x00"abc"') == "abc"


def test_what_does_not_compress_stays_as_it_is() -> None:
    """Compression that gains nothing is not used."""
    value = bytes(range(256))
    serializer = Compressed(MsgpackSerializer(bytes), above=1)

    assert serializer.dumps(value) == b"\x00" + MsgpackSerializer(bytes).dumps(value)


def test_bomb_by_its_own_word() -> None:
    """A frame that says it is larger than allowed is refused before it is unpacked."""
    bomb = b"\x01" + zstandard.ZstdCompressor().compress(b" " * 100_000_000)

    assert len(bomb) < 20_000
    with pytest.raises(SerializationError, match="100000000 bytes, where 10000 are the limit"):
        compressed().loads(bomb)


def test_bomb_that_lies() -> None:
    """A frame that unpacks to more than it says is refused."""
    frame = bytearray(zstandard.ZstdCompressor().compress(b" " * 100_000))
    honest = zstandard.frame_content_size(bytes(frame))
    at = bytes(frame).index(honest.to_bytes(4, "little"))
    frame[at : at + 4] = (1000).to_bytes(4, "little")
    assert zstandard.frame_content_size(bytes(frame)) == 1000

    with pytest.raises(SerializationError, match="not one zstd frame"):
        compressed().loads(b"\x01" + bytes(frame))


def test_frame_of_unknown_size() -> None:
    """A frame that does not say its size is refused: none is written."""
    frame = zstandard.ZstdCompressor(write_content_size=False).compress(b'"a"' * 100)

    with pytest.raises(SerializationError, match="frame of -1 bytes"):
        compressed().loads(b"\x01" + frame)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x02[]",
        b"\x01",
        b"\x01no frame",
        compressed().dumps(TEXT) + b"\x00",
        compressed().dumps(TEXT) + compressed().dumps(TEXT)[1:],
        compressed().dumps(TEXT)[:-1],
        b"\x00" + compressed().dumps(TEXT)[1:],
        b"\x01" + (0x184D2A50).to_bytes(4, "little") + bytes(4),  # a frame to skip
    ],
)
def test_damaged(data: bytes) -> None:
    """An unknown marker, a cut frame, and anything after the frame are faults."""
    with pytest.raises(SerializationError):
        compressed().loads(data)


@settings(max_examples=60)
@given(st.binary(max_size=40))
def test_any_bytes(data: bytes) -> None:
    """Whatever the bytes, the answer is a value or a SerializationError."""
    serializer = Compressed(MsgpackSerializer(int))
    try:
        value = serializer.loads(b"\x01" + data)
    except SerializationError:
        value = 0

    assert type(value) is int


def test_value_that_could_not_be_read_is_not_written() -> None:
    """What is larger than allowed is refused when it is written."""
    with pytest.raises(SerializationError, match="more than max_bytes=10000"):
        compressed().dumps("x" * 10_000)


@pytest.mark.parametrize(("above", "max_bytes"), [(-1, 1), (0, 0)])
def test_refused_settings(above: int, max_bytes: int) -> None:
    """Numbers that mean nothing are refused when they are given."""
    with pytest.raises(ValueError, match="numbers of bytes"):
        compressed(above=above, max_bytes=max_bytes)


def test_threads() -> None:
    """Many threads may share one: each has a compressor of its own."""
    serializer, results = compressed(), list[bool]()

    def work(number: int) -> None:
        value = f"{number} " * 500
        results.append(all(serializer.loads(serializer.dumps(value)) == value for _ in range(50)))

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == [True] * 8
