"""typed_cache: cache what functions return, with checked keys and the types kept.

These names are the whole public surface, beside `typed_cache.serializers` and `typed_cache.testing`.
Clients are loaded when they are first used.
"""

from typing import TYPE_CHECKING

from typed_cache.cached import Cached
from typed_cache.client import AsyncCacheClient, CacheClient, Entry, ManyClient, Serializer
from typed_cache.decorator import Cache, handles
from typed_cache.errors import (
    BackendError,
    BackendTimeoutError,
    ClientExistsError,
    ClientNotFoundError,
    DecorationError,
    ExpireError,
    KeyTemplateError,
    KeyTemplateWarning,
    KeyValueError,
    PartialFailureError,
    SerializationError,
    SerializerNotFoundError,
    TypedCacheError,
    ValueTooLargeError,
)
from typed_cache.factory import CacheClientFactory
from typed_cache.policy import Policy
from typed_cache.registration import ClientKey
from typed_cache.stats import Stats

if TYPE_CHECKING:
    from typed_cache.clients.mapping import MappingClient
    from typed_cache.clients.memcached import CacheClientMemcached
    from typed_cache.clients.null import NullClient
    from typed_cache.clients.ram import CacheClientRam

__all__ = [
    "AsyncCacheClient",
    "BackendError",
    "BackendTimeoutError",
    "Cache",
    "CacheClient",
    "CacheClientFactory",
    "CacheClientMemcached",
    "CacheClientRam",
    "Cached",
    "ClientExistsError",
    "ClientKey",
    "ClientNotFoundError",
    "DecorationError",
    "Entry",
    "ExpireError",
    "KeyTemplateError",
    "KeyTemplateWarning",
    "KeyValueError",
    "ManyClient",
    "MappingClient",
    "NullClient",
    "PartialFailureError",
    "Policy",
    "SerializationError",
    "Serializer",
    "SerializerNotFoundError",
    "Stats",
    "TypedCacheError",
    "ValueTooLargeError",
    "handles",
]

_CLIENTS = {
    "CacheClientMemcached": "typed_cache.clients.memcached",
    "CacheClientRam": "typed_cache.clients.ram",
    "MappingClient": "typed_cache.clients.mapping",
    "NullClient": "typed_cache.clients.null",
}


def __getattr__(name: str) -> object:
    """Load a client at its first use."""
    if name not in _CLIENTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  # the same reason

    client: object = getattr(import_module(_CLIENTS[name]), name)
    globals()[name] = client
    return client


def __dir__() -> list[str]:
    """List the public names, the lazy ones included."""
    return __all__
