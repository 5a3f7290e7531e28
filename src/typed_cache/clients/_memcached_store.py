"""Entries of one return type on memcached: what a decorated function reads, claims and writes.

The server decides every race. A claim is the cas id of what stands under the key, put there if nothing does;
an invalidation or a write changes it, and the value of a load that began before is refused.
"""

import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Final, Generic, NamedTuple, TypeVar

from typed_cache.client import Claim, Entry, Miss
from typed_cache.clients._memcached_generation import Generations, is_generation, take_generation
from typed_cache.clients._memcached_keys import KeySpace, wire_seconds
from typed_cache.clients._memcached_servers import Servers
from typed_cache.clients._memcached_session import READ, Node, Session
from typed_cache.envelope import Envelope, read_fingerprint
from typed_cache.errors import ValueTooLargeError
from typed_cache.expire import check_expire

__all__ = ["CLAIM_LIFE", "MemcachedStore"]

T = TypeVar("T")

CLAIM_LIFE: Final = timedelta(hours=1)
"""How long a claim stays on the server: the value of a load that takes longer is not stored."""

_ITEM_HEADER: Final = 64
"""At least what memcached keeps beside key and data: 48 bytes, 8 of a cas id, the line end."""

_WRITE: Final = "write"
_ABSENT: Final = Miss()


class _Ticket(NamedTuple):
    """What a claim holds: the generation it belongs to, and the cas id that a write has to meet."""

    generation: bytes
    unique: bytes | None


