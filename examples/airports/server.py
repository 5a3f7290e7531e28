"""A memcached of our own, on a free port, for as long as a `with` block lasts."""

import os
import shutil
import socket
import subprocess
import time
from types import TracebackType
from typing import Final, Self

__all__ = ["Memcached"]

START_SECONDS: Final = 10.0


class Memcached:
    """Run a memcached that only this machine can reach.

    `kill` ends it at once, as a power cut would.
    """

    def __init__(self, binary: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        self.address: str = f"127.0.0.1:{port}"
        user = ["-u", "nobody"] if os.name == "posix" and os.geteuid() == 0 else []
        self._process = subprocess.Popen(  # noqa: S603  # the binary found on the PATH
            [binary, "-l", "127.0.0.1", "-p", str(port), "-U", "0", *user], stderr=subprocess.DEVNULL
        )
        self._wait_until_it_listens(port)

    @staticmethod
    def installed() -> str | None:
        """Return the path of the memcached binary, or None where there is none."""
        return shutil.which("memcached")

    def _wait_until_it_listens(self, port: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    self.kill()
                    raise
                time.sleep(0.01)
            else:
                return

    def kill(self) -> None:
        """End the server without a word to anybody."""
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
