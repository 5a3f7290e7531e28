"""Servers to measure against: started on a free port of the loopback.

Where there are two cores, server and client have one each.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

PATIENCE: Final = 10.0
"""Seconds after which a server that does not come up is a failure."""


@contextmanager
def memcached(*, same_core: bool) -> Generator[int]:
    """Run a memcached; give its port."""
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    port = _free_port()
    with _running(
        ["memcached", *user, "-l", "127.0.0.1", "-p", str(port), "-U", "0", "-t", "1"], port, same_core
    ):
        yield port


@contextmanager
def redis(*, same_core: bool) -> Generator[int]:
    """Run a Redis that keeps nothing on disk; give its port."""
    port = _free_port()
    quiet = ["--save", "", "--appendonly", "no", "--loglevel", "warning", "--daemonize", "no"]
    with _running(["redis-server", "--bind", "127.0.0.1", "--port", str(port), *quiet], port, same_core):
        yield port


def arrangements(*, same_core: bool) -> list[bool]:
    """Return whether server and client share a core, for each arrangement to measure."""
    return [True] if same_core or len(_cores()) == 1 else [False, True]


def suffix(*, same_core: bool) -> str:
    """Return what tells the tables of the two arrangements apart."""
    return "-same-core" if same_core else ""


def arrangement(*, same_core: bool) -> str:
    """Say where server and client run."""
    cores = _cores()
    if not cores:
        return "server and client run wherever the system puts them"
    if same_core or len(cores) == 1:
        return f"server and client share core {cores[0]}"
    return f"the client runs on core {cores[0]}, the server on core {cores[-1]}"


def _cores() -> Sequence[int]:
    """Return the cores that this process may use; none where the system cannot pin."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else ()


@contextmanager
def _running(command: Sequence[str], port: int, same_core: bool) -> Generator[None]:  # noqa: FBT001  # said by name above
    binary = shutil.which(command[0])
    if binary is None:
        raise RuntimeError(f"{command[0]} is not on the PATH: install the package that has it")
    cores = _cores()
    if cores:  # children inherit it, and all threads that they start
        os.sched_setaffinity(0, {cores[0] if same_core else cores[-1]})
    process = subprocess.Popen([binary, *command[1:]], stdout=subprocess.DEVNULL)  # noqa: S603  # the binary found
    try:
        if cores:
            os.sched_setaffinity(0, {cores[0]})
        _await(port)
        yield
    finally:
        process.kill()
        process.wait()
        if cores:
            os.sched_setaffinity(0, set(cores))


def _await(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=PATIENCE):
            return
        time.sleep(0.01)
    raise RuntimeError(f"the server on port {port} does not answer")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
