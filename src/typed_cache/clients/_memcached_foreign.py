"""A user's own pymemcache client as servers: its settings, our care.

A `Client` is used as it is, by one thread at a time: a pool of one. A `PooledClient` lends its
settings to a pool of ours, since its own keeps sockets across fork and loses a place with each interruption.
A `HashClient` lends its servers and its hashing, since its retry window answers "not there" for a server
that was not asked.
"""

import re
from collections.abc import Callable, Collection, Mapping
from socket import socket
from typing import Any, Final, Protocol, cast

from typed_cache.clients._memcached_connection import is_readable
from typed_cache.clients._memcached_errors import GarbledReplyError, is_refusal
from typed_cache.clients._memcached_pool import Pool
from typed_cache.clients._memcached_servers import HashedServers, Hasher, OneServer, Servers
from typed_cache.clients._memcached_session import Node, Session, windows

__all__ = ["ForeignSession", "MemcachedClient", "foreign_servers", "key_prefix_length"]

_MOST_CONNECTIONS: Final = 256
_PATIENCE: Final = 0.5
_UNPICKLING: Final = {"PickleSerde", "CompressedSerde", "python_memcache_deserializer"}


class MemcachedClient(Protocol):
    """What `CacheClientMemcached` asks of a pymemcache client: every one of them has it.

    Keys and values are bytes, and `noreply` is always False: without an answer, an error is lost and `add`
    says True to everybody.
    """

    def get_many(self, keys: list[bytes], /) -> Any:
        """Return a mapping of the items that exist to their values."""

    def gets_many(self, keys: list[bytes], /) -> Any:
        """Return a mapping of the items that exist to pairs of value and cas id."""

    def set(self, key: bytes, value: bytes, /, *, expire: int, noreply: bool, flags: int) -> object:
        """Store an item; true where the server did."""

    def add(self, key: bytes, value: bytes, /, *, expire: int, noreply: bool, flags: int) -> object:
        """Store an item where there is none; true where the server did."""

    def cas(
        self, key: bytes, value: bytes, cas: bytes, /, *, expire: int, noreply: bool, flags: int
    ) -> object:
        """Store an item in place of the one with that cas id; true where the server did."""

    def delete(self, key: bytes, /, *, noreply: bool) -> object:
        """Remove an item."""

    def set_many(
        self, values: dict[bytes, bytes], /, *, expire: int, noreply: bool, flags: int
    ) -> Collection[object]:
        """Store items; return the keys that the server did not store."""
        ...

    def delete_many(self, keys: list[bytes], /, *, noreply: bool) -> object:
        """Remove items."""

    def close(self) -> object:
        """Close every connection."""


class ForeignSession:
    """A `Session` over a pymemcache client; its own timeouts apply, to each read of a socket."""

    __slots__ = ("_client",)

    def __init__(self, client: MemcachedClient) -> None:
        self._client = client

    def get(self, *keys: bytes) -> dict[bytes, bytes]:
        """Return the items that exist."""
        return dict(self._client.get_many(list(keys)))

    def look_up(self, key: bytes, marker: bytes) -> tuple[object, object]:
        """Return what stands under a key and what under the namespace's marker, None where nothing does."""
        found = self._client.get_many([key, marker])
        return found.get(key), found.get(marker)

    def gets(self, *keys: bytes) -> dict[bytes, tuple[bytes, bytes]]:
        """Return the items that exist, each with its cas id."""
        return dict(self._client.gets_many(list(keys)))

    def set(self, key: bytes, data: bytes, expire: int) -> None:
        """Store an item."""
        if not self._client.set(key, data, expire=expire, noreply=False, flags=0):
            raise GarbledReplyError("a set that was not stored")

    def add(self, key: bytes, data: bytes, expire: int) -> bool:
        """Store an item where there is none; False where there is one."""
        return bool(self._client.add(key, data, expire=expire, noreply=False, flags=0))

    def cas(self, key: bytes, data: bytes, expire: int, unique: bytes) -> bool:
        """Store an item in place of the one with that cas id; False where that one is gone."""
        return bool(self._client.cas(key, data, unique, expire=expire, noreply=False, flags=0))

    def delete(self, key: bytes) -> None:
        """Remove an item, if it is there."""
        self._client.delete(key, noreply=False)

    def set_many(self, items: Mapping[bytes, bytes], expire: int) -> dict[bytes, Exception]:
        """Store items; where the server refuses one, the others of its window once more, one by one."""
        refused: dict[bytes, Exception] = {}
        for window in windows(items):
            try:
                failed = self._client.set_many(window, expire=expire, noreply=False, flags=0)
            except Exception as error:
                if not is_refusal(error):
                    raise
                refused |= self._set_each(window, expire)
            else:
                refused |= {
                    key: GarbledReplyError("a set that was not stored") for key in window if key in failed
                }
        return refused

    def _set_each(self, items: Mapping[bytes, bytes], expire: int) -> dict[bytes, Exception]:
        refused: dict[bytes, Exception] = {}
        for key, data in items.items():
            try:
                self.set(key, data, expire)
            except Exception as error:
                if not is_refusal(error):
                    raise
                refused[key] = error
        return refused

    def delete_many(self, keys: Collection[bytes]) -> None:
        """Remove items."""
        for window in windows(dict.fromkeys(keys, b"")):
            self._client.delete_many(list(window), noreply=False)

    def begin(self, deadline: float) -> None:
        """Leave the client's own timeouts in charge."""

    def is_stale(self) -> bool:
        """Whether the client's socket holds bytes or its end; one under TLS cannot tell."""
        opened = _attributes(self._client).get("sock")
        return type(opened) is socket and is_readable(opened)

    def close(self) -> None:
        """Close the client's socket; it opens a new one when it is used again."""
        self._client.close()


