"""A bounded pool of sessions with one server, the one used last first.

Many threads may use a pool. Taking and returning a session are single operations of C-level queues and take
no lock of Python's, so a signal handler or a finalizer may use the cache in mid-operation. Whatever
interrupts an operation, its session is closed and its place in the pool comes back.
"""

import os
from collections import deque
from collections.abc import Callable
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TypeVar
from weakref import ReferenceType, ref

from typing_extensions import override

from typed_cache.clients._fork import renew_after_fork
from typed_cache.clients._memcached_errors import is_lost, translated
from typed_cache.clients._memcached_session import READ, Session

__all__ = ["Pool"]

R = TypeVar("R")


class Pool:
    """A `Node`: at most `size` sessions, `timeout` seconds for an operation with everything in it.

    `connect` makes a session that connects when it is first used.
    """

    def __init__(self, server: str, connect: Callable[[], Session], *, size: int, timeout: float) -> None:
        self._server = server
        self._connect = connect
        self._size = size
        self._timeout = timeout
        self._places = _Places(size)
        renew_after_fork(self)

    @override
    def __str__(self) -> str:
        return self._server

    def deadline(self) -> float:
        """Return when an operation that begins now has to end."""
        return monotonic() + self._timeout

    def run(self, operation: str, command: Callable[[Session], R], *, by: float | None = None) -> R:
        """Return what `command` makes of a session."""
        deadline = monotonic() + self._timeout if by is None else by
        try:
            try:
                return self._converse(deadline, command, trusting=operation == READ)
            except Exception as error:
                # A restarted server leaves every idle socket dead, and only using one tells.
                if operation != READ or not is_lost(error):
                    raise
                return self._converse(deadline, command, trusting=False)
        except Exception as error:
            raise translated(error, operation, self._server) from error

    def _converse(self, deadline: float, command: Callable[[Session], R], *, trusting: bool) -> R:
        """Talk over an idle session or a new one; unless `trusting`, over none that died while idle."""
        places = self._places
        if places.pid != os.getpid():
            self.renew()
            places = self._places
        try:
            place = places.free.get_nowait()
        except Empty:
            place = places.wait(deadline)
        epoch = places.epoch
        session: Session | None = None
        try:
            try:
                session = places.idle.pop() if trusting else places.take_alive()
            except IndexError:
                session = self._connect()
            session.begin(deadline)
            result = command(session)
            if places is self._places and places.epoch == epoch:
                # Let go first: once another thread can take it, an interruption must not close it.
                returned, session = session, None
                places.idle.append(returned)
            else:
                session.close()
        except BaseException as error:
            if session is not None:
                session.close()
            if is_lost(error):
                places.drop_idle()
            raise
        finally:
            places.free.put(place)
        return result

    def close(self) -> None:
        """Close what is idle now, and what is in use when it comes back; a later call connects anew."""
        self._places.drop_idle()

    def renew(self) -> None:
        """Start anew in a child process: no socket and no lock of the parent is used again."""
        inherited, self._places = self._places, _Places(self._size)
        inherited.drop_idle()


class _Places:
    """The sessions of one process: the right to have one, and those that wait for use."""

    __slots__ = ("__weakref__", "epoch", "free", "idle", "pid")

    def __init__(self, size: int) -> None:
        self.pid = os.getpid()
        self.epoch = 0
        self.idle: deque[Session] = deque()
        self.free: SimpleQueue[_Place] = SimpleQueue()
        for _ in range(size):
            self.free.put(_Place(ref(self)))

    def wait(self, deadline: float) -> "_Place":
        """Return the right to a session once another gave it back."""
        try:
            return self.free.get(timeout=max(0.0, deadline - monotonic()))
        except Empty:
            raise TimeoutError("all connections are in use") from None

    def take_alive(self) -> Session:
        """Return an idle session that still hears its server.

        Raises:
            IndexError: There is none.
        """
        session = self.idle.pop()
        if session.is_stale():
            session.close()
            self.drop_idle()
            raise IndexError
        return session

    def drop_idle(self) -> None:
        """Close what is idle, and have what is in use closed when it comes back."""
        self.epoch += 1
        while True:
            try:
                self.idle.pop().close()
            except IndexError:
                return


class _Place:
    """The right to one session.

    An interruption between two bytecodes can lose it; then another takes its place.
    """

    __slots__ = ("_places",)

    def __init__(self, places: "ReferenceType[_Places]") -> None:
        self._places = places

    def __del__(self) -> None:
        places = self._places()
        if places is not None:
            places.free.put(_Place(self._places))
