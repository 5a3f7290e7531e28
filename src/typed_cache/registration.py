"""What a factory keeps about a client: the name it goes by, the client, its policy."""

import inspect
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeAlias, TypeVar, final

from typing_extensions import TypeIs

from typed_cache.client import AsyncCacheClient, CacheClient
from typed_cache.policy import Policy

__all__ = ["AnyClient", "ClientKey", "Registration", "is_async", "name_of", "require_client"]

T = TypeVar("T")

AnyClient: TypeAlias = CacheClient[Any] | AsyncCacheClient[Any]


# No slots: with them, `ClientKey[User]("users")` fails on 3.11, where typing notes the type on the instance.
@final
@dataclass(frozen=True)
class ClientKey(Generic[T]):
    """The name of a client, typed by what the client holds.

    >>> USERS = ClientKey[str]("users")
    >>> USERS.name
    'users'
    """

    name: str


@final
@dataclass(frozen=True, slots=True)
class Registration:
    """A client, and the policy of the functions that use it and bring none of their own."""

    client: AnyClient
    policy: Policy | None = None


_METHODS: Final = ("from_cache", "to_cache", "invalidate_cache")


def require_client(client: object) -> None:
    """Refuse an object that is no client.

    Raises:
        TypeError: It lacks one of the three methods, is a class where an instance was meant, or has plain
            methods beside coroutine methods.
    """
    if isinstance(client, type):
        raise TypeError(
            f"{client.__qualname__} is a class; a client is an instance: {client.__qualname__}()."
        )
    missing = [name for name in _METHODS if not callable(getattr(client, name, None))]
    if missing:
        raise TypeError(
            f"{type(client).__qualname__} is no cache client: it has no {', '.join(missing)}. "
            "A client needs from_cache(key), to_cache(key, value, expire) and invalidate_cache(key)."
        )
    awaited = [name for name in _METHODS if inspect.iscoroutinefunction(getattr(client, name))]
    if 0 < len(awaited) < len(_METHODS):
        raise TypeError(
            f"{type(client).__qualname__} has to await {', '.join(awaited)} and nothing else, so the other "
            "calls would be lost. Write all three methods with `async def`, or none."
        )


def is_async(client: AnyClient) -> TypeIs[AsyncCacheClient[Any]]:
    """Whether the methods of a client are coroutine functions."""
    return inspect.iscoroutinefunction(client.from_cache)


def name_of(name: str | ClientKey[Any]) -> str:
    """Return the name as text."""
    return name.name if isinstance(name, ClientKey) else name
