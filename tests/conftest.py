"""What every test may ask for: a real memcached, started by the tests themselves."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("typed_cache.testing")
sys.path.insert(0, str(Path(__file__).parent))  # so that a test can name the types of what it is given

from servers import MemcachedServer  # noqa: E402  # it is found through the path above


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
