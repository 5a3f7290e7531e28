"""This is where a conformance test gets the client that it tests, and the time."""

import sys
from abc import ABC, abstractmethod
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar, Final
from unittest import SkipTest

from typed_cache.client import CacheClient, EntryStore, ResultType
from typed_cache.clients import entries_of
from typed_cache.clients._minimal import MinimalStore
from typed_cache.testing._clock import FakeClock

__all__ = ["MINUTE", "Setting", "hurried_threads"]

MINUTE: Final = timedelta(minutes=1)

_THREADS: Final = 8


@contextmanager
def hurried_threads() -> Generator[ThreadPoolExecutor, None, None]:
    """Give eight threads that take turns as often as Python lets them."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(_THREADS) as threads:
            yield threads
    finally:
        sys.setswitchinterval(interval)


class Setting(ABC):
    """The client under test. Each test has an instance, a client and a clock of its own."""

    tells_time: ClassVar[bool] = True
    """Whether entries expire by `self.clock`, or by what `elapse` does."""

    isolates: ClassVar[bool] = True
    """Whether what a caller does to a value never reaches the next; asked of clients with `entries` only."""

    @abstractmethod
    def make_client(self, clock: FakeClock) -> CacheClient[Any]:
        """Return a new, empty client that tells the time by `clock`."""

    def elapse(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.advance(seconds=seconds)

    @cached_property
    def clock(self) -> FakeClock:
        """The clock of this test."""
        return FakeClock()

    @cached_property
    def client(self) -> CacheClient[Any]:
        """The client of this test."""
        return self.make_client(self.clock)

    def store(self, annotation: object = int, version: str = "") -> EntryStore[Any]:
        """Return the client as a function that returns `annotation` sees it."""
        return entries_of(self.client, ResultType(annotation, "conformance", version))

    @property
    def keeps_entries(self) -> bool:
        """Whether the client offers `entries`: it tells a cached None from a miss and sees its own writes."""
        return not isinstance(self.store(), MinimalStore)

    def needs_entries(self) -> None:
        """Skip a test of what only a client with `entries` can promise."""
        if not self.keeps_entries:
            raise SkipTest("the client has the three methods only")

    def needs_time(self) -> None:
        """Skip a test in which time passes."""
        if not self.tells_time:
            raise SkipTest("the client's time cannot be moved")
