"""The clock that tests move."""

from datetime import timedelta

import pytest

from typed_cache.testing import FakeClock


def test_time_stands_still_until_moved() -> None:
    """Two readings with no step between them are equal."""
    clock = FakeClock()

    assert clock() == clock() > 1_600_000_000


def test_steps_add_up_exactly() -> None:
    """A thousand steps of a millisecond are one second, to the last bit."""
    clock = FakeClock(start=0.0)

    for _ in range(1000):
        clock.advance(seconds=0.001)

    assert clock() == 1.0


def test_timedelta_and_seconds_add_up() -> None:
    """Both spellings of a step can be used together."""
    clock = FakeClock(start=10.0)

    clock.advance(timedelta(minutes=1), seconds=0.5)

    assert clock() == 70.5


def test_clock_never_goes_back() -> None:
    """A step back is refused, and the time stays what it was."""
    clock = FakeClock(start=10.0)

    with pytest.raises(ValueError, match="does not go back"):
        clock.advance(seconds=-1)

    assert clock() == 10.0
