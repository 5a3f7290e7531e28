"""What `expire=` takes, and what a backend is told."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typed_cache.errors import ExpireError
from typed_cache.expire import LONGEST_EXPIRE, check_expire, physical_seconds, written_expire


@pytest.mark.parametrize("expire", [None, timedelta(microseconds=1), timedelta(hours=3), LONGEST_EXPIRE])
def test_accepted(expire: timedelta | None) -> None:
    """None and any timedelta after now, up to ten years."""
    assert check_expire(expire) == expire


@pytest.mark.parametrize(
    "expire",
    [
        True,
        False,
        0,
        1,
        60,
        -1,
        2**63,
        10**5000,
        1.5,
        float("nan"),
        float("inf"),
        1e400,
        "60",
        b"60",
        [60],
        object(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_other_types_are_refused(expire: object) -> None:
    """A bool, a number however absurd, or a text has no unit; the message says what to write."""
    with pytest.raises(ExpireError, match=r"Write a timedelta, such as timedelta\(seconds=60\)"):
        check_expire(expire)


@pytest.mark.parametrize("expire", [timedelta(0), timedelta(microseconds=-1), timedelta.min])
def test_zero_and_below_are_refused(expire: timedelta) -> None:
    """Zero is for ever to one backend and at once to another; a negative time stores nothing."""
    with pytest.raises(ExpireError, match="not after now") as raised:
        check_expire(expire)

    assert str(raised.value).startswith(f"expire is {written_expire(expire)}, ")


@pytest.mark.parametrize(
    ("expire", "words"),
    [
        (timedelta(0), "timedelta(0)"),
        (timedelta(seconds=-1), "timedelta(seconds=-1)"),
        (timedelta(days=-2, microseconds=1), "timedelta(days=-1, seconds=-86399, microseconds=-999999)"),
        (timedelta(hours=25), "timedelta(days=1, seconds=3600)"),
        (timedelta.min, "timedelta(days=-999999999)"),
        (timedelta.max, "timedelta(days=999999999, seconds=86399, microseconds=999999)"),
    ],
)
def test_time_is_written_as_source(expire: timedelta, words: str) -> None:
    """A negative time has negative parts, and the text makes the same time again."""
    assert written_expire(expire) == words
    assert eval(words) == expire


@pytest.mark.parametrize("expire", [LONGEST_EXPIRE + timedelta(microseconds=1), timedelta.max])
def test_longer_than_ten_years_is_refused(expire: timedelta) -> None:
    """Absurd times are refused without overflowing on them."""
    with pytest.raises(ExpireError, match="longer than 3650 days"):
        check_expire(expire)


@pytest.mark.parametrize(
    ("expire", "seconds"),
    [
        (timedelta(microseconds=1), 2),
        (timedelta(seconds=1), 2),
        (timedelta(seconds=1, microseconds=1), 3),
        (timedelta(days=30), 2_592_001),
        (LONGEST_EXPIRE, 315_360_001),
    ],
)
def test_physical_seconds(expire: timedelta, seconds: int) -> None:
    """Rounded up to whole seconds, and one for a backend that drops an entry early."""
    assert physical_seconds(expire) == seconds


@given(st.timedeltas(min_value=timedelta(microseconds=1), max_value=LONGEST_EXPIRE))
def test_physical_seconds_cover_the_entry(expire: timedelta) -> None:
    """An entry is kept at least a second past its time, and less than two."""
    spare: Any = timedelta(seconds=physical_seconds(expire)) - expire

    assert timedelta(seconds=1) <= spare < timedelta(seconds=2)
