"""Many keys in one call: each server is asked once for all of its own, and several servers at once.

A server that fails loses its own keys only: nobody else waits for it, and what the others said stands.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Generic, NamedTuple, TypeAlias, TypeVar, final

from typed_cache.client import Miss
from typed_cache.clients._many import raise_failures, take_keys, take_values
from typed_cache.clients._memcached_errors import translated
from typed_cache.clients._memcached_generation import take_generation
from typed_cache.clients._memcached_keys import KeySpace, wire_seconds
from typed_cache.clients._memcached_servers import Servers
from typed_cache.clients._memcached_session import READ, Node, Session
from typed_cache.clients._memcached_store import MemcachedStore
from typed_cache.errors import BackendError, TypedCacheError, ValueTooLargeError
from typed_cache.expire import check_expire

__all__ = ["MemcachedMany"]

R = TypeVar("R")
T = TypeVar("T")

_Failures: TypeAlias = dict[str, TypedCacheError]


_Item: TypeAlias = tuple[str, bytes, bytes]
"""A key as the caller wrote it, as it goes over the wire, and what its entry is bound to."""


class _Share(NamedTuple):
    """The keys of a call that one server keeps."""

    node: Node
    items: list[_Item]


@final
class MemcachedMany(Generic[T]):
    """What `store` does with one key, done with many. Safe to share between threads."""

    def __init__(self, store: MemcachedStore[T], servers: Servers, keys: KeySpace) -> None:
        self._store = store
        self._servers = servers
        self._keys = keys

    def read(self, keys: Iterable[str]) -> dict[str, T]:
        """Return the fresh values by key; one round trip to each server."""
        taken = take_keys(keys)
        parts, failures = _on_each(self._shares(taken), self._read)
        values = {key: value for part in parts for key, value in part.items()}
        found = {key: values[key] for key in taken if key in values}
        raise_failures("read", failures, found)
        return found

    def put(self, values: Mapping[str, T] | Iterable[tuple[str, T]], expire: timedelta | None) -> None:
        """Store the values whatever stands there; two round trips to each server, one more for every 128."""
        check_expire(expire)
        taken = take_values(values)
        parts, failures = _on_each(self._shares(taken), lambda share: self._put(share, taken, expire))
        for part in parts:
            failures |= part
        raise_failures("write", failures)

    def invalidate(self, keys: Iterable[str]) -> None:
        """Remove the entries and the claims; one round trip to each server, one more for every 128."""
        _, failures = _on_each(self._shares(take_keys(keys)), _remove)
        raise_failures("invalidate", failures)

    def _shares(self, keys: Iterable[str]) -> list[_Share]:
        """Return what to ask of which server, once every key was seen to be one."""
        shares: dict[Node, _Share] = {}
        for key in keys:
            wire, bond = self._keys.place(key)
            node = self._servers.node_for(wire)
            share = shares.get(node)
            if share is None:
                share = shares[node] = _Share(node, [])
            share.items.append((key, wire, bond))
        return list(shares.values())

    def _read(self, share: _Share) -> dict[str, T]:
        marker = self._keys.marker
        wires = dict.fromkeys(wire for _, wire, _ in share.items)
        data = share.node.run(READ, lambda session: session.get(*wires, marker))
        generation = self._store.generations.see(share.node, data.get(marker))
        values: dict[str, T] = {}
        for key, wire, bond in share.items:
            value = self._store.open(bond, data.get(wire), generation)
            if not isinstance(value, Miss):
                values[key] = value
        return values

    def _put(self, share: _Share, values: Mapping[str, T], expire: timedelta | None) -> _Failures:
        node = share.node
        by = node.deadline()
        generation = self._store.generations.latest(node, "write", by)
        while True:
            batch = self._sealed(share, values, expire, generation)
            present = node.run("write", batch.send, by=by)
            if present == generation:
                return batch.failures
            generation = present  # the namespace was cleared since
            self._store.generations.see(node, generation)

    def _sealed(
        self, share: _Share, values: Mapping[str, T], expire: timedelta | None, generation: bytes
    ) -> "_Batch":
        batch = _Batch(share, self._keys.marker, generation, wire_seconds(expire, time.time()))
        for key, wire, bond in share.items:
            try:
                data = self._store.seal(bond + generation, values[key], expire)
                self._store.check_size(wire, data)
            except TypedCacheError as error:
                batch.refuse(key, wire, error)
            else:
                batch.entries[wire] = data
        return batch


@final
class _Batch:
    """The entries of one generation that one server is to store, and what became of them."""

    def __init__(self, share: _Share, marker: bytes, generation: bytes, expire: int) -> None:
        self.entries: dict[bytes, bytes] = {}
        self.failures: _Failures = {}
        self._outdated: list[bytes] = []
        self._share = share
        self._marker = marker
        self._generation = generation
        self._expire = expire

    def refuse(self, key: str, wire: bytes, error: TypedCacheError) -> None:
        """Note that a value is not stored; the old one of a value that is too large goes."""
        self.failures[key] = error
        if isinstance(error, ValueTooLargeError):
            self._outdated.append(wire)

    def send(self, session: Session) -> bytes:
        """Store the entries, unless the server is in another generation by now; return the present one."""
        present = take_generation(session, self._marker)
        if present == self._generation:
            refused = session.set_many(self.entries, self._expire)
            for key, wire, _ in self._share.items if refused else ():
                if wire in refused:
                    self.refuse(key, wire, translated(refused[wire], "write", str(self._share.node)))
            session.delete_many(self._outdated)
        return present


def _remove(share: _Share) -> None:
    wires = dict.fromkeys(wire for _, wire, _ in share.items)
    share.node.run("invalidate", lambda session: session.delete_many(wires))


def _on_each(shares: list[_Share], ask: Callable[[_Share], R]) -> tuple[list[R], _Failures]:
    """Return what the servers answer, and the error of each key whose server failed."""

    def attempt(share: _Share) -> R | BackendError:
        try:
            return ask(share)
        except BackendError as error:
            return error

    answers: list[R] = []
    failures: _Failures = {}
    for share, outcome in zip(shares, _at_once(attempt, shares), strict=True):
        if isinstance(outcome, BackendError):
            failures |= dict.fromkeys((key for key, _, _ in share.items), outcome)
        else:
            answers.append(outcome)
    return answers, failures


def _at_once(attempt: Callable[[_Share], R], shares: list[_Share]) -> list[R]:
    """Return the outcome of each attempt, in order; a thread each, so that none waits for a slow server."""
    if len(shares) > 1:
        try:
            with ThreadPoolExecutor(len(shares)) as threads:
                return list(threads.map(attempt, shares))
        except RuntimeError:  # no thread to be had: too many already, or the interpreter is ending
            pass
    return [attempt(share) for share in shares]