class MemcachedStore(Generic[T]):
    """An `EntryStore`; safe to share between threads."""

    def __init__(
        self,
        servers: Servers,
        keys: KeySpace,
        envelope: Envelope[T],
        *,
        max_item_bytes: int,
        clock: Callable[[], float],
        readable: Mapping[bytes, Envelope[T]] | None = None,
    ) -> None:
        """`readable` holds the envelopes of other types that this store may read, by their fingerprints."""
        self._servers = servers
        self._keys = keys
        self._envelope = envelope
        self._readable = readable
        self._max_item_bytes = max_item_bytes
        self._clock = clock
        self.generations: Final = Generations(keys.marker)

    @property
    def blocking(self) -> bool:
        """True: every call waits for a server."""
        return True

    def key_for(self, key: str, /) -> str:
        """Return `key` as it stands behind the namespace."""
        return self._keys.key_for(key)

    def read(self, key: str, /) -> T | Miss:
        """Return the fresh value, or why there is none; one round trip."""
        bond, data, generation = self._look_up(key)
        if type(data) is bytes and generation is not None and self._readable is None:
            return self._envelope.read(bond + generation, data)
        return self.open(bond, data, generation)

    def entry(self, key: str, /) -> Entry[T] | None:
        """Return the value with its age; None where there is none."""
        bond, data, generation = self._look_up(key)
        if type(data) is not bytes or generation is None:
            return None
        opened = self._reader_of(data).open(bond + generation, data)
        if isinstance(opened, Miss):
            return None
        now = self._clock()
        left = None if opened.fresh_until is None else timedelta(seconds=opened.fresh_until - now)
        return Entry(opened.value, age=timedelta(seconds=max(0.0, now - opened.created)), fresh_for=left)

    def claim(self, key: str, /) -> Claim:
        """Note on the server that a load begins; two round trips."""
        wire, bond = self._keys.place(key)
        node = self._servers.node_for(wire)
        by = node.deadline()
        generation = self.generations.latest(node, "claim", by)
        entry = self._envelope.claim(bond + generation, CLAIM_LIFE)
        return Claim(node.run("claim", lambda session: self._begin(session, wire, entry), by=by))

    def write(self, key: str, value: T, expire: timedelta | None, claim: Claim, /) -> bool:
        """Store `value` if what the claim saw still stands; two round trips."""
        check_expire(expire)
        ticket = _ticket(claim)
        wire, bond = self._keys.place(key)
        data = self.seal(bond + ticket.generation, value, expire)
        seconds = wire_seconds(expire, time.time())
        with self._dropped_if_too_large(wire, data) as node:
            return node.run(_WRITE, lambda session: self._replace(session, wire, data, seconds, ticket))

    def put(self, key: str, value: T, expire: timedelta | None) -> None:
        """Store `value` whatever stands there, so that no claim on it is met; two round trips."""
        check_expire(expire)
        wire, bond = self._keys.place(key)
        node = self._servers.node_for(wire)
        by = node.deadline()
        generation = self.generations.latest(node, _WRITE, by)
        stored = False
        while not stored:  # again only where the namespace was cleared since
            data = self.seal(bond + generation, value, expire)
            seconds = wire_seconds(expire, time.time())
            store = partial(self._overwrite, wire=wire, data=data, expire=seconds, generation=generation)
            with self._dropped_if_too_large(wire, data):
                present = node.run(_WRITE, store, by=by)
            stored, generation = present == generation, present
        self.generations.see(node, generation)

    def invalidate(self, key: str, /) -> None:
        """Remove the entry or the claim, so that no claim on it is met; one round trip."""
        wire, _ = self._keys.place(key)
        self._servers.node_for(wire).run("invalidate", lambda session: session.delete(wire))

    def raw(self, key: str, /) -> bytes | None:
        """Return what the server has under `key`, unopened: an entry, a claim, somebody else's bytes."""
        wire, _ = self._keys.place(key)
        data = self._servers.node_for(wire).run(READ, lambda session: session.get(wire)).get(wire)
        return data if type(data) is bytes else None

    def open(self, bond: bytes, data: object, generation: bytes | None) -> T | Miss:
        """Return the fresh value of the data that a server had in the place of `bond`, or why it has none."""
        if data is None or generation is None:
            return _ABSENT
        if type(data) is not bytes:  # a client's own serde made something else of it
            return Miss("format")
        return self._reader_of(data).read(bond + generation, data)

    def seal(self, bond: bytes, value: T, expire: timedelta | None) -> bytes:
        """Return the entry of `value`, for the place and the generation of `bond`.

        Raises:
            SerializationError: The value has no bytes.
        """
        return self._envelope.seal(bond, value, expire)

    def check_size(self, wire: bytes, data: bytes) -> None:
        """Refuse what the server would not store.

        Raises:
            ValueTooLargeError: Key, data and header are over the limit.
        """
        size = len(wire) + len(data) + _ITEM_HEADER
        if size > self._max_item_bytes:
            raise ValueTooLargeError(
                f"an item of {size} bytes, key and header included, is over the limit of "
                f"{self._max_item_bytes}: it was not sent. Cache less at once, compress it "
                "(serializer=Compressed(...)), or raise memcached's -I and max_item_bytes= together"
            )

    def _look_up(self, key: str) -> tuple[bytes, object, bytes | None]:
        """Return what an entry in the place of `key` is bound to, what is there, and the generation."""
        wire, bond = self._keys.place(key)
        marker = self._keys.marker
        node = self._servers.node_for(wire)
        data, present = node.run(READ, lambda session: session.look_up(wire, marker))
        return bond, data, self.generations.see(node, present)

    def _reader_of(self, data: bytes) -> Envelope[T]:
        if self._readable is None:
            return self._envelope
        return self._readable.get(read_fingerprint(data), self._envelope)

    def _begin(self, session: Session, wire: bytes, claim: bytes) -> _Ticket:
        session.add(wire, claim, wire_seconds(CLAIM_LIFE, time.time()))
        found = session.gets(wire, self._keys.marker)
        generation, _ = found.get(self._keys.marker, (b"", b""))
        if not is_generation(generation):
            generation = take_generation(session, self._keys.marker)
        _, unique = found.get(wire, (b"", None))
        return _Ticket(generation, unique)

    def _replace(self, session: Session, wire: bytes, data: bytes, expire: int, ticket: _Ticket) -> bool:
        if ticket.unique is None:  # removed before its cas id was known
            return False
        if take_generation(session, self._keys.marker) != ticket.generation:
            return False
        return session.cas(wire, data, expire, ticket.unique)

    def _overwrite(self, session: Session, wire: bytes, data: bytes, expire: int, generation: bytes) -> bytes:
        present = take_generation(session, self._keys.marker)
        if present == generation:
            session.set(wire, data, expire)
        return present

    @contextmanager
    def _dropped_if_too_large(self, wire: bytes, data: bytes) -> Generator[Node, None, None]:
        """Remove what stands under a key whose new value does not fit: gone is better than outdated."""
        node = self._servers.node_for(wire)
        try:
            self.check_size(wire, data)
            yield node
        except ValueTooLargeError:
            node.run("invalidate", lambda session: session.delete(wire))
            raise


def _ticket(claim: object) -> _Ticket:
    if not isinstance(claim, _Ticket):
        raise TypeError(f"a claim comes from this client's claim(), and this is a {type(claim).__name__}")
    return claim
