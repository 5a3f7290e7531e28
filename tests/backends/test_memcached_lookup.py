"""The look-up behind a hit: an answer that ends as the last one did is read at a glance, and as exactly."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers import MemcachedServer
from typed_cache.clients import _memcached_connection
from typed_cache.clients._memcached_address import Address, parse_server
from typed_cache.clients._memcached_connection import Connection
from typed_cache.clients._memcached_errors import GarbledReplyError, ServerRefusalError

Found = tuple[bytes | None, bytes | None]

PRESENT = b"0123456789abcdef"
ENDING = b"\r\nVALUE m 0 16\r\n" + PRESENT + b"\r\nEND\r\n"
WARM = b"VALUE k 0 2\r\nhi" + ENDING


@contextmanager
def talking() -> Iterator[tuple[Connection, socket.socket]]:
    """Give a connection and the other end of its socket."""
    ours, theirs = socket.socketpair()

    def open_socket(address: Address, deadline: float) -> socket.socket:
        ours.settimeout(deadline - time.monotonic())
        return ours

    connection = Connection(Address("host", 1))
    with theirs, pytest.MonkeyPatch.context() as patch:
        patch.setattr(_memcached_connection, "open_socket", open_socket)
        yield connection, theirs
        connection.close()


def outcome(reply: bytes, before: bytes = b"") -> Found | type[Exception]:
    """Return what a look-up makes of an answer behind which the server closes, after one `before` it."""
    with talking() as (connection, server):
        connection.begin(time.monotonic() + 5)
        if before:
            server.sendall(before)
            connection.look_up(b"k", b"m")
        server.sendall(reply)
        server.shutdown(socket.SHUT_WR)
        try:
            return connection.look_up(b"k", b"m")
        except (GarbledReplyError, ServerRefusalError, ConnectionResetError) as error:
            return type(error)


@pytest.mark.parametrize(
    "data", [b"", b"x", b"\r\n", b"END\r\n", ENDING, WARM, b"a" * 5000], ids=lambda data: f"{len(data)} bytes"
)
def test_whatever_an_item_holds_it_is_read_whole(data: bytes) -> None:
    """An item may look like the protocol itself: its own length says where it ends."""
    reply = b"VALUE k 0 %d\r\n%b" % (len(data), data) + ENDING

    assert outcome(reply, before=WARM) == outcome(reply) == (data, PRESENT)


@pytest.mark.parametrize(
    "first",
    [
        b"VALUE k 0 -2",
        b"VALUE k 0 1\r\nhi",
        b"VALUE k 0 3\r\nhi",
        b"VALUE k 0 02\r\nhi!",
        b"VALUE kk 0 2\r\nhi",
        b"VALUE k 0  2\r\nhi",
        b"SERVER_ERROR busy\r\nhi",
        b"",
    ],
)
def test_an_answer_that_does_not_add_up_is_refused(first: bytes) -> None:
    """Only the ending is known by heart: a first line that lies about the rest is found out."""
    assert outcome(first + ENDING, before=WARM) in {
        GarbledReplyError,
        ServerRefusalError,
        ConnectionResetError,
    }


@given(st.data())
def test_memory_changes_no_reading(data: st.DataObject) -> None:
    """Any answer, right or damaged, is read the same with the last one in mind as without."""
    item = data.draw(st.sampled_from([b"", b"hi", ENDING, b"\r\n", b"VALUE k 0 2\r\n"]))
    reply = bytearray(b"VALUE k 0 %d\r\n%b" % (len(item), item) + ENDING)
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(reply)))
        reply[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.sampled_from([b"", b"0", b"2", b" ", b"-", b"\r\n", b"END\r\n", b"VALUE k 0 2\r\n"])
        )

    assert outcome(bytes(reply), before=WARM) == outcome(bytes(reply))


def test_a_cleared_namespace_is_seen_at_once(memcached: MemcachedServer) -> None:
    """A marker that another process changed, or that the server lost, is never the remembered one."""
    connection = Connection(parse_server(memcached.address))
    connection.begin(time.monotonic() + 5)
    seen: list[Found] = []
    for present in (b"a" * 16, b"a" * 16, b"b" * 16, None, b"b" * 16):
        connection.set(b"look-up:k", b"value", 0)
        if present is None:
            connection.delete(b"look-up:m")
        else:
            connection.set(b"look-up:m", present, 0)
        seen.append(connection.look_up(b"look-up:k", b"look-up:m"))
    connection.delete(b"look-up:k")
    connection.close()

    assert seen == [(b"value", present) for present in (b"a" * 16, b"a" * 16, b"b" * 16, None, b"b" * 16)]


def test_two_namespaces_over_one_connection_stay_apart() -> None:
    """What one marker held last says nothing about another."""
    with talking() as (connection, server):
        connection.begin(time.monotonic() + 5)
        server.sendall(WARM)
        connection.look_up(b"k", b"m")
        server.sendall(WARM.replace(b"VALUE m", b"VALUE n"))
        first = connection.look_up(b"k", b"n")
        server.sendall(b"VALUE n 0 16\r\n" + PRESENT + b"\r\nEND\r\n")

        assert (first, connection.look_up(b"k", b"n")) == ((b"hi", PRESENT), (None, PRESENT))


def test_a_socket_without_room_is_waited_for_and_no_longer() -> None:
    """Sending asks nobody for room first; where there is none, the deadline bounds the wait for it."""
    with talking() as (connection, server):
        connection.begin(time.monotonic() + 0.1)
        server.sendall(WARM)
        connection.look_up(b"k", b"m")
        opened = connection._socket
        assert opened is not None
        with suppress(BlockingIOError):
            while True:
                os.write(opened.fileno(), bytes(65536))
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            connection.look_up(b"k", b"m")

        assert time.monotonic() - began < 1
