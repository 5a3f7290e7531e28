"""A connection that speaks memcached's text protocol under one deadline.

pymemcache's `Client` bounds each read and not the whole, connects to only one of a name's addresses, keeps
its socket when an interruption passes through, and drops the unread bytes that prove an answer belongs to
another question. Here none of that can happen, and a hit costs one `write` and one `recv`.
"""

import os
import re
import socket
import sys
from collections.abc import Callable, Collection, Mapping
from functools import partial
from time import monotonic
from typing import Final

from typed_cache.clients._memcached_address import Address, open_socket
from typed_cache.clients._memcached_errors import GarbledReplyError, ServerRefusalError
from typed_cache.clients._memcached_session import windows

__all__ = ["Connection", "is_readable"]

_CHUNK: Final = 4 * 1024
_LARGE_CHUNK: Final = 256 * 1024
_CLOSED: Final = "the server closed the connection"
_LONGEST_LINE: Final = 2048
_FEW: Final = 4
_SET: Final = {b"STORED": True}
_ADDED: Final = {b"STORED": True, b"NOT_STORED": False}
_SWAPPED: Final = {b"STORED": True, b"EXISTS": False, b"NOT_FOUND": False}
_DELETED: Final = {b"DELETED": True, b"NOT_FOUND": False}
_ITEM: Final = re.compile(rb"VALUE ([^ ]+) \d+ (\d{1,10})(?: (\d+))?\r\n").match


