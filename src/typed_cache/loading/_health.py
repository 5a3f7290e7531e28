"""This is where answers and failures of a store are counted, and failures logged, not too often.

Log records name the function, the operation and the reason, never a key or an argument.
"""

import time
from collections.abc import Callable
from typing import Final, final

from typed_cache.errors import BackendError, SerializationError
from typed_cache.stats import Counters, Stats

__all__ = ["Health"]

_QUIET_SECONDS: Final = 60.0


@final
class Health:
    """One function's counts, and the warnings about its cache.

    A warning about one operation and reason is logged once a minute; `stats()` counts them all.
    """

    __slots__ = ("_clock", "_function", "_logged", "counters", "hits_elsewhere")

    def __init__(self, function: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._function = function
        self._clock = clock
        self._logged: dict[tuple[str, str], float] = {}
        self.counters: Counters = Counters()
        self.hits_elsewhere: Callable[[], int] | None = None
        """Hits that are counted where they happen, without a loader."""

    def answered(self, operation: str, answer: object) -> None:
        """Count a step that the store managed."""
        if operation == "write":
            if answer is True:
                self.counters.stores += 1
            else:
                self.counters.refused += 1
        elif operation == "invalidate":
            self.counters.invalidations += 1

    def failed(self, operation: str, error: Exception) -> None:
        """Count a step that the store did not manage, and log it where that was not done lately."""
        failure = operation, reason_of(error)
        self.counters.errors[failure] += 1
        now = self._clock()
        if now - self._logged.get(failure, -_QUIET_SECONDS) < _QUIET_SECONDS:
            return
        self._logged[failure] = now
        import logging  # noqa: PLC0415  # few stores fail

        logging.getLogger("typed_cache").warning(
            "The cache of %s failed to %s (%s: %s). The function runs uncached; the same failure is "
            "counted, not logged, for the next %.0f seconds.",
            self._function,
            operation,
            type(error).__name__,
            error,
            _QUIET_SECONDS,
        )

    def stats(self) -> Stats:
        """Return the counts as they stand now."""
        elsewhere = self.hits_elsewhere
        return self.counters.snapshot(0 if elsewhere is None else elsewhere())


def reason_of(error: Exception) -> str:
    """Return one word fit for a counter: the backend's own, else the class of the error."""
    if isinstance(error, BackendError):
        return error.reason
    if isinstance(error, SerializationError):
        return "serialization"
    return type(error).__name__
