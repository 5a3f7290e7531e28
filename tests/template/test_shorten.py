"""Keys that are too long keep a head and end in a digest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typed_cache.template import shorten

keys = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="#"), max_size=200)


def test_short_key_is_unchanged() -> None:
    """A key up to the limit is left alone."""
    assert shorten("k" * 250, 250) == "k" * 250


def test_long_key_keeps_its_head() -> None:
    """A longer key has exactly the limit's length, its own head, and a digest behind a mark."""
    short = shorten("user_" + "k" * 300, 100)
    assert len(short) == 100
    assert short.startswith("user_kkk")
    assert short[-33] == "#"


def test_limit_without_room() -> None:
    """A limit that has no room for the digest is refused."""
    with pytest.raises(ValueError, match="give 33 or more"):
        shorten("k", 32)


@given(keys, st.integers(33, 120))
def test_idempotent(key: str, limit: int) -> None:
    """Shortening again changes nothing."""
    once = shorten(key, limit)
    assert len(once) <= limit
    assert shorten(once, limit) == once


@given(st.lists(keys, min_size=2, max_size=2, unique=True), st.integers(33, 80))
def test_injective(pair: list[str], limit: int) -> None:
    """Two keys never become one."""
    assert shorten(pair[0], limit) != shorten(pair[1], limit)
