"""The tests of every client, over Memcached on a real server."""

from collections.abc import Iterator
from typing import Any

import pytest
from pymemcache.client.base import Client, PooledClient
from pymemcache.client.hash import HashClient
from typing_extensions import override

from servers import MemcachedServer
from typed_cache.clients.memcached import CacheClientMemcached, MemcachedClient
from typed_cache.testing import ClientConformance, FakeClock


class OnMemcached(ClientConformance):
    """What the kinds of client have in common: a server, and connections that a test closes again."""

    server: MemcachedServer

    @pytest.fixture(autouse=True)
    def _on_a_server(self, memcached: MemcachedServer) -> Iterator[None]:
        self.server = memcached
        yield
        assert isinstance(self.client, CacheClientMemcached)
        self.client.close()

    def pymemcache(self) -> MemcachedClient:
        """Return a client of pymemcache's."""
        raise NotImplementedError

    @override
    def make_client(self, clock: FakeClock) -> CacheClientMemcached[Any]:
        return CacheClientMemcached(self.pymemcache(), namespace="conformance:", clock=clock)


class TestConnect(OnMemcached):
    """Through `connect`."""

    @override
    def make_client(self, clock: FakeClock) -> CacheClientMemcached[Any]:
        return CacheClientMemcached.connect(
            self.server.address, namespace="conformance:", timeout=5, clock=clock
        )


class TestClient(OnMemcached):
    """Over one plain `Client`."""

    @override
    def pymemcache(self) -> MemcachedClient:
        return Client(self.server.pair, timeout=5)


class TestPooledClient(OnMemcached):
    """Over a `PooledClient`."""

    @override
    def pymemcache(self) -> MemcachedClient:
        return PooledClient(self.server.pair, timeout=5)


class TestHashClient(OnMemcached):
    """Over a `HashClient`."""

    @override
    def pymemcache(self) -> MemcachedClient:
        return HashClient([self.server.pair], timeout=5)


del OnMemcached, ClientConformance  # pytest would collect them too
