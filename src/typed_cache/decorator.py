"""`Cache`, the decorator: what users write, and what a type checker makes of it."""

from collections.abc import Callable, Collection, Coroutine
from datetime import timedelta
from typing import Any, Generic, Literal, ParamSpec, TypeVar, cast, final, overload

from typed_cache._wrapper import Mode
from typed_cache.binding import Source
from typed_cache.cached import Cached
from typed_cache.client import AsyncCacheClient, CacheClient
from typed_cache.decoration import Settings, decorate, handles_of
from typed_cache.errors import DecorationError
from typed_cache.expire import check_expire
from typed_cache.factory import CacheClientFactory, use_factory
from typed_cache.policy import Policy
from typed_cache.registration import AnyClient, ClientKey, Registration, require_client

__all__ = ["AnyCache", "Cache", "SameCache", "TypedCache", "handles"]

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
F = TypeVar("F", bound=Callable[..., object])


class Cache:
    """Cache what a function returns, or drop what another one cached.

    Args:
        key: The template of the key: `"user_{user_id}"`, `"{order.customer.id}"`. None stands for the
            function's qualified name.
        expire: How long a value is served: more than zero and at most ten years. None is as long as the
            client keeps anything.
        invalidate: Run the function, then drop the entry of that key; when the function raised, the
            entry stays. Several may stand above each other.
        cache_client_name: The client's name in the factory; a `ClientKey` also ties the types together.
            None is the only client registered.
        client: The client itself, in place of a name.
        put: Always run the function, and store what it returns.
        ignore: Parameters that take no part in the key, on purpose.
        version: Change it to make every entry stored so far a miss.
        policy: Takes the place of the policy that stands on the client's registration.

    Raises:
        KeyTemplateError: The template does not fit the function (when the function is decorated).
        DecorationError: The function cannot be cached (likewise).
        ExpireError: `expire` is no such time.

    >>> from typed_cache import CacheClientRam
    >>> ram = CacheClientRam[str]()
    >>> names = {1: "Ada"}
    >>> @Cache(key="user_{user_id}", expire=timedelta(hours=3), client=ram)
    ... def get_name(user_id: int) -> str:
    ...     return names[user_id]
    >>> @Cache(key="user_{user_id}", invalidate=True, client=ram)
    ... def set_name(user_id: int, name: str) -> None:
    ...     names[user_id] = name
    >>> get_name(1)
    'Ada'
    >>> set_name(1, "Grace")
    >>> get_name(1)
    'Grace'
    """

    _settings: Settings

    @overload
    def __new__(
        cls,
        key: str | None = None,
        expire: timedelta | None = None,
        invalidate: Literal[False] = False,
        cache_client_name: str | None = None,
        *,
        put: bool = False,
        ignore: Collection[str] = (),
        version: str | int = "",
        policy: Policy | None = None,
    ) -> "AnyCache": ...
    @overload
    def __new__(
        cls,
        key: str | None = None,
        expire: timedelta | None = None,
        invalidate: Literal[False] = False,
        *,
        cache_client_name: ClientKey[T],
        put: bool = False,
        ignore: Collection[str] = (),
        version: str | int = "",
        policy: Policy | None = None,
    ) -> "TypedCache[T]": ...
    @overload
    def __new__(
        cls,
        key: str | None,
        expire: timedelta | None,
        invalidate: Literal[False],
        cache_client_name: ClientKey[T],
        *,
        put: bool = False,
        ignore: Collection[str] = (),
        version: str | int = "",
        policy: Policy | None = None,
    ) -> "TypedCache[T]": ...
    @overload
    def __new__(
        cls,
        key: str | None = None,
        expire: timedelta | None = None,
        invalidate: Literal[False] = False,
        *,
        client: CacheClient[T] | AsyncCacheClient[T],
        put: bool = False,
        ignore: Collection[str] = (),
        version: str | int = "",
        policy: Policy | None = None,
    ) -> "TypedCache[T]": ...
    @overload
    def __new__(
        cls,
        key: str | None = None,
        expire: timedelta | None = None,
        *,
        invalidate: Literal[True],
        cache_client_name: str | ClientKey[Any] | None = None,
        client: CacheClient[Any] | AsyncCacheClient[Any] | None = None,
    ) -> "SameCache": ...
    @overload
    def __new__(
        cls,
        key: str | None,
        expire: timedelta | None,
        invalidate: Literal[True],
        cache_client_name: str | ClientKey[Any] | None = None,
        *,
        client: CacheClient[Any] | AsyncCacheClient[Any] | None = None,
    ) -> "SameCache": ...
    def __new__(
        cls,
        key: str | None = None,
        expire: timedelta | None = None,
        invalidate: bool = False,
        cache_client_name: str | ClientKey[Any] | None = None,
        *,
        client: AnyClient | None = None,
        put: bool = False,
        ignore: Collection[str] = (),
        version: str | int = "",
        policy: Policy | None = None,
    ) -> "Cache":
        """Check what does not depend on the function, and return the decorator of that mode."""
        made = object.__new__(_class_for(cache_client_name, client, invalidate=invalidate))
        made._settings = Settings(
            key=_text(key),
            expire=check_expire(expire),
            mode=_mode(invalidate=invalidate, put=put),
            source=_source(cache_client_name, client, policy),
            ignore=_names(ignore),
            version=str(version),
        )
        return made

    @staticmethod
    def set_cache_factory(factory: CacheClientFactory | None) -> None:
        """Make `factory` the one that decorated functions look their clients up in.

        They look at call time, so it may be set after they were decorated. None takes it away again.

        >>> factory = CacheClientFactory()
        >>> Cache.set_cache_factory(factory)
        >>> Cache.set_cache_factory(None)
        """
        use_factory(factory)


