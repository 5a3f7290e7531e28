"""Entries of one return type in RAM: what a decorated function reads, claims and writes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, Generic, TypeVar, final

from typed_cache.client import Claim, Entry, Miss
from typed_cache.clients._ram_entry import Origin, RamEntry
from typed_cache.clients._ram_index import RamIndex
from typed_cache.clients._ram_table import RamTable
from typed_cache.clients._ram_values import ValueForm
from typed_cache.expire import check_expire
from typed_cache.stats import Counters

__all__ = ["RamStore"]

T = TypeVar("T")

_ABSENT: Final = Miss()
_EXPIRED: Final = Miss("expired")
_OTHER_VERSION: Final = Miss("fingerprint")


@final
class RamStore(Generic[T]):
    """An `EntryStore` over a client's table; `form` is how values of this type are kept, None as they are.

    It finds the entries of its own `version`, or with None those of any.
    """

    __slots__ = ("_clock", "_find", "_form", "_origin", "_table", "_version")

    blocking: Final = False

    def __init__(self, table: RamTable, form: ValueForm[T] | None, version: str | None = "") -> None:
        self._table = table
        self._version = version
        self._form = form
        self._origin = Origin(version or "", None)
        self._find = table.entries.get
        self._clock = table.clock

    def key_for(self, key: str, /) -> str:
        """Return `key`: RAM takes any."""
        return key

    def read(self, key: str, /) -> T | Miss:
        """Return the fresh value, the caller's to change, or why there is none; takes no lock."""
        entry = self._find(key)
        if entry is None:
            return _ABSENT
        value: T = entry.value  # before `expires`: see RamEntry
        if entry.expires <= self._clock():
            return _EXPIRED
        if entry.origin.version != self._version and self._version is not None:
            return _OTHER_VERSION
        entry.used_by_key()
        form = self._form
        return value if form is None else form.give(key, value)

    def entry(self, key: str, /) -> Entry[T] | None:
        """Return the value with its age; None where there is none."""
        entry = self._find(key)
        if entry is None:
            return None
        kept: T = entry.value  # before `expires`: see RamEntry
        expires = entry.expires
        now = self._clock()
        if expires <= now or self._version not in {entry.origin.version, None}:
            return None
        value = kept if self._form is None else self._form.give(key, kept)
        if isinstance(value, Miss):
            return None
        age, left = entry.times(expires, now)
        return Entry(value, age=age, fresh_for=left)

    def claim(self, key: str, /) -> Claim:
        """Note that a load begins now; the client forgets it when the load ends."""
        return self._table.claim(key)

    def write(self, key: str, value: T, expire: timedelta | None, claim: Claim, /) -> bool:
        """Store `value`, unless `key` was invalidated or written since `claim`; then False."""
        return self._table.put(self._made(key, value, expire), claim)

    def put(self, key: str, value: T, expire: timedelta | None) -> None:
        """Store `value` whatever stands there, and refuse the values of loads that are under way."""
        self._table.put(self._made(key, value, expire), None)

    def invalidate(self, key: str, /) -> None:
        """Drop the entry, and refuse the values of loads that are under way."""
        self._table.drop(key)

    def index(
        self,
        expire: timedelta | None,
        *,
        cache_none: bool,
        counters: Counters,
        failed: Callable[[str, Exception], object],
    ) -> RamIndex[T]:
        """Return an index over this for one function, whose entries all expire after `expire`."""
        return RamIndex(
            self._table,
            self._form,
            self._origin.version,
            expire,
            cache_none=cache_none,
            counters=counters,
            failed=failed,
        )

    def _made(self, key: str, value: T, expire: timedelta | None) -> RamEntry:
        form = self._form
        kept = value if form is None else form.keep(key, value)
        origin = self._origin
        if expire != origin.expire:
            origin = self._origin = Origin(origin.version, check_expire(expire))
        return RamEntry.made(key, kept, origin, self._clock())
