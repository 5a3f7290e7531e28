import socket
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from ssl import SSLContext
from types import ModuleType
from typing import Any, TypeAlias

from pymemcache import pool as pool
from pymemcache.exceptions import MemcacheClientError as MemcacheClientError
from pymemcache.exceptions import MemcacheIllegalInputError as MemcacheIllegalInputError
from pymemcache.exceptions import MemcacheServerError as MemcacheServerError
from pymemcache.exceptions import MemcacheUnexpectedCloseError as MemcacheUnexpectedCloseError
from pymemcache.exceptions import MemcacheUnknownCommandError as MemcacheUnknownCommandError
from pymemcache.exceptions import MemcacheUnknownError as MemcacheUnknownError
from pymemcache.serde import LegacyWrappingSerde as LegacyWrappingSerde
from pymemcache.serde import _Serde

RECV_SIZE: int
VALID_STORE_RESULTS: dict[bytes, tuple[bytes, ...]]
SOCKET_KEEPALIVE_SUPPORTED_SYSTEM: set[str]
STORE_RESULTS_VALUE: dict[bytes, bool | None]
ServerSpec: TypeAlias = tuple[str, int] | str
Key: TypeAlias = bytes | str
STAT_TYPES: dict[bytes, Callable[[bytes], Any]]

def check_key_helper(key: Key, allow_unicode_keys: bool, key_prefix: bytes = b"") -> bytes: ...
def normalize_server_spec(server: ServerSpec) -> ServerSpec: ...

class KeepaliveOpts:
    idle: int
    intvl: int
    cnt: int
    def __init__(self, idle: int = 1, intvl: int = 1, cnt: int = 5) -> None: ...

class Client:
    server: ServerSpec
    serde: _Serde
    connect_timeout: float | None
    timeout: float | None
    no_delay: bool
    ignore_exc: bool
    socket_module: ModuleType
    socket_keepalive: KeepaliveOpts | None
    key_prefix: bytes
    default_noreply: bool
    allow_unicode_keys: bool
    encoding: str
    tls_context: SSLContext | None
    sock: socket.socket | None
    def __init__(
        self,
        server: ServerSpec,
        serde: _Serde | None = None,
        serializer: Callable[[Any, Any], tuple[Any, int]] | None = None,
        deserializer: Callable[[Any, Any, int], Any] | None = None,
        connect_timeout: float | None = None,
        timeout: float | None = None,
        no_delay: bool = False,
        ignore_exc: bool = False,
        socket_module: ModuleType = ...,
        socket_keepalive: KeepaliveOpts | None = None,
        key_prefix: bytes = b"",
        default_noreply: bool = True,
        allow_unicode_keys: bool = False,
        encoding: str = "ascii",
        tls_context: SSLContext | None = None,
    ) -> None: ...
    def check_key(self, key: Key, key_prefix: bytes) -> bytes: ...
    def close(self) -> None: ...
    disconnect_all = close
    def set(
        self, key: Key, value: Any, expire: int = 0, noreply: bool | None = None, flags: int | None = None
    ) -> bool | None: ...
    def set_many(
        self, values: dict[Key, Any], expire: int = 0, noreply: bool | None = None, flags: int | None = None
    ) -> list[Key]: ...
    set_multi = set_many
    def add(
        self, key: Key, value: Any, expire: int = 0, noreply: bool | None = None, flags: int | None = None
    ) -> bool: ...
    def replace(
        self, key: Key, value: Any, expire: int = 0, noreply: bool | None = None, flags: int | None = None
    ) -> bool: ...
    def append(
        self, key: Key, value: Any, expire: int = 0, noreply: bool | None = None, flags: int | None = None
    ) -> bool: ...
    def prepend(
        self, key: Key, value: Any, expire: int = 0, noreply: bool | None = None, flags: int | None = None
    ) -> bool: ...
    def cas(
        self,
        key: Key,
        value: Any,
        cas: bytes | int | str,
        expire: int = 0,
        noreply: bool = False,
        flags: int | None = None,
    ) -> bool | None: ...
    def get(self, key: Key, default: Any = None) -> Any: ...
    def get_many(self, keys: Iterable[Key]) -> dict[Key, Any]: ...
    get_multi = get_many
    def gets(self, key: Key, default: Any = None, cas_default: Any = None) -> tuple[Any, Any]: ...
    def gets_many(self, keys: Iterable[Key]) -> dict[Key, tuple[Any, Any]]: ...
    def delete(self, key: Key, noreply: bool | None = None) -> bool: ...
    def delete_many(self, keys: Iterable[Key], noreply: bool | None = None) -> bool: ...
    delete_multi = delete_many
    def incr(self, key: Key, value: int, noreply: bool | None = False) -> int | None: ...
    def decr(self, key: Key, value: int, noreply: bool | None = False) -> int | None: ...
    def touch(self, key: Key, expire: int = 0, noreply: bool | None = None) -> bool: ...
    def stats(self, *args: str | bytes) -> dict[bytes, Any]: ...
    def cache_memlimit(self, memlimit: int) -> bool: ...
    def version(self) -> bytes: ...
    def flush_all(self, delay: int = 0, noreply: bool | None = None) -> bool: ...
    def quit(self) -> None: ...
    def shutdown(self, graceful: bool = False) -> None: ...
    def raw_command(self, command: str | bytes, end_tokens: str | bytes = "\r\n") -> bytes: ...
    def __setitem__(self, key: Key, value: Any) -> None: ...
    def __getitem__(self, key: Key) -> Any: ...
    def __delitem__(self, key: Key) -> None: ...

