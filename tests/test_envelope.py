"""An entry opens to the value it was sealed with, or to a miss that says why."""

import struct
from datetime import timedelta
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from typed_cache.client import UNANNOTATED, Miss, ResultType, Serializer
from typed_cache.envelope import CLAIM_TERM, Envelope, Opened, overhead, read_fingerprint
from typed_cache.errors import SerializationError
from typed_cache.serializers import Compressed, JsonSerializer, MsgpackSerializer, Signed, SigningKeys

NOW = 1_000_000_000.25
MINUTE = timedelta(minutes=1)
KEY = b"app:user_42"
HEAD, CLAIM, SUM = 30, 20, 4


class Clock:
    """The time, as a test sets it."""

    def __init__(self, now: float = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def make(clock: Clock | None = None, annotation: object = int, **result: Any) -> Envelope[Any]:
    serializer = MsgpackSerializer[Any]().for_type(annotation)
    return Envelope(serializer, ResultType(annotation, **result), clock=clock or Clock())


def checked(entry: bytes) -> bytes:
    """Return an entry with the checksum of what stands before its last four bytes."""
    return entry[:-SUM] + crc32(entry[:-SUM]).to_bytes(4, "big")


def patched(entry: bytes, at: int, data: bytes) -> bytes:
    """Return an entry with other bytes at a place, and the checksum that goes with them."""
    return checked(entry[:at] + data + entry[at + len(data) :])


def test_value_and_times() -> None:
    """An opened entry has its value, when it was made and until when it is fresh."""
    assert make().open(KEY, make().seal(KEY, 42, MINUTE)) == Opened(42, NOW, NOW + 60)


def test_no_expiry() -> None:
    """An entry without an expiry is fresh for ever."""
    data, clock = make().seal(KEY, 42, None), Clock(NOW * 3)

    assert make(clock).open(KEY, data) == Opened(42, NOW, None)


@pytest.mark.parametrize("value", [None, False, 0, "", [], {}, b""], ids=repr)
def test_empty_values_are_values(value: object) -> None:
    """None and everything empty is a value and no miss."""
    envelope = make(annotation=Any)

    opened = envelope.open(KEY, envelope.seal(KEY, value, None))

    assert isinstance(opened, Opened)
    assert opened.value == value


def test_expires_to_the_microsecond() -> None:
    """Fresh until its time, and not at it."""
    clock = Clock()
    data = make(clock).seal(KEY, 42, timedelta(milliseconds=1))

    clock.now = NOW + 0.000_9
    assert isinstance(make(clock).open(KEY, data), Opened)
    clock.now = NOW + 0.001
    assert make(clock).open(KEY, data) == Miss("expired")


def test_other_key() -> None:
    """An entry that a backend hands out under another key is a miss."""
    data = make().seal(KEY, 42, MINUTE)

    assert make().open(b"app:user_43", data) == Miss("key")
    assert make().open(KEY + b"0", data) == Miss("key")
    assert make().open(KEY[:-1], data) == Miss("key")
    assert make().open(b"", data) == Miss("key")


@pytest.mark.parametrize("other", [make(annotation=str), make(annotation=int | None), make(version="2")])
def test_other_type(other: Envelope[Any]) -> None:
    """An entry of another type or `version=` is a miss."""
    assert other.open(KEY, make().seal(KEY, 42, MINUTE)) == Miss("fingerprint")


def test_other_serializer() -> None:
    """An entry of another serializer is a miss, though its bytes would decode."""
    json = Envelope(JsonSerializer(int), ResultType(int), clock=Clock())

    assert json.open(KEY, make().seal(KEY, 42, MINUTE)) == Miss("fingerprint")


def test_claim() -> None:
    """A claim is an entry without a value, for as long as its term."""
    clock = Clock()
    data = make(clock).claim(KEY)
    assert make(clock).open(KEY, data) == Miss("claimed")

    clock.now += CLAIM_TERM.total_seconds()
    assert make(clock).open(KEY, data) == Miss("expired")


def test_claims_differ() -> None:
    """Two claims are never the same bytes: a compare-and-swap tells one from the other."""
    assert make().claim(KEY) != make().claim(KEY)


def test_payload_is_visible() -> None:
    """A serializer's bytes stand in the entry as they are, in one piece."""
    envelope = Envelope(JsonSerializer(list[str]), ResultType(list[str]))

    assert b'["Ada","Bob"]' in envelope.seal(KEY, ["Ada", "Bob"], None)


def test_overhead() -> None:
    """What an entry is larger than its payload."""
    assert len(make().seal(KEY, 1, None)) == overhead(KEY) + 1
    assert len(make().claim(KEY)) == overhead(KEY)


def test_fingerprint_is_readable() -> None:
    """A reader of several types finds out which one an entry has."""
    assert read_fingerprint(make().seal(KEY, 1, None)) == make().fingerprint


def test_what_was_stored_without_a_type_is_decoded_into_the_readers() -> None:
    """A value given to a client directly is read by a function, if it is of the function's type."""
    untyped: Envelope[Any] = Envelope(MsgpackSerializer(), ResultType(UNANNOTATED), clock=lambda: NOW)

    assert make().open(KEY, untyped.seal(KEY, 42, MINUTE)) == Opened(42, NOW, NOW + 60)
    assert make().open(KEY, untyped.seal(KEY, "42", MINUTE)) == Miss("decode")


def test_a_version_is_asked_for_by_name() -> None:
    """A function with `version=` reads nothing that was stored without one."""
    untyped: Envelope[Any] = Envelope(MsgpackSerializer(), ResultType(UNANNOTATED), clock=lambda: NOW)
    versioned = Envelope(MsgpackSerializer(int), ResultType(int, version="2"), clock=lambda: NOW)

    assert versioned.open(KEY, untyped.seal(KEY, 42, MINUTE)) == Miss("fingerprint")


@pytest.mark.parametrize(
    ("at", "data"),
    [(0, b"TC"), (2, b"\x00"), (2, b"\x02"), (3, b"\x03"), (3, b"\x81")],
    ids=["magic", "version 0", "version 2", "unknown flag", "unknown flag"],
)
def test_other_format(at: int, data: bytes) -> None:
    """Another magic, version or flag is not for this reader, though the checksum is right."""
    assert make().open(KEY, patched(make().seal(KEY, 42, MINUTE), at, data)) == Miss("format")


@pytest.mark.parametrize("size", [0, 2, 2**32 - 1])
def test_payload_of_another_length(size: int) -> None:
    """A payload that is longer or shorter than the entry says is a fault."""
    at = HEAD + len(KEY) + CLAIM - 4

    assert make().open(KEY, patched(make().seal(KEY, 42, MINUTE), at, struct.pack(">I", size))) == Miss(
        "format"
    )


def test_claim_with_a_payload() -> None:
    """A claim has no value, whatever is laid in it."""
    claim = make().claim(KEY)
    at = HEAD + len(KEY) + CLAIM

    assert make().open(KEY, checked(claim[: at - 4] + b"\x00\x00\x00\x01\x2a" + bytes(4))) == Miss("format")


def test_cut_inside_the_claim() -> None:
    """An entry that ends before its payload, with the right checksum, is a fault."""
    long_key = b"k" * 30
    data = make().seal(long_key, 42, MINUTE)

    assert make().open(long_key, checked(data[: HEAD + len(long_key) + SUM])) == Miss("format")


def test_payload_of_another_type() -> None:
    """A payload that does not decode into the type is a miss, though all else is right."""
    data = make().seal(KEY, 42, MINUTE)

    assert make().open(KEY, patched(data, HEAD + len(KEY) + CLAIM, b"\xc0")) == Miss("decode")


@pytest.mark.parametrize("entry", [make().seal(KEY, 42, MINUTE), make().claim(KEY)], ids=["value", "claim"])
def test_every_flipped_bit(entry: bytes) -> None:
    """No flipped bit goes unnoticed."""
    for bit in range(len(entry) * 8):
        damaged = bytearray(entry)
        damaged[bit // 8] ^= 1 << bit % 8
        assert make().open(KEY, bytes(damaged)) == Miss("checksum")


def test_every_truncation() -> None:
    """Bytes missing at either end, or left over, are a miss."""
    entry = make().seal(KEY, 42, MINUTE)
    cut = [entry[:size] for size in range(len(entry))] + [entry[size:] for size in range(1, len(entry))]

    assert all(isinstance(make().open(KEY, data), Miss) for data in [*cut, entry + b"\x00", b"\x00" + entry])


@settings(max_examples=150)
@given(st.binary(max_size=120))
def test_any_bytes(data: bytes) -> None:
    """Whatever a backend hands out is a miss: opening never raises."""
    assert isinstance(make().open(KEY, data), Miss)


@settings(max_examples=150)
@given(st.binary(max_size=12), st.integers(0, 65), st.booleans())
def test_any_damage_with_the_right_checksum(data: bytes, at: int, insert: bool) -> None:
    """Nor does it raise for whoever knows how to make a checksum: a value of the type, or a miss."""
    entry = make().seal(KEY, 42, MINUTE)

    opened = make().open(KEY, checked(entry[:at] + data + entry[at if insert else at + len(data) :]))

    assert isinstance(opened, Miss) or type(opened.value) is int


KEYS = SigningKeys({"a": b"k" * 32}, active="a")


@pytest.mark.parametrize(
    "serializer",
    [
        Signed(MsgpackSerializer(int), KEYS),
        Signed(Compressed(MsgpackSerializer(int)), KEYS),
        Compressed(Signed(MsgpackSerializer(int), KEYS)),
    ],
    ids=["signed", "outside", "inside"],
)
def test_signature_covers_the_header(serializer: Serializer[int]) -> None:
    """Who can make a checksum and no signature cannot move an entry to another key or another time."""
    signed = Envelope(serializer, ResultType(int), clock=Clock())
    entry = signed.seal(b"user_1", 42, MINUTE)
    assert signed.open(b"user_1", entry) == Opened(42, NOW, NOW + 60)

    assert signed.open(b"user_2", patched(entry, HEAD, b"user_2")) == Miss("decode")
    assert signed.open(b"user_1", patched(entry, 12, b"\x00" * 7)) == Miss("decode")
    assert signed.open(b"user_1", patched(entry, 20, b"\x00" * 8)) == Miss("decode")


def test_claim_is_not_signed() -> None:
    """A claim may be laid on an entry without signing its value anew."""
    signed = Envelope(Signed(MsgpackSerializer(int), KEYS), ResultType(int), clock=Clock())
    entry = signed.seal(KEY, 42, None)

    assert signed.open(KEY, patched(entry, HEAD + len(KEY), b"claimed!")) == Opened(42, NOW, None)


class Broken:
    """A serializer of a user's own, with faults."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    def dumps(self, value: object, /) -> Any:
        if self.error:
            raise self.error
        return "text"

    def loads(self, data: bytes, /) -> object:
        raise RuntimeError(data)


@pytest.mark.parametrize(
    "error", [ValueError("x"), RecursionError(), MemoryError(), SerializationError("Broken")]
)
def test_serializer_that_raises(error: Exception) -> None:
    """Whatever a serializer raises on writing is a SerializationError."""
    with pytest.raises(SerializationError, match="Broken"):
        Envelope(Broken(error), ResultType(int)).seal(KEY, 1, None)


def test_serializer_that_returns_no_bytes() -> None:
    """A serializer that returns text is told so, before anything is sent."""
    with pytest.raises(SerializationError, match=r"Broken\.dumps returned str, not bytes"):
        Envelope(Broken(), ResultType(int)).seal(KEY, 1, None)


def test_interruption_is_no_fault_of_the_value() -> None:
    """A KeyboardInterrupt passes through."""

    class Interrupted(Broken):
        def dumps(self, value: object, /) -> bytes:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Envelope(Interrupted(), ResultType(int)).seal(KEY, 1, None)
