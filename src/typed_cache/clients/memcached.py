"""The client that keeps entries on memcached."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Generic, Self, cast, overload

from typing_extensions import TypeVar, override

from typed_cache.client import UNANNOTATED, Miss, ResultType, Serializer
from typed_cache.clients._memcached_address import parse_server
from typed_cache.clients._memcached_connected import connected_servers
from typed_cache.clients._memcached_foreign import MemcachedClient, foreign_servers, key_prefix_length
from typed_cache.clients._memcached_generation import begin_generation
from typed_cache.clients._memcached_keys import KeySpace
from typed_cache.clients._memcached_servers import Servers
from typed_cache.clients._memcached_store import MemcachedStore
from typed_cache.envelope import Envelope
from typed_cache.errors import BackendError
from typed_cache.serializers import serializer_for

if TYPE_CHECKING:
    from typed_cache.clients._memcached_many import MemcachedMany

__all__ = ["CacheClientMemcached", "MemcachedClient"]

T = TypeVar("T", default=Any)
V = TypeVar("V")

_ITEM_LIMIT: Final = 1024 * 1024


class CacheClientMemcached(Generic[T]):
    """Entries on one memcached server or several, shared by every process that uses the same namespace.

    Values are written as `serializer` writes them; without one it is derived from each function's return
    type, and a value given to `to_cache` directly may be of any plain type: None, bool, int, float, str,
    bytes, lists and dicts of these.

    `client` is any pymemcache client. Its own timeouts apply, to each read of a socket, and a client without
    a timeout waits for ever: `connect` bounds a whole operation instead, and is quicker. Whatever the
    client, each command waits for its answer (`noreply` is off), no socket serves two threads at once or
    crosses a fork, and one that was interrupted is closed. A `Client` therefore serves one thread at a
    time. A `PooledClient`'s settings are used with a pool of our own, as large as its `max_pool_size`. A
    `HashClient`'s keys stay where its hasher puts them: its retry window and `ignore_exc` play no part.

    `namespace` stands in front of every key; with it a key has at most 250 bytes. `max_item_bytes` is the
    server's item limit (memcached's `-I`). `clock` gives seconds since the epoch and decides what is fresh.

    Methods raise `BackendError` where a server fails; a decorated function counts that and goes on. Keys are
    any text but the empty one. Safe to share between threads, and to use after fork.

    Raises:
        ValueError: The namespace fits no key, or the client hides failures or unpickles what it reads.

    >>> from pymemcache.client.base import PooledClient
    >>> users = CacheClientMemcached[str](PooledClient("localhost:11211", timeout=0.5), namespace="users:")
    >>> users.key_for("ada")
    'ada'
    """

    def __init__(
        self,
        client: MemcachedClient,
        serializer: Serializer[T] | None = None,
        *,
        namespace: str = "",
        max_item_bytes: int = _ITEM_LIMIT,
        clock: Callable[[], float] = time.time,
    ) -> None:
        keys = KeySpace(namespace, taken=key_prefix_length(client))
        self._set_up(foreign_servers(client), keys, serializer, max_item_bytes, clock)

    @overload
    @classmethod
    def connect(
        cls,
        servers: str | Sequence[str],
        *,
        serializer: Serializer[V],
        namespace: str = "",
        timeout: float = 0.5,
        max_connections: int = 64,
        max_item_bytes: int = _ITEM_LIMIT,
        clock: Callable[[], float] = time.time,
    ) -> "CacheClientMemcached[V]": ...

    @overload
    @classmethod
    def connect(
        cls,
        servers: str | Sequence[str],
        *,
        serializer: None = None,
        namespace: str = "",
        timeout: float = 0.5,
        max_connections: int = 64,
        max_item_bytes: int = _ITEM_LIMIT,
        clock: Callable[[], float] = time.time,
    ) -> Self: ...

    @classmethod
    def connect(
        cls,
        servers: str | Sequence[str],
        *,
        serializer: Serializer[Any] | None = None,
        namespace: str = "",
        timeout: float = 0.5,
        max_connections: int = 64,
        max_item_bytes: int = _ITEM_LIMIT,
        clock: Callable[[], float] = time.time,
    ) -> "CacheClientMemcached[Any]":
        """Return a client for "host:11211", "[::1]:11211", "unix:/path", or a sequence of these.

        Nothing is sent yet: a connection is made when one is needed, and kept. `timeout` is the seconds that
        one operation may take with everything in it: waiting for a connection, look-up, connecting, sending,
        all reads and a second try. `max_connections` bounds the connections to each server.

        Several servers share the keys between them, and a key's server never changes: while one is down, its
        keys fail, and no other server answers for it.

        Raises:
            ValueError: A server, the namespace, the timeout or the bound makes no sense.

        >>> client = CacheClientMemcached[int].connect(["10.0.0.1:11211", "10.0.0.2:11211"], namespace="app:")
        >>> client
        <CacheClientMemcached namespace='app:' at 10.0.0.1:11211, 10.0.0.2:11211>
        """
        addresses = [parse_server(text) for text in ([servers] if isinstance(servers, str) else servers)]
        self = cls.__new__(cls)  # what __init__ takes is a client of pymemcache's, and here is none
        pools = connected_servers(addresses, timeout=timeout, max_connections=max_connections)
        self._set_up(pools, KeySpace(namespace), serializer, max_item_bytes, clock)
        return self

    def _set_up(
        self,
        servers: Servers,
        keys: KeySpace,
        serializer: Serializer[T] | None,
        max_item_bytes: int,
        clock: Callable[[], float],
    ) -> None:
        self._servers = servers
        self._keys = keys
        self._serializer = serializer
        self._max_item_bytes = max_item_bytes
        self._clock = clock
        self._envelopes: dict[bytes, Envelope[Any]] = {}
        self._plain: MemcachedStore[Any] = self._store(ResultType(UNANNOTATED), readable=self._envelopes)

    @override
    def __repr__(self) -> str:
        names = ", ".join(str(node) for node in self._servers.nodes())
        return f"<{type(self).__name__} namespace={self._keys.namespace!r} at {names}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def entries(self, result: ResultType, /) -> MemcachedStore[Any]:
        """Return this client as a function with that return type sees it.

        Raises:
            SerializerNotFoundError: The type, or a part of it, has no bytes.
        """
        return self._store(result)

    def _store(
        self, result: ResultType, readable: Mapping[bytes, Envelope[Any]] | None = None
    ) -> MemcachedStore[Any]:
        serializer = serializer_for(result.annotation, given=self._serializer, function=result.function)
        envelope = Envelope(serializer, result, clock=self._clock)
        self._envelopes[envelope.fingerprint] = envelope
        return MemcachedStore(
            self._servers,
            self._keys,
            envelope,
            max_item_bytes=self._max_item_bytes,
            clock=self._clock,
            readable=readable,
        )

    def _many(self) -> "MemcachedMany[Any]":
        # Imported when asked for: it brings a pool of threads, and with that logging.
        from typed_cache.clients._memcached_many import MemcachedMany  # noqa: PLC0415

        return MemcachedMany(self._plain, self._servers, self._keys)

    def key_for(self, key: str) -> str:
        """Return `key` as it stands behind the namespace: a long one shortened, an odd one encoded.

        Raises:
            KeyValueError: It is empty, or no text.

        >>> CacheClientMemcached[int].connect("localhost").key_for("a b")
        '#a%20b'
        """
        return self._keys.key_for(key)

    def from_cache(self, key: str) -> T | None:
        """Return the value stored under `key`; None where there is none, or None is the value.

        What a function of this process stored is read as that function's type.

        Raises:
            BackendError: The server failed, or was too slow (`BackendTimeoutError`).
            KeyValueError: The key is empty.
        """
        # cast: the store was made with this client's serializer, whose values are T's.
        value = cast("T | Miss", self._plain.read(key))
        return None if isinstance(value, Miss) else value

    def to_cache(self, key: str, value: T, expire: timedelta | None) -> None:
        """Store `value` for `expire`; None keeps it until memcached needs the room.

        The value of a load that is under way will not replace it.

        Raises:
            BackendError: The server failed; whether the value was stored is then in doubt.
            ExpireError: `expire` is not between 0 and ten years.
            KeyValueError: The key is empty.
            SerializationError: The value has no bytes; nothing was sent.
            ValueTooLargeError: The value does not fit; it was not sent, and the old one is gone.
        """
        self._plain.put(key, value, expire)

    def invalidate_cache(self, key: str) -> None:
        """Drop the value stored under `key`, and refuse those of loads that are under way.

        Raises:
            BackendError: The server failed; the value may still be there.
            KeyValueError: The key is empty.
        """
        self._plain.invalidate(key)

    def from_cache_many(self, keys: Iterable[str]) -> dict[str, T]:
        """Return the values stored under `keys`; a key without one is left out, a None is a value.

        One round trip to each server, and all servers are asked at once.

        Raises:
            KeyValueError: A key is empty; nothing was sent.
            PartialFailureError: A server failed; `found` has the values of the others.
        """
        # cast: as in from_cache.
        return cast("dict[str, T]", self._many().read(keys))

    def to_cache_many(
        self, values: Mapping[str, T] | Iterable[tuple[str, T]], expire: timedelta | None
    ) -> None:
        """Store each value for `expire`; of two under one key the last.

        Raises:
            ExpireError: `expire` is not between 0 and ten years; nothing was sent.
            KeyValueError: A key is empty; nothing was sent.
            PartialFailureError: Some values are not stored, for the reasons that `to_cache` has; the others
                are. Whether those of a server that failed are stored is in doubt.
        """
        self._many().put(values, expire)

    def invalidate_cache_many(self, keys: Iterable[str]) -> None:
        """Drop the values stored under `keys`, and refuse those of loads that are under way.

        Raises:
            KeyValueError: A key is empty; nothing was sent.
            PartialFailureError: A server failed, and its values may still be there.
        """
        self._many().invalidate(keys)

    def clear(self) -> None:
        """Make every entry of this namespace a miss, on all servers and for all processes.

        Nothing else on the servers is touched: the namespace begins a new generation, and memcached drops
        the entries of the old one when it needs the room.

        Raises:
            BackendError: A server failed, and its entries may still be served; the others were cleared.
        """
        failure: BackendError | None = None
        for node in self._servers.nodes():
            try:
                node.run("clear", lambda session: begin_generation(session, self._keys.marker))
            except BackendError as error:
                failure = error
        if failure is not None:
            raise failure

    def close(self) -> None:
        """Close idle connections now, the others when they come back; a later call opens new ones."""
        for node in self._servers.nodes():
            node.close()
