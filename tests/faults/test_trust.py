"""Trust on a real server: bytes that somebody else wrote, with a checksum that is right."""

import logging
import pickle
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NoReturn
from zlib import crc32

import msgspec
import pytest
import zstandard

from servers import MemcachedServer
from typed_cache import Cache, CacheClientMemcached, Cached
from typed_cache.serializers import Compressed, JsonSerializer, PickleSerializer, Signed, SigningKeys

MINUTE = timedelta(minutes=1)
KEYS = SigningKeys({"2026": b"k" * 32}, active="2026")
HEAD = 30
"""Bytes before the context of an entry, of which the last two are its length."""

SIZE = 16
"""Bytes between the context and the length of the payload."""


def stored(server: MemcachedServer, key: str) -> bytes:
    return server.ask(b"get " + key.encode()).split(b"\r\n", 1)[1].removesuffix(b"\r\nEND\r\n")


def forge(server: MemcachedServer, key: str, payload: bytes) -> None:
    """Put another payload into the entry under `key`, with the length and the checksum that belong to it."""
    entry = stored(server, key)
    at = HEAD + int.from_bytes(entry[HEAD - 2 : HEAD], "big") + SIZE
    forged = entry[:at] + len(payload).to_bytes(4, "big") + payload
    put(server, key, forged + crc32(forged).to_bytes(4, "big"))


def put(server: MemcachedServer, key: str, entry: bytes) -> None:
    assert server.ask(b"set %b 0 0 %d\r\n%b" % (key.encode(), len(entry), entry)) == b"STORED\r\n"


@pytest.fixture
def client(memcached: MemcachedServer) -> Iterator[CacheClientMemcached[Any]]:
    with CacheClientMemcached[Any].connect(memcached.address, timeout=5) as made:
        yield made


def scores_over(client: CacheClientMemcached[Any]) -> tuple[Cached[[int], dict[str, int]], list[int]]:
    """Return a function that is cached in `client`, and the list of its runs."""
    runs: list[int] = []

    @Cache(key="scores_{n}", expire=MINUTE, client=client)
    def scores(n: int) -> dict[str, int]:
        runs.append(n)
        return {"a": n}

    return scores, runs


def test_the_honest_forgery_is_read(memcached: MemcachedServer, client: CacheClientMemcached[Any]) -> None:
    """The forgeries of the other tests fail for their payloads: a payload of the type is a value."""
    scores, runs = scores_over(client)
    scores(1)

    forge(memcached, "scores_1", msgspec.msgpack.encode({"a": 5}))

    assert scores(1) == {"a": 5}
    assert runs == [1]


NESTED = b"\x91" * 100_000

FORGERIES: dict[str, bytes] = {
    "pickle": pickle.dumps({"a": 5}),
    "deep": NESTED,
    "trailing": msgspec.msgpack.encode({"a": 5}) + b"\x00",
    "cut": msgspec.msgpack.encode({"a": 5})[:-1],
    "text for a number": msgspec.msgpack.encode({"a": "1"}),
    "nan": msgspec.msgpack.encode({"a": float("nan")}),
    "past 64 bits": b'{"a": 36893488147419103232}',
    "repeated key": b"\x82\xa1a\x01\xa1a\x02",
    "no unicode": b"\x81\xa1\xff\x01",
    "extension": b"\x81\xa1a\xc7\x01\x05\x00",
    "other type": msgspec.msgpack.encode([1]),
    "nothing": b"",
}


@pytest.mark.parametrize("payload", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_payload_of_no_value_is_a_miss(
    memcached: MemcachedServer,
    client: CacheClientMemcached[Any],
    payload: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rows 28 and 31: it is not unpickled, raises nothing, is counted, and the next write repairs it."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a pickle was opened")

    scores, runs = scores_over(client)
    scores(7)
    forge(memcached, "scores_7", payload)
    for name in ("loads", "load", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)

    assert [scores(7), scores(7)] == [{"a": 7}, {"a": 7}]
    assert runs == [7, 7]
    assert scores.stats().misses["decode"] == 1
    assert dict(scores.stats().errors) == {}


@pytest.mark.parametrize(
    "serializer", [Signed(JsonSerializer(), KEYS), PickleSerializer[Any](KEYS)], ids=["json", "pickle"]
)
def test_a_signed_value_stays_under_its_key(
    memcached: MemcachedServer,
    serializer: Signed[Any] | PickleSerializer[Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Row 29: another key's payload, or one changed bit of it, is a miss; no MAC is in a log."""
    with CacheClientMemcached[Any].connect(memcached.address, serializer=serializer, timeout=5) as client:
        scores, runs = scores_over(client)
        scores(1), scores(2)
        other = stored(memcached, "scores_2")
        at = HEAD + int.from_bytes(other[HEAD - 2 : HEAD], "big") + SIZE + 4
        with caplog.at_level(logging.DEBUG, "typed_cache"):
            forge(memcached, "scores_1", other[at:-4])
            assert scores(1) == {"a": 1}
            forge(memcached, "scores_2", other[at:-5] + bytes([other[-5] ^ 1]))
            assert scores(2) == {"a": 2}

    assert runs == [1, 2, 1, 2]
    assert scores.stats().misses["decode"] == 2
    assert caplog.records == []


def test_an_entry_under_another_key_is_a_miss(
    memcached: MemcachedServer, client: CacheClientMemcached[Any]
) -> None:
    """Row 30: an entry, whole and sound, that was moved says that it is not the one asked for."""
    scores, runs = scores_over(client)
    scores(1), scores(2)

    put(memcached, "scores_1", stored(memcached, "scores_2"))

    assert scores(1) == {"a": 1}
    assert scores.stats().misses["key"] == 1
    assert runs == [1, 2, 1]


def test_what_unpacks_to_too_much_is_a_miss(memcached: MemcachedServer) -> None:
    """Row 30: a small frame that would unpack to 512 MiB is not unpacked."""
    with CacheClientMemcached[Any].connect(
        memcached.address, serializer=Compressed(JsonSerializer(), max_bytes=100_000), timeout=5
    ) as client:
        scores, runs = scores_over(client)
        scores(1)
        compressor = zstandard.ZstdCompressor().compressobj(size=2**29)
        bomb = b"".join(compressor.compress(bytes(2**20)) for _ in range(2**9)) + compressor.flush()

        forge(memcached, "scores_1", b"\x01" + bomb)

        assert [scores(1), scores(1)] == [{"a": 1}, {"a": 1}]
        assert scores.stats().misses["decode"] == 1
        assert runs == [1, 1]