@final
class _Anything:
    """No client holds these; so where a client does, it holds `Any`."""


@final
class AnyCache(Cache):
    """`Cache(...)` for a client of any type."""

    def __call__(self, fn: Callable[P, R], /) -> Cached[P, R]:
        """Decorate `fn`."""
        return cast("Cached[P, R]", decorate(fn, self._settings))  # `decorate` keeps the signature

    def plain(self, fn: F, /) -> F:
        """Decorate `fn` and keep its own type: for overrides, Protocols, generics and overloads.

        `handles` gives the handles.

        >>> from typed_cache import CacheClientRam
        >>> @Cache(key="double_{n}", client=CacheClientRam[int]()).plain
        ... def double(n: int) -> int:
        ...     return 2 * n
        >>> double(4), handles(double).peek(4)
        (8, 8)
        """
        return cast("F", decorate(fn, self._settings))  # `decorate` keeps the signature


@final
class TypedCache(Cache, Generic[T_contra]):
    """`Cache(...)` for a client that holds `T`: it takes functions that return `T`, or None in its place.

    Contravariant, so that `R` is the function's own type, and `T` only bounds it.
    """

    @overload
    def __call__(self: "TypedCache[_Anything]", fn: Callable[P, R], /) -> Cached[P, R]: ...
    @overload
    def __call__(
        self: "TypedCache[R]", fn: Callable[P, Coroutine[Any, Any, R]], /
    ) -> Cached[P, Coroutine[Any, Any, R]]: ...
    @overload
    def __call__(
        self: "TypedCache[R]", fn: Callable[P, Coroutine[Any, Any, R | None]], /
    ) -> Cached[P, Coroutine[Any, Any, R | None]]: ...
    @overload
    def __call__(self: "TypedCache[R]", fn: Callable[P, R], /) -> Cached[P, R]: ...
    @overload
    def __call__(self: "TypedCache[R]", fn: Callable[P, R | None], /) -> Cached[P, R | None]: ...
    def __call__(self, fn: Callable[P, Any], /) -> Cached[P, Any]:
        """Decorate `fn`."""
        return cast("Cached[P, Any]", decorate(fn, self._settings))  # `decorate` keeps the signature

    def plain(self, fn: F, /) -> F:
        """Decorate `fn` and keep its own type, as `AnyCache.plain` does."""
        return cast("F", decorate(fn, self._settings))  # `decorate` keeps the signature


@final
class SameCache(Cache):
    """`Cache(..., invalidate=True)`: what it decorates keeps its own type."""

    def __call__(self, fn: F, /) -> F:
        """Decorate `fn`."""
        return cast("F", decorate(fn, self._settings))  # `decorate` keeps the signature


def handles(fn: Callable[P, R], /) -> Cached[P, R]:
    """Return the typed handles of anything that `Cache` decorated; of a bound method, bound ones.

    Raises:
        DecorationError: `fn` is not cached.

    >>> handles(len)
    Traceback (most recent call last):
        ...
    typed_cache.errors.DecorationError: <built-in function len> is not cached: @Cache did not decorate it.
    """
    found = handles_of(fn)
    if found is None:
        raise DecorationError(f"{fn!r} is not cached: @Cache did not decorate it.")
    return cast("Cached[P, R]", found)  # it was made from this very function


def _class_for(
    name: str | ClientKey[Any] | None, client: AnyClient | None, *, invalidate: bool
) -> type["AnyCache | TypedCache[Any] | SameCache"]:
    if invalidate:
        return SameCache
    return TypedCache if client is not None or isinstance(name, ClientKey) else AnyCache


def _mode(*, invalidate: bool, put: bool) -> Mode:
    if invalidate and put:
        raise TypeError(
            "invalidate=True drops the entry and put=True stores it: a decorator does one of them."
        )
    return Mode.INVALIDATE if invalidate else Mode.PUT if put else Mode.CACHE


def _source(name: str | ClientKey[Any] | None, client: AnyClient | None, policy: Policy | None) -> Source:
    if client is None:
        return Source(name, None, policy)
    if name is not None:
        raise TypeError("client= and cache_client_name= both say which client to use: give one of them.")
    require_client(client)
    return Source(None, Registration(client), policy)


def _text(key: object) -> str | None:
    if key is None or isinstance(key, str):
        return key
    raise TypeError(f'key= takes a template, such as "user_{{user_id}}", or None: not {key!r}.')


def _names(ignore: Collection[object]) -> tuple[str, ...]:
    if isinstance(ignore, str):
        raise TypeError(f"ignore= takes a collection of names: ignore=({ignore!r},).")
    names = tuple(name for name in ignore if isinstance(name, str))
    if len(names) < len(ignore):
        raise TypeError(f'ignore= takes a collection of names, such as ("name",): not {ignore!r}.')
    return names