def foreign_servers(client: MemcachedClient) -> Servers:
    """Return the servers behind a pymemcache client.

    Raises:
        TypeError: This is no client.
        ValueError: The client hides failures, or unpickles what a server sends.
    """
    if isinstance(client, type) or not hasattr(client, "gets_many"):
        what = f"the class {client.__name__}" if isinstance(client, type) else f"a {type(client).__name__}"
        raise TypeError(
            f"a client of pymemcache's is expected, such as PooledClient('host:11211'), and this is {what}: "
            "CacheClientMemcached.connect('host:11211') makes one from an address"
        )
    nodes = _attributes(client).get("clients")
    hasher = _attributes(client).get("hasher")
    if isinstance(nodes, Mapping) and isinstance(hasher, Hasher):
        # cast: pymemcache types neither; HashClient keeps one client a server here, under the hasher's names.
        leaves = cast("Mapping[str, MemcachedClient]", nodes)
        return HashedServers({name: _node(leaf) for name, leaf in leaves.items()}, hasher)
    return OneServer(_node(client))


def key_prefix_length(client: MemcachedClient) -> int:
    """Return how many bytes of each key the client takes for itself."""
    prefix = _attributes(client).get("key_prefix")
    return len(prefix) if isinstance(prefix, bytes | str) else 0


def _node(client: MemcachedClient) -> Node:
    settings = _attributes(client)
    _check_unpickling(settings.get("serde"))
    server = settings.get("server", "its server")
    name = ":".join(re.findall(r"[^(), ']+", str(server)))  # ("host", 11211) as host:11211
    timeout = settings.get("timeout")
    patience = float(timeout) if isinstance(timeout, int | float) and timeout > 0 else _PATIENCE
    pool = settings.get("client_pool")
    if pool is not None:
        # cast: this is the method by which PooledClient fills its own pool.
        create = cast("Callable[[], MemcachedClient]", getattr(client, "_create_client"))  # noqa: B009  # private
        size = min(int(getattr(pool, "max_size", _MOST_CONNECTIONS)), _MOST_CONNECTIONS)
        return Pool(name, lambda: ForeignSession(create()), size=size, timeout=patience)
    if settings.get("ignore_exc"):
        raise ValueError(
            f"the client for {name} has ignore_exc=True, which makes a lost server look like an empty one: "
            "leave it out; a decorated function never sees an error of its cache"
        )
    return Pool(name, lambda: _alone(client), size=1, timeout=patience)


def _alone(client: MemcachedClient) -> Session:
    """Begin with a closed socket: an open one may be a parent's, or be in mid-answer."""
    client.close()
    return ForeignSession(client)


def _check_unpickling(serde: object) -> None:
    reader = getattr(serde, "deserialize", None)
    names = {type(serde).__name__, getattr(reader, "__name__", "")}
    if names & _UNPICKLING:
        raise ValueError(
            "this client's serde unpickles whatever a server sends, and pickle executes code: "
            "make the client without serde=, and give CacheClientMemcached a serializer instead"
        )


def _attributes(client: object) -> Mapping[str, object]:
    """Return what the object itself holds: a RetryingClient answers to any name at all."""
    held: Mapping[str, object] = getattr(client, "__dict__", {})
    return held
