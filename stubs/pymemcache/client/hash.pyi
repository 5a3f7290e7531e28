from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from logging import Logger
from ssl import SSLContext
from types import ModuleType
from typing import Any

from pymemcache.client.base import Client as Client
from pymemcache.client.base import KeepaliveOpts, Key, ServerSpec
from pymemcache.client.base import PooledClient as PooledClient
from pymemcache.client.base import check_key_helper as check_key_helper
from pymemcache.client.base import normalize_server_spec as normalize_server_spec
from pymemcache.client.rendezvous import RendezvousHash as RendezvousHash
from pymemcache.exceptions import MemcacheError as MemcacheError
from pymemcache.serde import _Serde

logger: Logger

class HashClient:
    client_class: type[Client]
    clients: dict[str, Client | PooledClient]
    retry_attempts: int
    retry_timeout: float
    dead_timeout: float
    use_pooling: bool
    key_prefix: bytes
    ignore_exc: bool
    allow_unicode_keys: bool
    hasher: RendezvousHash
    default_kwargs: dict[str, Any]
    encoding: str
    tls_context: SSLContext | None
    def __init__(
        self,
        servers: Iterable[ServerSpec],
        hasher: Callable[[], RendezvousHash] = ...,
        serde: _Serde | None = None,
        serializer: Callable[[Any, Any], tuple[Any, int]] | None = None,
        deserializer: Callable[[Any, Any, int], Any] | None = None,
        connect_timeout: float | None = None,
        timeout: float | None = None,
        no_delay: bool = False,
        socket_module: ModuleType = ...,
        socket_keepalive: KeepaliveOpts | None = None,
        key_prefix: bytes = b"",
        max_pool_size: int | None = None,
        pool_idle_timeout: int = 0,
        lock_generator: Callable[[], AbstractContextManager[Any]] | None = None,
        retry_attempts: int = 2,
        retry_timeout: float = 1,
        dead_timeout: float = 60,
        use_pooling: bool = False,
        ignore_exc: bool = False,
        allow_unicode_keys: bool = False,
        default_noreply: bool = True,
        encoding: str = "ascii",
        tls_context: SSLContext | None = None,
    ) -> None: ...
    def add_server(self, server: ServerSpec, port: int | None = None) -> None: ...
    def remove_server(self, server: ServerSpec, port: int | None = None) -> None: ...
    def close(self) -> None: ...
    disconnect_all = close
    def set(self, key: Key, *args: Any, **kwargs: Any) -> bool | None: ...
    def get(self, key: Key, default: Any = None, **kwargs: Any) -> Any: ...
    def incr(self, key: Key, *args: Any, **kwargs: Any) -> int | None: ...
    def decr(self, key: Key, *args: Any, **kwargs: Any) -> int | None: ...
    def set_many(self, values: dict[Key, Any], *args: Any, **kwargs: Any) -> list[Key]: ...
    set_multi = set_many
    def get_many(
        self, keys: Iterable[Key], gets: bool = False, *args: Any, **kwargs: Any
    ) -> dict[Key, Any]: ...
    get_multi = get_many
    def gets(self, key: Key, *args: Any, **kwargs: Any) -> tuple[Any, Any] | None: ...
    def gets_many(self, keys: Iterable[Key], *args: Any, **kwargs: Any) -> dict[Key, tuple[Any, Any]]: ...
    gets_multi = gets_many
    def add(self, key: Key, *args: Any, **kwargs: Any) -> bool: ...
    def prepend(self, key: Key, *args: Any, **kwargs: Any) -> bool: ...
    def append(self, key: Key, *args: Any, **kwargs: Any) -> bool: ...
    def delete(self, key: Key, *args: Any, **kwargs: Any) -> bool: ...
    def delete_many(self, keys: Iterable[Key], *args: Any, **kwargs: Any) -> bool: ...
    delete_multi = delete_many
    def cas(self, key: Key, *args: Any, **kwargs: Any) -> bool | None: ...
    def replace(self, key: Key, *args: Any, **kwargs: Any) -> bool: ...
    def touch(self, key: Key, *args: Any, **kwargs: Any) -> bool: ...
    def flush_all(self, *args: Any, **kwargs: Any) -> None: ...
    def quit(self) -> None: ...
