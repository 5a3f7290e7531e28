"""Servers for the tests: a real memcached, a proxy that writes down what passes, one that acts a script."""

import os
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from types import TracebackType
from typing import Self

PATIENCE = 10.0
"""Seconds after which a server that does not come up is a failure."""


class MemcachedServer:
    """A memcached of our own on a free port of the loopback, as a context manager.

    A machine without one fails the test and says what to install: a suite that skips what it promises is
    green for the wrong reason.
    """

    def __init__(self, *options: str) -> None:
        """`options` stand behind those that every server gets, and so before them in force."""
        self._options = options
        binary = shutil.which("memcached")
        if binary is None:
            raise RuntimeError(
                "these tests run a real memcached, and none is on the PATH: install the package 'memcached' "
                "(apt-get, dnf or brew install memcached)"
            )
        self._binary = binary
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()

    @property
    def address(self) -> str:
        """The server as `CacheClientMemcached.connect` takes it."""
        return f"127.0.0.1:{self.port}"

    @property
    def pair(self) -> tuple[str, int]:
        """The server as pymemcache takes it."""
        return "127.0.0.1", self.port

    @property
    def pid(self) -> int:
        """The process, for a program that freezes it by itself."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it, on the port that it had before, and wait until it answers."""
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        where = ["-l", "127.0.0.1", "-p", str(self.port), "-U", "0"]
        self._process = subprocess.Popen([self._binary, *user, *where, "-t", "2", "-m", "64", *self._options])
        deadline = monotonic() + PATIENCE
        while monotonic() < deadline:
            with suppress(OSError), socket.create_connection(self.pair, timeout=PATIENCE):
                return
            with suppress(subprocess.TimeoutExpired):
                status = self._process.wait(timeout=0.01)
                raise RuntimeError(f"memcached ended with status {status}")
        raise RuntimeError("memcached does not answer")

    def kill(self) -> None:
        """End it as a crash does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        """Kill it, and start an empty one in its place."""
        self.kill()
        self.start()

    def freeze(self) -> None:
        """Let it hold its connections and answer nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        with suppress(ChildProcessError):
            os.waitpid(self._process.pid, os.WUNTRACED)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    @contextmanager
    def on_a_path(self) -> Iterator[Path]:
        """Reach the server through a socket file too."""
        with TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listening:
            path = Path(folder, "memcached.sock")
            listening.bind(str(path))
            with RecordingProxy(self, listening):
                yield path

    def ask(self, command: bytes) -> bytes:
        """Return the answer to a raw command, up to its last line."""
        with socket.create_connection(self.pair, timeout=PATIENCE) as opened:
            opened.sendall(command + b"\r\n")
            answer = b""
            while not answer.endswith((b"END\r\n", b"OK\r\n", b"EN\r\n", b"HD\r\n", b"STORED\r\n")):
                received = opened.recv(65536)
                if not received or b"ERROR" in answer:
                    return answer
                answer += received
                if command.startswith((b"mg", b"incr", b"version", b"delete")) and answer.endswith(b"\r\n"):
                    return answer
            return answer

    def stat(self, name: str) -> int:
        """Return one of the server's counters."""
        lines = self.ask(b"stats").decode().split("\r\n")
        return next(int(line.split()[2]) for line in lines if line.split()[1:2] == [name])


class _Listener:
    """A thread that takes connections on a free port and hands each to `serve`, in a thread of its own."""

    def __init__(self, listening: socket.socket | None = None) -> None:
        self._listening = listening or socket.socket()
        if listening is None:
            self._listening.bind(("127.0.0.1", 0))
            self.port: int = self._listening.getsockname()[1]
            self.address = f"127.0.0.1:{self.port}"
        self._listening.listen()
        self.connections = 0
        self._open: list[socket.socket] = []
        self._ended = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for opened in self._open:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)
            opened.close()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                opened, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(opened)
            threading.Thread(target=self._guarded, args=(opened,), daemon=True).start()

    def _guarded(self, opened: socket.socket) -> None:
        with suppress(OSError):
            self.serve(opened)

    def serve(self, opened: socket.socket) -> None:
        """Do what this server does with a connection."""
        raise NotImplementedError


class ScriptedServer(_Listener):
    """Answers every chunk it receives with what `script` returns for it; None closes the connection.

    With `drip`, bytes leave one by one with that many seconds between them.
    """

    def __init__(self, script: Callable[[bytes], bytes | None], *, drip: float = 0.0) -> None:
        self._script = script
        self._drip = drip
        super().__init__()

    def serve(self, opened: socket.socket) -> None:
        while received := opened.recv(2**20):
            answer = self._script(received)
            if answer is None:
                opened.shutdown(socket.SHUT_RDWR)
                return
            for piece in [answer] if not self._drip else [bytes([byte]) for byte in answer]:
                opened.sendall(piece)
                if self._drip and self._ended.wait(self._drip):
                    return


class RecordingProxy(_Listener):
    """Stands between a client and a real server, and writes down what the client sends."""

    def __init__(self, server: MemcachedServer, listening: socket.socket | None = None) -> None:
        self._server = server
        self.sent = b""
        super().__init__(listening)

    def serve(self, opened: socket.socket) -> None:
        with socket.create_connection(self._server.pair) as behind:
            threading.Thread(target=self._answer, args=(behind, opened), daemon=True).start()
            while received := opened.recv(65536):
                self.sent += received
                behind.sendall(received)

    def _answer(self, behind: socket.socket, opened: socket.socket) -> None:
        with suppress(OSError):
            while received := behind.recv(65536):
                opened.sendall(received)

    def commands(self) -> list[bytes]:
        """Return the command lines that passed, without the values."""
        lines = self.sent.split(b"\r\n")
        return [line for line in lines if line.split(b" ")[0] in _COMMANDS]


_COMMANDS = {b"get", b"gets", b"set", b"add", b"cas", b"delete", b"flush_all", b"quit", b"incr"}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
