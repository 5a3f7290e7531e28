"""The client that keeps nothing."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, final

from typed_cache.client import Claim, Entry, Miss, ResultType
from typed_cache.clients._many import take_keys, take_values
from typed_cache.expire import check_expire

__all__ = ["NullClient"]

_NOTHING = Claim(None)


class NullClient:
    """Keeps nothing: every read is a miss, every store is forgotten.

    For a command that must see the truth, and for tests of what is cached.

    >>> client = NullClient()
    >>> client.to_cache("answer", 42, None)
    >>> client.from_cache("answer") is None
    True
    """

    def entries(self, _result: ResultType, /) -> "NullStore":
        """Return the same store for every function."""
        return NullStore()

    def from_cache(self, key: str) -> None:
        """Return None."""

    def to_cache(self, key: str, value: object, expire: timedelta | None) -> None:  # noqa: ARG002  # nothing is kept
        """Forget `value`.

        Raises:
            ExpireError: `expire` is not between 0 and ten years.
        """
        check_expire(expire)

    def invalidate_cache(self, key: str) -> None:
        """Do nothing: there is nothing to drop."""

    def from_cache_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """Return nothing."""
        take_keys(keys)
        return {}

    def to_cache_many(
        self, values: Mapping[str, Any] | Iterable[tuple[str, Any]], expire: timedelta | None
    ) -> None:
        """Forget the values.

        Raises:
            ExpireError: `expire` is not between 0 and ten years.
        """
        check_expire(expire)
        take_values(values)

    def invalidate_cache_many(self, keys: Iterable[str]) -> None:
        """Do nothing: there is nothing to drop."""
        take_keys(keys)


@final
class NullStore:
    """An `EntryStore` in which nothing is."""

    blocking: bool = False

    def key_for(self, key: str, /) -> str:
        """Return `key`."""
        return key

    def read(self, _key: str, /) -> Miss:
        """Return a `Miss`."""
        return Miss()

    def entry(self, _key: str, /) -> Entry[Any] | None:
        """Return None."""
        return None

    def claim(self, _key: str, /) -> Claim:
        """Return a claim that no one looks at."""
        return _NOTHING

    def write(self, _key: str, _value: object, expire: timedelta | None, _claim: Claim, /) -> bool:
        """Return False: the value is not stored."""
        check_expire(expire)
        return False

    def invalidate(self, _key: str, /) -> None:
        """Do nothing."""