class PooledClient:
    client_class: type[Client]
    server: ServerSpec
    serde: _Serde
    connect_timeout: float | None
    timeout: float | None
    no_delay: bool
    ignore_exc: bool
    socket_module: ModuleType
    socket_keepalive: KeepaliveOpts | None
    key_prefix: bytes
    default_noreply: bool
    allow_unicode_keys: bool
    encoding: str
    tls_context: SSLContext | None
    client_pool: pool.ObjectPool[Client]
    def __init__(
        self,
        server: ServerSpec,
        serde: _Serde | None = None,
        serializer: Callable[[Any, Any], tuple[Any, int]] | None = None,
        deserializer: Callable[[Any, Any, int], Any] | None = None,
        connect_timeout: float | None = None,
        timeout: float | None = None,
        no_delay: bool = False,
        ignore_exc: bool = False,
        socket_module: ModuleType = ...,
        socket_keepalive: KeepaliveOpts | None = None,
        key_prefix: bytes = b"",
        max_pool_size: int | None = None,
        pool_idle_timeout: int = 0,
        lock_generator: Callable[[], AbstractContextManager[Any]] | None = None,
        default_noreply: bool = True,
        allow_unicode_keys: bool = False,
        encoding: str = "ascii",
        tls_context: SSLContext | None = None,
    ) -> None: ...
    def check_key(self, key: Key) -> bytes: ...
    def _create_client(self) -> Client: ...
    def close(self) -> None: ...
    disconnect_all = close
    def set(
        self, key: Key, value: Any, expire: int = 0, noreply: bool | None = None, flags: int | None = None
    ) -> bool | None: ...
    def set_many(
        self, values: dict[Key, Any], expire: int = 0, noreply: bool | None = None, flags: int | None = None
    ) -> list[Key]: ...
    set_multi = set_many
    def add(
        self, key: Key, value: Any, expire: int = 0, noreply: bool | None = None, flags: int | None = None
    ) -> bool: ...
    def replace(
        self, key: Key, value: Any, expire: int = 0, noreply: bool | None = None, flags: int | None = None
    ) -> bool: ...
    def append(
        self, key: Key, value: Any, expire: int = 0, noreply: bool | None = None, flags: int | None = None
    ) -> bool: ...
    def prepend(
        self, key: Key, value: Any, expire: int = 0, noreply: bool | None = None, flags: int | None = None
    ) -> bool: ...
    def cas(
        self,
        key: Key,
        value: Any,
        cas: bytes | int | str,
        expire: int = 0,
        noreply: bool = False,
        flags: int | None = None,
    ) -> bool | None: ...
    def get(self, key: Key, default: Any = None) -> Any: ...
    def get_many(self, keys: Iterable[Key]) -> dict[Key, Any]: ...
    get_multi = get_many
    def gets(self, key: Key) -> tuple[Any, Any]: ...
    def gets_many(self, keys: Iterable[Key]) -> dict[Key, tuple[Any, Any]]: ...
    def delete(self, key: Key, noreply: bool | None = None) -> bool: ...
    def delete_many(self, keys: Iterable[Key], noreply: bool | None = None) -> bool: ...
    delete_multi = delete_many
    def incr(self, key: Key, value: int, noreply: bool | None = False) -> int | None: ...
    def decr(self, key: Key, value: int, noreply: bool | None = False) -> int | None: ...
    def touch(self, key: Key, expire: int = 0, noreply: bool | None = None) -> bool: ...
    def stats(self, *args: str | bytes) -> dict[bytes, Any]: ...
    def version(self) -> bytes: ...
    def flush_all(self, delay: int = 0, noreply: bool | None = None) -> bool: ...
    def quit(self) -> None: ...
    def shutdown(self, graceful: bool = False) -> None: ...
    def raw_command(self, command: str | bytes, end_tokens: str | bytes = b"\r\n") -> bytes: ...
    def __setitem__(self, key: Key, value: Any) -> None: ...
    def __getitem__(self, key: Key) -> Any: ...
    def __delitem__(self, key: Key) -> None: ...
