"""typed_cache: cache what functions return, with checked keys and the types kept.

These names are the whole public surface, beside `typed_cache.serializers` and `typed_cache.testing`. Each is
loaded when it is first used: the command and the mypy plugin need few of them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typed_cache.cached import Cached
    from typed_cache.client import AsyncCacheClient, CacheClient, Entry, ManyClient, Serializer
    from typed_cache.clients.mapping import MappingClient
    from typed_cache.clients.memcached import CacheClientMemcached
    from typed_cache.clients.null import NullClient
    from typed_cache.clients.ram import CacheClientRam
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

_HOMES = {
    "AsyncCacheClient": "typed_cache.client",
    "BackendError": "typed_cache.errors",
    "BackendTimeoutError": "typed_cache.errors",
    "Cache": "typed_cache.decorator",
    "CacheClient": "typed_cache.client",
    "CacheClientFactory": "typed_cache.factory",
    "CacheClientMemcached": "typed_cache.clients.memcached",
    "CacheClientRam": "typed_cache.clients.ram",
    "Cached": "typed_cache.cached",
    "ClientExistsError": "typed_cache.errors",
    "ClientKey": "typed_cache.registration",
    "ClientNotFoundError": "typed_cache.errors",
    "DecorationError": "typed_cache.errors",
    "Entry": "typed_cache.client",
    "ExpireError": "typed_cache.errors",
    "KeyTemplateError": "typed_cache.errors",
    "KeyTemplateWarning": "typed_cache.errors",
    "KeyValueError": "typed_cache.errors",
    "ManyClient": "typed_cache.client",
    "MappingClient": "typed_cache.clients.mapping",
    "NullClient": "typed_cache.clients.null",
    "PartialFailureError": "typed_cache.errors",
    "Policy": "typed_cache.policy",
    "SerializationError": "typed_cache.errors",
    "Serializer": "typed_cache.client",
    "SerializerNotFoundError": "typed_cache.errors",
    "Stats": "typed_cache.stats",
    "TypedCacheError": "typed_cache.errors",
    "ValueTooLargeError": "typed_cache.errors",
    "handles": "typed_cache.decorator",
}
"""The module of each name."""

_ROOMS = ("errors", "serializers", "testing")
"""The public modules, which `typed_cache.errors` reaches without an import of its own."""


def __getattr__(name: str) -> object:
    """Load a public name at its first use."""
    from importlib import import_module  # noqa: PLC0415  # the same reason

    if name in _ROOMS:
        return import_module(f"{__name__}.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names, the lazy ones included."""
    return __all__
