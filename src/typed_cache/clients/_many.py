"""This is where a call with many keys is taken: its keys and values once, and what failed told at the end."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from typed_cache.client import Miss
from typed_cache.errors import PartialFailureError, TypedCacheError
from typed_cache.expire import check_expire

__all__ = ["drop_each", "put_each", "raise_failures", "read_each", "take_keys", "take_values"]

T = TypeVar("T")


def take_keys(keys: Iterable[str]) -> list[str]:
    """Return the keys in their order, each once.

    Raises:
        TypeError: They are one text, whose characters nobody means.
    """
    if isinstance(keys, str):
        raise TypeError(f"many keys are expected, and {keys[:40]!r} is one: write [key]")
    return list(dict.fromkeys(keys))


def take_values(values: Mapping[str, T] | Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return the values by key; of two under one key the last."""
    return dict(values)


def raise_failures(
    operation: str, failures: Mapping[str, TypedCacheError], found: Mapping[str, Any] | None = None
) -> None:
    """Tell the caller which keys failed, if any did.

    Raises:
        PartialFailureError: Some did.
    """
    if failures:
        raise PartialFailureError(failures, operation, found)


def read_each(read: Callable[[str], T | Miss], keys: Iterable[str]) -> dict[str, T]:
    """Return what `read` finds, one key after the other."""
    found: dict[str, T] = {}
    failures: dict[str, TypedCacheError] = {}
    for key in take_keys(keys):
        try:
            value = read(key)
        except TypedCacheError as error:
            failures[key] = error
            continue
        if not isinstance(value, Miss):
            found[key] = value
    raise_failures("read", failures, found)
    return found


def put_each(
    put: Callable[[str, T, timedelta | None], None],
    values: Mapping[str, T] | Iterable[tuple[str, T]],
    expire: timedelta | None,
) -> None:
    """Store the values with `put`, one after the other."""
    check_expire(expire)
    failures: dict[str, TypedCacheError] = {}
    for key, value in take_values(values).items():
        try:
            put(key, value, expire)
        except TypedCacheError as error:
            failures[key] = error
    raise_failures("write", failures)


def drop_each(drop: Callable[[str], None], keys: Iterable[str]) -> None:
    """Remove the entries with `drop`, one after the other."""
    failures: dict[str, TypedCacheError] = {}
    for key in take_keys(keys):
        try:
            drop(key)
        except TypedCacheError as error:
            failures[key] = error
    raise_failures("invalidate", failures)
