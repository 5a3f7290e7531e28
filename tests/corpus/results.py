"""Results that only their first reader could use, among others or behind a name."""

from collections.abc import AsyncIterator, Iterator
from typing import Optional, TypeAlias

from typed_cache import Cache

Lines: TypeAlias = Iterator[str] | None


@Cache(key="union_{n}")  # !TC012
def in_a_union(n: int) -> Iterator[str] | None:
    return iter("x") if n else None


@Cache(key="optional_{n}")  # !TC012
def in_an_optional(n: int) -> Optional[AsyncIterator[str]]:  # noqa: UP045
    return None


@Cache(key="alias_{n}")  # !TC012
def behind_an_alias(n: int) -> Lines:
    return iter("x") if n else None


@Cache(key="right_{n}")
def right(n: int) -> list[str] | None:
    return ["x"] if n else None
