"""The generation of a namespace: a marker on each server, which every entry there is tied to.

`clear()` gives the marker a new value, and what was stored before reads as a miss. A marker that a server
lost gets a new random value, never an older one. It comes in the same round trip as the entry.
"""

from secrets import token_hex
from typing import Final

from typed_cache.clients._memcached_session import Session

__all__ = ["begin_generation", "is_generation", "take_generation"]

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


def _token() -> bytes:
    return token_hex(_SIZE // 2).encode("ascii")
