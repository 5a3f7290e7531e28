"""A client that lacks a method, or has one of another shape, is refused where it is handed over."""

from datetime import timedelta

from typed_cache import (
    Cache,
    CacheClient,
    CacheClientFactory,
    CacheClientMemcached,
    CacheClientRam,
    MappingClient,
)


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
    incomplete: CacheClient[int] = NoInvalidation()  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    seconds: CacheClient[int] = SecondsForExpire()  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    other: CacheClient[str] = CacheClientRam[int]()  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    CacheClientFactory().register("incomplete", NoInvalidation())  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    Cache(key="get_{n}", client=NoInvalidation())  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[no-matching-overload]
    Cache(key="get_{n}", client=SecondsForExpire())  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[no-matching-overload]
    print(incomplete, seconds, other)


def wrong_settings() -> None:
    CacheClientRam[int](max_entries="many")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    CacheClientRam[int](isolation="deep")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    CacheClientRam[int]().to_cache("k", "text", None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    CacheClientRam[int]().to_cache("k", 1, 60)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    MappingClient[int]([])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    MappingClient[int]({}).to_cache("k", "text", None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    CacheClientMemcached[int].connect(11211)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    CacheClientMemcached[int].connect("a:11211", timeout="1s")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[no-matching-overload]
    CacheClientMemcached[int].connect("a:11211").to_cache("k", "text", None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    texts = {"k": "text"}
    CacheClientRam[int]().to_cache_many(texts, None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    CacheClientMemcached[int].connect("a:11211").from_cache_many([1])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
