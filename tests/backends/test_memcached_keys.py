"""What a key is on the wire, and that no two keys meet there."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servers import MemcachedServer
from typed_cache.clients._memcached_keys import KeySpace, wire_seconds
from typed_cache.clients.memcached import CacheClientMemcached
from typed_cache.errors import KeyValueError, TypedCacheError

PLAIN = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="#"), min_size=1)
ANY = st.text(st.characters(exclude_categories=[]), min_size=1, max_size=300)
NASTY = st.sampled_from(
    ["a b", "a\r\nflush_all", "a\x00", "\ud800", "é", "#", "#generation", "%23", "x" * 251, "\t"]
)
KEYS = st.one_of(PLAIN, ANY, NASTY, st.lists(NASTY, min_size=1, max_size=60).map("".join))


@given(PLAIN.filter(lambda key: len(key) <= 240))
def test_a_built_key_stands_for_itself(key: str) -> None:
    """Printable ASCII without '#' that fits is not touched."""
    assert KeySpace("namespace:").key_for(key) == key


@given(KEYS, st.sampled_from(["", "app:", "n" * 150]))
def test_every_text_fits_the_wire(key: str, namespace: str) -> None:
    """Whatever the key, memcached gets at most 250 bytes of printable ASCII."""
    keys = KeySpace(namespace)
    wire, _ = keys.place(key)

    assert len(wire) <= 250
    assert all(0x20 < byte < 0x7F for byte in wire)
    assert wire.startswith(namespace.encode())
    assert wire != keys.marker


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="#"), min_size=240))
def test_a_key_of_this_client_stays_as_it_is(key: str) -> None:
    """What `key_for` made of a built key, however long, can be given back to the client."""
    keys = KeySpace("app:")

    assert keys.key_for(keys.key_for(key)) == keys.key_for(key)


@given(KEYS, KEYS)
def test_two_keys_never_meet(one: str, other: str) -> None:
    """Encoding and shortening keep different texts different."""
    keys = KeySpace("app:")

    assert (keys.key_for(one) == keys.key_for(other)) == (one == other)


@pytest.mark.parametrize("key", ["a b", "é", "#", "a#b", "\ud800", "100% sure", "\r\n"])
def test_an_odd_key_and_its_encoding_are_two_keys(key: str) -> None:
    """A caller who writes the encoded form of another key does not reach its entry."""
    keys = KeySpace("")
    encoded = keys.key_for(key)

    assert encoded.startswith("#")
    assert keys.key_for(encoded) != encoded


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(KEYS, min_size=2, max_size=6, unique=True))
def test_any_text_is_stored_and_read_back(memcached: MemcachedServer, keys: list[str]) -> None:
    """On a real server every key keeps its own value, and none is taken for a command."""
    with CacheClientMemcached[int].connect(memcached.address, namespace="p:") as client:
        client.clear()
        for number, key in enumerate(keys):
            client.to_cache(key, number, timedelta(minutes=1))

        assert [client.from_cache(key) for key in keys] == list(range(len(keys)))
        client.invalidate_cache(keys[0])
        assert [client.from_cache(key) for key in keys] == [None, *range(1, len(keys))]


@pytest.mark.parametrize("key", ["", 5, None, b"k"])
def test_a_key_that_is_none_is_rejected(key: str) -> None:
    """Empty keys, and what is no text, are refused before anything is sent."""
    with pytest.raises(KeyValueError) as caught:
        KeySpace("").key_for(key)
    assert isinstance(caught.value, TypedCacheError)


@pytest.mark.parametrize("namespace", ["a b", "a\n", "é", "a#", "n" * 187])
def test_a_namespace_must_fit_a_key(namespace: str) -> None:
    """A namespace is checked when the client is made, and the message names it."""
    with pytest.raises(ValueError, match="namespace '"):
        KeySpace(namespace)


@pytest.mark.parametrize(
    ("expire", "seconds"),
    [
        (None, 0),
        (timedelta(microseconds=1), 2),
        (timedelta(seconds=59.5), 61),
        (timedelta(days=30) - timedelta(seconds=1), 2_592_000),
        (timedelta(days=30), 1_700_000_000 + 2_592_001),
        (timedelta(days=365), 1_700_000_000 + 31_536_001),
        (timedelta(days=3650) * 10, 2**31 - 1),
    ],
)
def test_a_time_to_live_is_what_memcached_reads(expire: timedelta | None, seconds: int) -> None:
    """Never 0 for a time, an absolute time past 30 days, never past 32 bits."""
    assert wire_seconds(expire, 1_700_000_000.9) == seconds
