"""A client that lacks a method, or has one of another shape, is refused where it is handed over."""

from datetime import timedelta

from typed_cache import Cache, CacheClient, CacheClientFactory, CacheClientRam


class NoInvalidation:
    def from_cache(self, key: str) -> int | None:
        return len(key)

    def to_cache(self, key: str, value: int, expire: timedelta | None) -> None:
        pass


class SecondsForExpire:
    def from_cache(self, key: str) -> int | None:
        return len(key)

    def to_cache(self, key: str, value: int, expire: int) -> None:
        pass

    def invalidate_cache(self, key: str) -> None:
        pass


def get(n: int) -> int:
    return n


def wrong_clients() -> None:
    incomplete: CacheClient[int] = NoInvalidation()
    seconds: CacheClient[int] = SecondsForExpire()
    other: CacheClient[str] = CacheClientRam[int]()
    CacheClientFactory().register("incomplete", NoInvalidation())
    Cache(key="get_{n}", client=NoInvalidation())
    Cache(key="get_{n}", client=SecondsForExpire())
    print(incomplete, seconds, other)


def wrong_settings() -> None:
    CacheClientRam[int](max_entries="many")
    CacheClientRam[int](isolation="deep")
    CacheClientRam[int]().to_cache("k", "text", None)
    CacheClientRam[int]().to_cache("k", 1, 60)
