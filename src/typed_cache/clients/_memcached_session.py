"""A conversation with one memcached server: the commands that the cache is built from."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, Protocol, TypeVar

__all__ = ["READ", "Node", "Session", "windows"]

R = TypeVar("R")

READ: Final = "read"
"""The one operation that a node may send twice."""

_WINDOW_ITEMS: Final = 128
_WINDOW_BYTES: Final = 1024 * 1024


class Session(Protocol):
    """One connection, used by one thread at a time; every command waits for its answer.

    Commands raise whatever their transport raises; after any exception the session must be closed, since
    an answer may still be under way.
    """

    def get(self, *keys: bytes) -> dict[bytes, bytes]:
        """Return the items that exist."""
        ...

    def look_up(self, key: bytes, marker: bytes) -> tuple[object, object]:
        """Return what stands under a key and what under the namespace's marker, None where nothing does."""
        ...

    def gets(self, *keys: bytes) -> dict[bytes, tuple[bytes, bytes]]:
        """Return the items that exist, each with its cas id."""
        ...

    def set(self, key: bytes, data: bytes, expire: int) -> None:
        """Store an item; `expire` as memcached reads it."""
        ...

    def add(self, key: bytes, data: bytes, expire: int) -> bool:
        """Store an item where there is none; False where there is one."""
        ...

    def cas(self, key: bytes, data: bytes, expire: int, unique: bytes) -> bool:
        """Store an item in place of the one with that cas id; False where that one is gone."""
        ...

    def delete(self, key: bytes) -> None:
        """Remove an item, if it is there."""
        ...

    def set_many(self, items: Mapping[bytes, bytes], expire: int) -> dict[bytes, Exception]:
        """Store items, many in a round trip; return what the server said of those that it refused."""
        ...

    def delete_many(self, keys: Collection[bytes]) -> None:
        """Remove items, many in a round trip."""
        ...

    def begin(self, deadline: float) -> None:
        """End what follows at `deadline` (of `time.monotonic`), as far as the transport can."""
        ...

    def is_stale(self) -> bool:
        """Whether the server closed the connection, or left an answer behind, while it was idle."""
        ...

    def close(self) -> None:
        """Close the connection; never raises."""
        ...


class Node(Protocol):
    """One server, and how to hold a conversation with it.

    Safe to use from many threads, in a child after fork, and again from inside an interrupted call.
    """

    def deadline(self) -> float:
        """Return when an operation that begins now has to end, in the seconds of `time.monotonic`."""
        ...

    def run(self, operation: str, command: Callable[[Session], R], *, by: float | None = None) -> R:
        """Return what `command` makes of a session; `READ` is tried again once after a lost connection.

        An operation that takes several commands hands the same `by`, its deadline, to each.

        Raises:
            BackendError: Whatever went wrong, translated. What is no `Exception` passes through.
        """
        ...

    def close(self) -> None:
        """Close what is idle now and what is in use when it comes back; later calls connect anew."""


def windows(items: Mapping[bytes, bytes]) -> Iterator[dict[bytes, bytes]]:
    """Yield the items in as many parts as one round trip can carry each.

    A server that nobody reads from fills its buffer with answers and then reads no further: so there are
    never many answers under way.
    """
    window: dict[bytes, bytes] = {}
    size = 0
    for key, data in items.items():
        if len(window) == _WINDOW_ITEMS or (window and size + len(data) > _WINDOW_BYTES):
            yield window
            window, size = {}, 0
        window[key] = data
        size += len(data)
    if window:
        yield window
