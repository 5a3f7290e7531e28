"""This is the bar that shows how far long work has come: on a terminal only, and not for short work."""

import time
from collections.abc import Callable
from typing import Final, TextIO, final

__all__ = ["Progress"]

_PATIENCE: Final = 0.5
"""Seconds of work after which a bar appears."""

_WIDTH: Final = 30


@final
class Progress:
    """A bar on `stream`; use it as a context, so that it is wiped at the end.

    >>> import io
    >>> with Progress(io.StringIO()) as progress:
    ...     progress.step(0.5)
    """

    def __init__(
        self, stream: TextIO, clock: Callable[[], float] = time.monotonic, *, doing: str = "checking"
    ) -> None:
        self._stream = stream
        self._doing = doing
        self._clock = clock
        self._begun = clock()
        self._shown = False

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def step(self, done: float) -> None:
        """Show that a fraction of the work is done."""
        if self._stream.isatty() and self._clock() - self._begun >= _PATIENCE:
            filled = round(done * _WIDTH)
            bar = "█" * filled + "░" * (_WIDTH - filled)
            self._stream.write(f"\r\x1b[K{self._doing} {bar} {done:4.0%}")
            self._stream.flush()
            self._shown = True
