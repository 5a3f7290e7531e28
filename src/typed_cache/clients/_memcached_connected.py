"""The servers behind `CacheClientMemcached.connect`: a pool of guarded connections to each."""

from collections.abc import Callable, Sequence
from typing import Final

from typed_cache.clients._memcached_address import Address
from typed_cache.clients._memcached_connection import Connection
from typed_cache.clients._memcached_pool import Pool
from typed_cache.clients._memcached_servers import OneServer, Servers
from typed_cache.clients._memcached_session import Session

__all__ = ["connected_servers"]

_MOST_SECONDS: Final = 3600


def connected_servers(addresses: Sequence[Address], *, timeout: float, max_connections: int) -> Servers:
    """Return the servers at `addresses`; none is connected to yet.

    Raises:
        ValueError: No address, the same one twice, or a bound that makes no sense.
    """
    if isinstance(timeout, bool) or not 0 < timeout <= _MOST_SECONDS:
        raise ValueError(f"timeout is {timeout!r}: write the seconds one operation may take, such as 0.5")
    if isinstance(max_connections, bool) or max_connections < 1:
        raise ValueError(f"max_connections is {max_connections!r}: write 1 or more")
    nodes = {
        str(address): Pool(str(address), _connect(address), size=max_connections, timeout=timeout)
        for address in addresses
    }
    if not nodes:
        raise ValueError("no server: write at least one, such as 'localhost:11211'")
    if len(nodes) != len(addresses):
        raise ValueError(f"a server is there twice: {', '.join(map(str, addresses))}")
    if len(nodes) == 1:
        return OneServer(*nodes.values())
    from typed_cache.clients._memcached_rendezvous import RendezvousServers  # noqa: PLC0415  # loads OpenSSL

    return RendezvousServers(nodes)


def _connect(address: Address) -> Callable[[], Session]:
    return lambda: Connection(address)
