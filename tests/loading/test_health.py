"""Failures are counted each, and logged once a minute."""

import logging

import pytest

from typed_cache import BackendError, BackendTimeoutError, SerializationError
from typed_cache.loading import Health
from typed_cache.testing import FakeClock


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (BackendTimeoutError("late"), "timeout"),
        (BackendError("gone", "read", "unavailable"), "unavailable"),
        (SerializationError("odd"), "serialization"),
        (ZeroDivisionError("user code"), "ZeroDivisionError"),
    ],
)
def test_reason(error: Exception, reason: str) -> None:
    """An error counts under one word."""
    health = Health("app.get_user")
    health.failed("read", error)

    assert health.stats().errors == {("read", reason): 1}


def test_one_warning_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    """The same failure is logged once, counted always, and logged again after a minute."""
    clock = FakeClock()
    health = Health("app.get_user", clock)

    with caplog.at_level(logging.WARNING, "typed_cache"):
        for _ in range(3):
            health.failed("read", BackendError("gone"))
        health.failed("write", BackendError("gone"))
        assert len(caplog.records) == 2

        clock.advance(seconds=61)
        health.failed("read", BackendError("gone"))

    assert len(caplog.records) == 3
    assert health.stats().errors == {("read", "unavailable"): 4, ("write", "unavailable"): 1}
    assert "app.get_user" in caplog.records[0].getMessage()


def test_counts() -> None:
    """Stores, refusals and invalidations are told apart, and a snapshot does not change."""
    health = Health("app.get_user")
    health.answered("write", True)
    before = health.stats()
    health.answered("write", False)
    health.answered("invalidate", None)
    health.answered("claim", object())

    after = health.stats()
    assert (before.stores, before.refused) == (1, 0)
    assert (after.stores, after.refused, after.invalidations) == (1, 1, 1)
    assert after.hit_ratio == 0.0
