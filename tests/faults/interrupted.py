"""A program whose cache operations are interrupted by signals; it prints `right` where every answer was.

A program of its own, since a signal that falls into the tool that measures coverage leaves that tool's lock
held. Called with what to do, the kind of client, and the server's port and process.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from pymemcache.client.base import Client, PooledClient

from typed_cache.clients._memcached_pool import Pool
from typed_cache.clients.memcached import CacheClientMemcached

SIZE = 2


class Interrupted(BaseException):
    """What a signal handler raises, as KeyboardInterrupt, gevent.Timeout and a cancellation do."""


@contextmanager
def interrupting_after(seconds: float) -> Iterator[None]:
    """Raise `Interrupted` in the block once that time has passed; the block has to wait for it."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted

    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def abort_reads(client: CacheClientMemcached[Any], server: int) -> None:
    """Abort ten times as many reads as there are connections, while the server is silent."""
    os.kill(server, signal.SIGSTOP)
    aborted = 0
    while aborted < 10 * SIZE:  # the first reads may be answered: a process stops when it is scheduled
        try:
            with interrupting_after(0.005):
                client.from_cache("0")
        except Interrupted:
            aborted += 1
    os.kill(server, signal.SIGCONT)


def abort_anywhere(client: CacheClientMemcached[Any], server: int) -> None:
    """Abort 400 reads between two bytecodes, wherever that falls."""
    for step in range(400):
        try:
            with interrupting_after(1e-5 + step % 40 * 5e-6):
                while True:
                    if client.from_cache(str(step % 5)) != step % 5:
                        raise SystemExit("an answer of another question")
        except Interrupted:
            continue


def use_in_handler(client: CacheClientMemcached[Any], server: int) -> None:
    """Use the client in a signal handler while the program uses it."""
    seen: list[object] = []

    def handle(number: int, frame: FrameType | None) -> None:
        seen.append(client.from_cache("1"))
        signal.setitimer(signal.ITIMER_REAL, 2e-4)  # not before: one handler inside another is not the point

    signal.signal(signal.SIGALRM, handle)
    signal.setitimer(signal.ITIMER_REAL, 2e-4)
    while len(seen) < 50:
        if client.from_cache("2") != 2:
            raise SystemExit("an answer of another question")
    signal.setitimer(signal.ITIMER_REAL, 0)
    if set(seen) != {1}:
        raise SystemExit("the handler got an answer of another question")


MODES: dict[str, Callable[[CacheClientMemcached[Any], int], None]] = {
    "abort_reads": abort_reads,
    "abort_anywhere": abort_anywhere,
    "use_in_handler": use_in_handler,
}


def main(mode: str, kind: str, port: str, server: str) -> None:
    """Interrupt one kind of client, then see that its answers are its own and its places all there."""
    pair = ("127.0.0.1", int(port))
    client: CacheClientMemcached[Any]
    if kind == "connect":
        client = CacheClientMemcached.connect(f"127.0.0.1:{port}", timeout=5, max_connections=SIZE)
    elif kind == "pooled":
        client = CacheClientMemcached(PooledClient(pair, timeout=5, max_pool_size=SIZE))
    else:
        client = CacheClientMemcached(Client(pair, timeout=5))
    for number in range(5):
        client.to_cache(str(number), number, None)
    (pool,) = client._servers.nodes()
    assert isinstance(pool, Pool)
    places = pool._places.free.qsize()

    MODES[mode](client, int(server))

    assert [client.from_cache(str(number)) for number in range(5)] == list(range(5))
    assert pool._places.free.qsize() == places
    sys.stdout.write("right\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
