"""This is where a client that offers no more than the three methods becomes a store.

An invalidation through any function of this process overtakes the loads under way; what others do to the
backend cannot be seen. A value is stored first and checked again afterwards, so that no lock is held while
a backend is waited for; one that was overtaken meanwhile is taken back.
"""

import inspect
from datetime import timedelta
from typing import Generic, TypeVar, final

from typed_cache.client import AsyncCacheClient, CacheClient, Claim, Entry, Miss
from typed_cache.clients._claims import claims_of

__all__ = ["AsyncMinimalStore", "MinimalStore"]

T = TypeVar("T")


@final
class MinimalStore(Generic[T]):
    """An `EntryStore` over a `CacheClient`, safe to share between threads where the client is.

    To the client None means "no value": it is never stored, and `write` says so with False. It keeps no
    times either, so an entry counts as stored just now and never expiring.
    """

    blocking: bool = True

    def __init__(self, client: CacheClient[T]) -> None:
        self._client = client
        self._claims = claims_of(client)

    def key_for(self, key: str, /) -> str:
        """Return `key`: a client of somebody's own gets the keys as they are built."""
        return key

    def read(self, key: str, /) -> T | Miss:
        """Return the value that the client has; None from it is a miss."""
        value = self._found(key)
        return Miss() if value is None else value

    def entry(self, key: str, /) -> Entry[T] | None:
        """Return the value as an entry without an age."""
        value = self._found(key)
        return None if value is None else Entry(value, age=timedelta(0), fresh_for=None)

    def claim(self, key: str, /) -> Claim:
        """Note that a load begins now; the client is not asked."""
        return self._claims.begin(key)

    def write(self, key: str, value: T, expire: timedelta | None, claim: Claim, /) -> bool:
        """Store `value` unless it is None or was overtaken in this process."""
        if value is None or self._claims.is_overtaken(claim):
            return False
        self._client.to_cache(key, value, expire)
        stands = self._claims.redeem(key, claim)
        if not stands:
            self._client.invalidate_cache(key)
        return stands

    def invalidate(self, key: str, /) -> None:
        """Refuse the loads under way, then drop the entry."""
        self._claims.overtake(key)
        self._client.invalidate_cache(key)

    def _found(self, key: str) -> T | None:
        value = self._client.from_cache(key)
        if inspect.isawaitable(value):
            if inspect.iscoroutine(value):
                value.close()
            raise TypeError(
                f"{type(self._client).__qualname__}.from_cache returned a {type(value).__qualname__}, "
                "for which nobody waits: write the three methods with `async def`"
            )
        return value


@final
class AsyncMinimalStore(Generic[T]):
    """`MinimalStore` for an `AsyncCacheClient`: an `AsyncEntryStore`."""

    blocking: bool = False

    def __init__(self, client: AsyncCacheClient[T]) -> None:
        self._client = client
        self._claims = claims_of(client)

    def key_for(self, key: str, /) -> str:
        """Return `key`: a client of somebody's own gets the keys as they are built."""
        return key

    async def read(self, key: str, /) -> T | Miss:
        """Return the value that the client has; None from it is a miss."""
        value = await self._client.from_cache(key)
        return Miss() if value is None else value

    async def entry(self, key: str, /) -> Entry[T] | None:
        """Return the value as an entry without an age."""
        value = await self._client.from_cache(key)
        return None if value is None else Entry(value, age=timedelta(0), fresh_for=None)

    async def claim(self, key: str, /) -> Claim:
        """Note that a load begins now; the client is not asked."""
        return self._claims.begin(key)

    async def write(self, key: str, value: T, expire: timedelta | None, claim: Claim, /) -> bool:
        """Store `value` unless it is None or was overtaken in this process."""
        if value is None or self._claims.is_overtaken(claim):
            return False
        await self._client.to_cache(key, value, expire)
        stands = self._claims.redeem(key, claim)
        if not stands:
            await self._client.invalidate_cache(key)
        return stands

    async def invalidate(self, key: str, /) -> None:
        """Refuse the loads under way, then drop the entry."""
        self._claims.overtake(key)
        await self._client.invalidate_cache(key)
