"""The generation of a namespace: a marker on each server, which every entry there is tied to.

`clear()` gives the marker a new value, and what was stored before reads as a miss. A marker that a server
lost gets a new random value, never an older one. It comes in the same round trip as the entry.
"""

from functools import partial
from os import urandom
from typing import Final, final

from typed_cache.clients._memcached_session import Node, Session

__all__ = ["Generations", "begin_generation", "is_generation", "take_generation"]

_SIZE: Final = 16


def is_generation(marker: object) -> bool:
    """Whether this is what a marker holds: another program's bytes under its name are none."""
    return type(marker) is bytes and len(marker) == _SIZE


def take_generation(session: Session, marker: bytes) -> bytes:
    """Return the present generation, having begun one where the server has none."""
    present = session.get(marker).get(marker)
    if present is not None and is_generation(present):
        return present
    if present is not None:
        return begin_generation(session, marker)
    begun = _token()
    if session.add(marker, begun, 0):
        return begun
    # Another began one meanwhile. Where that is lost already, an entry tied to ours is never read: a miss.
    return session.get(marker).get(marker, begun)


def begin_generation(session: Session, marker: bytes) -> bytes:
    """Make everything stored so far a miss, and return the new generation."""
    begun = _token()
    session.set(marker, begun, 0)
    return begun


@final
class Generations:
    """The generation of each server as it was seen last, which saves a round trip.

    It may be out of date; the server has the last word on what is read and stored.
    """

    __slots__ = ("_latest", "_marker")

    def __init__(self, marker: bytes) -> None:
        self._marker = marker
        self._latest: dict[Node, bytes] = {}

    def see(self, node: Node, marker: object) -> bytes | None:
        """Note what a read found in the marker's place; return it if it is a generation."""
        if type(marker) is not bytes or len(marker) != _SIZE:
            return None
        self._latest[node] = marker
        return marker

    def latest(self, node: Node, operation: str, by: float) -> bytes:
        """Return the generation seen last; where none was, ask for it."""
        generation = self._latest.get(node)
        if generation is None:
            take = partial(take_generation, marker=self._marker)
            generation = self._latest[node] = node.run(operation, take, by=by)
        return generation


def _token() -> bytes:
    return urandom(_SIZE // 2).hex().encode("ascii")
