"""What every test may ask for: a real memcached, started by the tests themselves."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from servers import MemcachedServer

pytest.register_assert_rewrite("typed_cache.testing")

# An example takes microseconds, but a busy machine can stop a process for longer than any deadline. In CI
# the examples are the same each time, so that a failure is the change's own.
settings.register_profile(
    "typed_cache",
    deadline=None,
    derandomize="CI" in os.environ,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("typed_cache")


@pytest.fixture(scope="session")
def shared_memcached() -> Iterator[MemcachedServer]:
    """One server for all tests that leave it running."""
    with MemcachedServer() as server:
        yield server


@pytest.fixture
def memcached(shared_memcached: MemcachedServer) -> MemcachedServer:
    """A running memcached that holds nothing."""
    shared_memcached.ask(b"flush_all")
    return shared_memcached


@pytest.fixture
def mortal_memcached() -> Iterator[MemcachedServer]:
    """A memcached that a test may kill, freeze and start again."""
    with MemcachedServer() as server:
        yield server
