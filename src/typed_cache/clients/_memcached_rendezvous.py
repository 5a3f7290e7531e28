"""Several servers that share the keys by rendezvous hashing; in a file of its own, since it loads OpenSSL."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b

from typed_cache.clients._memcached_session import Node

__all__ = ["RendezvousServers"]


class RendezvousServers:
    """Each key on the server whose name, hashed with it, scores highest.

    A server added or taken away moves the keys of that server only; the order of servers does not matter.
    """

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self._nodes = {blake2b(name.encode(), digest_size=32).digest(): node for name, node in nodes.items()}

    def node_for(self, key: bytes) -> Node:
        """Return the server that scores highest for `key`."""
        best = max(self._nodes, key=lambda name: blake2b(key, digest_size=8, key=name).digest())
        return self._nodes[best]

    def nodes(self) -> Sequence[Node]:
        """Return every server."""
        return list(self._nodes.values())
