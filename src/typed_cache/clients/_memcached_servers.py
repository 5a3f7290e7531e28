"""Which server keeps a key.

A key's server never changes while a client lives: a dead server's keys are not moved to its neighbours, since
it would serve what it held before when it comes back.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from typed_cache.clients._memcached_session import Node
from typed_cache.errors import BackendError

__all__ = ["HashedServers", "Hasher", "OneServer", "Servers"]


class Servers(Protocol):
    """One or several servers, each key kept by one of them."""

    def node_for(self, key: bytes) -> Node:
        """Return the server that keeps `key`."""
        ...

    def nodes(self) -> Sequence[Node]:
        """Return every server."""
        ...


@runtime_checkable
class Hasher(Protocol):
    """What pymemcache's `HashClient` asks which server keeps a key."""

    def get_node(self, key: str) -> str:
        """Return the name of a server."""
        ...


class OneServer:
    """Every key on the same server."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def node_for(self, key: bytes) -> Node:  # noqa: ARG002  # the protocol's argument
        """Return the server."""
        return self._node

    def nodes(self) -> Sequence[Node]:
        """Return the server alone."""
        return [self._node]


class HashedServers:
    """Each key where a `HashClient`'s own hasher puts it, among the servers it had at first."""

    def __init__(self, nodes: Mapping[str, Node], hasher: Hasher) -> None:
        self._nodes = nodes
        self._hasher = hasher

    def node_for(self, key: bytes) -> Node:
        """Return the server that the hasher names for `key`.

        Raises:
            BackendError: It names one that was added since, or none.
        """
        name = self._hasher.get_node(key.decode("ascii"))
        node = self._nodes.get(name)
        if node is None:
            raise BackendError(
                f"the HashClient keeps this key on {name}, which CacheClientMemcached has not seen: "
                "make a new one from it after add_server()",
                "look-up",
            )
        return node

    def nodes(self) -> Sequence[Node]:
        """Return every server."""
        return list(self._nodes.values())
