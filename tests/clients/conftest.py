"""What tests of clients share."""

import pytest

from typed_cache.testing import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    """A clock that the test moves."""
    return FakeClock()