class Connection:
    """A `Session` over one socket, which the first command opens."""

    _write: Callable[[bytes], int]
    _socket: socket.socket | None = None  # of the class, so that one interrupted in __init__ can be closed

    def __init__(self, address: Address) -> None:
        self._address = address
        self._deadline = 0.0
        self._allowed = 0.0
        self._marker = b""
        self._behind_key = b""
        self._present = b""
        self._ending = b""

    def __del__(self) -> None:
        self.close()

    def begin(self, deadline: float) -> None:
        """Let every command from here on end at `deadline`."""
        self._deadline = deadline

    def get(self, *keys: bytes) -> dict[bytes, bytes]:
        """Return the items that exist."""
        found, _ = self._fetch(b"get ", keys)
        return found

    def look_up(self, key: bytes, marker: bytes) -> tuple[bytes | None, bytes | None]:
        """Return what stands under a key and under the namespace's marker, None where nothing does.

        A marker seldom changes, so most answers end in the very bytes that the last one ended in; what
        stands before those is then the item, if it is as long as the first line says.
        """
        if marker != self._marker:
            self._marker, self._behind_key, self._ending = marker, b" " + marker + b"\r\n", b""
        reply = self._ask(b"get " + key + self._behind_key)
        header, _, rest = reply.partition(b"\r\n")
        ending = self._ending
        size = len(rest) - len(ending)
        if ending and rest.endswith(ending) and header == b"VALUE %b 0 %d" % (key, size):
            return rest[:size], self._present
        found, _ = self._read_items(reply, (key, marker))
        present = found.get(marker)
        if present is not None:
            self._present = present
            self._ending = b"\r\nVALUE %b 0 %d\r\n%b\r\nEND\r\n" % (marker, len(present), present)
        return found.get(key), present

    def gets(self, *keys: bytes) -> dict[bytes, tuple[bytes, bytes]]:
        """Return the items that exist, each with its cas id."""
        found, uniques = self._fetch(b"gets ", keys)
        return {key: (data, uniques[key]) for key, data in found.items()}

    def set(self, key: bytes, data: bytes, expire: int) -> None:
        """Store an item."""
        self._store(b"set", key, data, expire, answers=_SET)

    def add(self, key: bytes, data: bytes, expire: int) -> bool:
        """Store an item where there is none; False where there is one."""
        return self._store(b"add", key, data, expire, answers=_ADDED)

    def cas(self, key: bytes, data: bytes, expire: int, unique: bytes) -> bool:
        """Store an item in place of the one with that cas id; False where that one is gone."""
        return self._store(b"cas", key, data, expire, b" " + unique, answers=_SWAPPED)

    def delete(self, key: bytes) -> None:
        """Remove an item, if it is there."""
        (line,) = self._lines([_deleting(key)])
        _meaning(line, _DELETED)

    def set_many(self, items: Mapping[bytes, bytes], expire: int) -> dict[bytes, Exception]:
        """Store items, many in a round trip; return what the server said of those that it refused."""
        refused: dict[bytes, Exception] = {}
        for window in windows(items):
            lines = self._lines([_storing(b"set", key, data, expire) for key, data in window.items()])
            for key, line in zip(window, lines, strict=True):
                try:
                    _meaning(line, _SET)
                except ServerRefusalError as error:
                    refused[key] = error
        return refused

    def delete_many(self, keys: Collection[bytes]) -> None:
        """Remove items, many in a round trip."""
        for window in windows(dict.fromkeys(keys, b"")):
            for line in self._lines([_deleting(key) for key in window]):
                _meaning(line, _DELETED)

    def is_stale(self) -> bool:
        """Whether the server closed the connection, or left an answer behind, while it was idle."""
        return self._socket is not None and is_readable(self._socket)

    def close(self) -> None:
        """Close the socket, if one is open."""
        opened, self._socket = self._socket, None
        if opened is not None:
            opened.close()

    def _fetch(
        self, command: bytes, keys: tuple[bytes, ...]
    ) -> tuple[dict[bytes, bytes], dict[bytes, bytes]]:
        return self._read_items(self._ask(command + b" ".join(keys) + b"\r\n"), keys)

    def _read_items(
        self, reply: bytes, keys: tuple[bytes, ...]
    ) -> tuple[dict[bytes, bytes], dict[bytes, bytes]]:
        """Return the items that exist, and their cas ids if it was those that were asked for."""
        found: dict[bytes, bytes] = {}
        uniques: dict[bytes, bytes] = {}
        asked = keys if len(keys) <= _FEW else frozenset(keys)
        at = 0
        while True:
            header = _ITEM(reply, at)
            if header is None:
                if reply.endswith(b"END\r\n", at) and len(reply) == at + 5:
                    return found, uniques
                reply, at = self._more(reply[at:]), 0
                continue
            key, size, unique = header.groups()
            if key not in asked:
                raise GarbledReplyError("an item that was not asked for")
            start = header.end()
            at = start + int(size) + 2
            if at > len(reply):
                reply += self._receive_exactly(at - len(reply))
            if not reply.startswith(b"\r\n", at - 2):
                raise GarbledReplyError("an item that does not end where it said it would")
            found[key] = reply[start : at - 2]
            if unique is not None:
                uniques[key] = unique

    def _store(
        self,
        command: bytes,
        key: bytes,
        data: bytes,
        expire: int,
        unique: bytes = b"",
        *,
        answers: Mapping[bytes, bool],
    ) -> bool:
        (line,) = self._lines([_storing(command, key, data, expire, unique)])
        return _meaning(line, answers)

    def _lines(self, commands: list[bytes]) -> list[bytes]:
        """Return the line that answers each command; they travel together."""
        count = len(commands)
        *lines, rest = self._ask(b"".join(commands)).split(b"\r\n")
        while len(lines) < count:
            *more, rest = self._more(rest).split(b"\r\n")
            lines += more
        if rest or len(lines) > count:
            raise GarbledReplyError("more answers than questions")
        return lines

    def _ask(self, request: bytes) -> bytes:
        """Send a request, and return the first bytes of the answer."""
        opened = self._socket or self._open()
        left = self._deadline - monotonic()
        if not 0.9 * left <= self._allowed <= 1.1 * left:
            self._limit(opened)
        try:
            sent = self._write(request)
        except BlockingIOError:
            sent = 0
        if sent < len(request) or sent > _CHUNK:  # a small one leaves at once, and no time has passed
            self._limit(opened)
            opened.sendall(memoryview(request)[sent:])
            self._limit(opened)
        received = opened.recv(_CHUNK)
        if not received:
            raise ConnectionResetError(_CLOSED)
        return received

    def _open(self) -> socket.socket:
        self._allowed = 0.0
        opened = self._socket = open_socket(self._address, self._deadline)
        self._write = _writer(opened)
        return opened

    def _receive(self, most: int = _CHUNK) -> bytes:
        """Return more bytes of the answer."""
        opened = self._socket
        if opened is None:
            raise ConnectionResetError("the connection was closed while an answer was under way")
        self._limit(opened)
        received = opened.recv(most)
        if not received:
            raise ConnectionResetError(_CLOSED)
        return received

    def _more(self, begun: bytes) -> bytes:
        """Return a line that has begun and what comes next, unless it is whole or too long to be one."""
        line, ended, _ = begun.partition(b"\r\n")
        if ended or len(line) > _LONGEST_LINE:
            raise _unexpected(line)
        return begun + self._receive()

    def _receive_exactly(self, size: int) -> bytes:
        """Return at least `size` more bytes."""
        chunks: list[bytes] = []
        while size > 0:
            chunks.append(self._receive(_LARGE_CHUNK))
            size -= len(chunks[-1])
        return b"".join(chunks)

    def _limit(self, opened: socket.socket) -> None:
        """Bound the next wait by what is left of the deadline.

        Each change of a socket's timeout is a system call, so one that is right within a tenth stays.
        """
        left = self._deadline - monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        if not 0.9 * left <= self._allowed <= 1.1 * left:
            opened.settimeout(left)
            self._allowed = left


def _writer(opened: socket.socket) -> Callable[[bytes], int]:
    """Return what sends as much as fits at once.

    `socket.send` first asks a socket that has a timeout whether it has room, which costs a system call, and
    the socket of a connection at rest always has.
    """
    if sys.platform == "win32":  # where a socket is no file
        return opened.send
    return partial(os.write, opened.fileno())


def is_readable(opened: socket.socket) -> bool:
    """Whether an idle socket holds bytes or its end: either way no answer on it can be trusted."""
    patience = opened.gettimeout()
    try:
        opened.settimeout(0)
        opened.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        opened.settimeout(patience)
        return False
    except OSError:
        return True
    return True


def _storing(command: bytes, key: bytes, data: bytes, expire: int, unique: bytes = b"") -> bytes:
    return b"%b %b 0 %d %d%b\r\n%b\r\n" % (command, key, expire, len(data), unique, data)


def _deleting(key: bytes) -> bytes:
    return b"delete " + key + b"\r\n"


def _meaning(line: bytes, answers: Mapping[bytes, bool]) -> bool:
    meaning = answers.get(line)
    if meaning is None:
        raise _unexpected(line)
    return meaning


def _unexpected(line: bytes) -> Exception:
    if line.startswith(b"SERVER_ERROR"):
        return ServerRefusalError(line[:100])
    return GarbledReplyError(line[:100])
