"""This is where entries are put into somebody's mapping and taken out of it, one change at a time.

Every look-up takes the lock too: reading a `cachetools` cache changes it. A finalizer or a signal handler
may come in between on the same thread; what it invalidates stays invalidated.
"""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final, Protocol, TypeAlias, final

from typed_cache.client import Claim, Miss
from typed_cache.clients._fork import renew_after_fork
from typed_cache.clients._under_way import LoadsUnderWay
from typed_cache.errors import BackendError

__all__ = ["MappingItems", "Stored", "StringMapping"]

_MARK: Final = "typed_cache/1"

Stored: TypeAlias = tuple[str, float, float | None, Any]
"""A mark with the version, when it was stored, when it expires, the value: plain for any program."""


class StringMapping(Protocol):
    """As much of a `MutableMapping` as is used; `diskcache.Cache` has it and is none."""

    def __getitem__(self, key: str, /) -> object:
        """Return the item, or raise `KeyError`."""

    def __setitem__(self, key: str, value: Stored, /) -> None:
        """Put an item in, in place of what was there."""

    def __delitem__(self, key: str, /) -> None:
        """Take an item out, or raise `KeyError`."""


@final
class MappingItems:
    """The entries in one mapping, and which loads of them were overtaken."""

    def __init__(self, mapping: StringMapping, clock: Callable[[], float]) -> None:
        self.clock: Final = clock
        self._mapping = mapping
        self._loads = LoadsUnderWay()
        self.renew()
        renew_after_fork(self)

    def renew(self) -> None:
        """Begin with a new lock: in a child process the old one may be held by a thread that is no more."""
        self._lock = threading.RLock()

    def claim(self, key: str) -> Claim:
        """Note that a load begins now."""
        with self._lock:
            return self._loads.begin(key)

    def get(self, key: str, version: str | None) -> Stored | Miss:
        """Return what is stored and fresh, of that version or with None of any; drop what has expired."""
        with self._lock, _translated("read"):
            try:
                stored = _recognised(self._mapping[key])
            except KeyError:
                return Miss()
            if stored is None:
                return Miss("format")
            mark, _, expires, _ = stored
            if expires is not None and expires <= self.clock():
                self._delete(key)
                return Miss("expired")
            if version is not None and mark != _mark(version):
                return Miss("fingerprint")
            return stored

    def put(
        self, key: str, value: object, expire: timedelta | None, claim: Claim | None, version: str
    ) -> bool:
        """Store a value and overtake the loads of it; not where `claim` is given and was overtaken."""
        with self._lock, _translated("write"):
            if claim is None:
                claim = self._loads.begin(key)
            if self._loads.is_overtaken(claim):
                return False
            self._set(key, value, expire, _mark(version))
            if self._loads.is_overtaken(claim):  # by what interrupted this very call
                self._delete(key)
                return False
            self._loads.overtake(key)
            return True

    def drop(self, key: str) -> None:
        """Drop an entry and overtake the loads of it."""
        with self._lock, _translated("invalidate"):
            self._loads.overtake(key)
            self._delete(key)

    def _set(self, key: str, value: object, expire: timedelta | None, mark: str) -> None:
        now = float(self.clock())
        try:
            self._mapping[key] = mark, now, None if expire is None else now + expire.total_seconds(), value
        except BaseException:
            self._delete(key)  # what stands there is outdated, or half written
            raise

    def _delete(self, key: str) -> None:
        try:
            del self._mapping[key]
        except KeyError:
            return


def _mark(version: str) -> str:
    return f"{_MARK} {version}" if version else _MARK


def _recognised(item: object) -> Stored | None:
    """Return an item that a client like this one put in; a mapping that writes JSON has made it a list."""
    match item:
        case [str(mark), float(created), (float() | None) as expires, object() as value] if (
            mark.partition(" ")[0] == _MARK
        ):
            return mark, created, expires, value
        case _:
            return None


@contextmanager
def _translated(operation: str) -> Generator[None, None, None]:
    """Raise what a mapping raises as a `BackendError`."""
    try:
        yield
    except Exception as error:
        kind = type(error).__name__
        raise BackendError(f"the mapping failed to {operation} ({kind}: {error})", operation, kind) from error
