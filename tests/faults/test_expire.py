"""Expiry: a time to live is what was asked for, and what no backend can keep is refused."""

import time
from datetime import timedelta
from typing import Any

import pytest

from servers import MemcachedServer
from typed_cache.client import ResultType
from typed_cache.clients.memcached import CacheClientMemcached
from typed_cache.errors import ExpireError


@pytest.mark.parametrize(
    "expire", [timedelta(seconds=5), timedelta(days=30), timedelta(days=30, seconds=1), timedelta(days=365)]
)
def test_the_server_keeps_an_item_as_long_as_it_is_fresh(
    memcached: MemcachedServer, expire: timedelta
) -> None:
    """Row 2: the server's own clock for the item is right within two seconds, on both sides of 30 days."""
    with CacheClientMemcached[int].connect(memcached.address) as client:
        client.to_cache("k", 1, expire)

        left = int(memcached.ask(b"mg k t").split(b" t")[1])
        assert 0 <= left - expire.total_seconds() <= 2
        assert client.from_cache("k") == 1


def test_without_a_time_the_server_keeps_it(memcached: MemcachedServer) -> None:
    """None is for ever."""
    with CacheClientMemcached[int].connect(memcached.address) as client:
        client.to_cache("k", 1, None)

    assert memcached.ask(b"mg k t") == b"HD t-1\r\n"


def test_an_entry_is_fresh_to_the_microsecond(memcached: MemcachedServer) -> None:
    """Row 3: a time below a second is neither for ever nor nothing; the entry itself keeps it exactly."""
    now = time.time()
    clock = [now]
    with CacheClientMemcached[int].connect(memcached.address, clock=lambda: clock[0]) as client:
        store = client.entries(ResultType(int))
        store.write("k", 1, timedelta(milliseconds=250), store.claim("k"))

        clock[0] = now + 0.249
        assert store.read("k") == 1
        clock[0] = now + 0.251
        entry = store.entry("k")
        assert entry is None


@pytest.mark.parametrize(
    "expire", [True, 60, 2**63, 0.5, float("nan"), timedelta(0), timedelta(days=-1), timedelta.max, "60"]
)
def test_what_is_no_time_to_live_is_rejected(memcached: MemcachedServer, expire: Any) -> None:
    """Rows 1 and 3: refused before a byte is sent, whatever the way to write."""
    before = memcached.stat("cmd_set")
    with CacheClientMemcached[int].connect(memcached.address) as client:
        store = client.entries(ResultType(int))
        claim = store.claim("k")
        claimed = memcached.stat("cmd_set")

        with pytest.raises(ExpireError):
            client.to_cache("k", 1, expire)
        with pytest.raises(ExpireError):
            store.write("k", 1, expire, claim)
    assert memcached.stat("cmd_set") == claimed >= before
