"""This is where time stands still until a test moves it."""

from datetime import timedelta
from typing import Final, final

__all__ = ["FakeClock"]

_START: Final = 1_700_000_000.0
"""November 2023, so that a clock which reads wall time sees a plausible one."""


@final
class FakeClock:
    """A clock for `clock=`: called, it returns seconds; it moves only when it is told to.

    >>> clock = FakeClock(start=100.0)
    >>> clock.advance(seconds=2.5)
    >>> clock()
    102.5
    """

    __slots__ = ("_now", "_start")

    def __init__(self, start: float = _START) -> None:
        self._start = start
        self._now = timedelta(0)

    def __call__(self) -> float:
        return self._start + self._now.total_seconds()

    def advance(self, by: timedelta = timedelta(0), *, seconds: float = 0.0) -> None:
        """Move on, by a `timedelta`, by seconds, or by both; to the microsecond, and never back.

        Raises:
            ValueError: That would be back in time.

        >>> clock = FakeClock(start=0.0)
        >>> clock.advance(timedelta(hours=1))
        >>> clock.advance(seconds=0.5)
        >>> clock()
        3600.5
        """
        step = by + timedelta(seconds=seconds)
        if step < timedelta(0):
            raise ValueError(f"a clock does not go back, and {step} would be back; make a new FakeClock")
        self._now += step
