"""Race decorated functions whose entries are on a server, awaited or not, beside a bare client."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks._environment import reason_for_absence
from benchmarks._figures import OURS, Row
from benchmarks._peers import Function, Peer
from benchmarks._timing import Contestant, Effort, Loop, race, write_loop
from benchmarks._users import ASKED, RUNS, arguments, get_user, get_user_async, stop_unless_kept


@dataclass(frozen=True, slots=True)
class RemotePeer:
    """A library over a server: it takes a function and the server's port."""

    name: str
    package: str
    decorate: Callable[[Function, int], Function]
    is_async: bool = False
    note: str = ""


def race_over(
    port: int,
    bare: Contestant,
    peers: Iterable[RemotePeer],
    effort: Effort,
) -> tuple[list[Row], dict[str, str]]:
    """Race a bare client and decorated functions; return the rows, and why others are missing."""
    contestants = [bare]
    absent: dict[str, str] = {}
    with asyncio.Runner() as runner:
        for peer in peers:
            try:
                loop = _async_loop(peer, port, runner) if peer.is_async else _loop(peer, port)
            except Exception as error:  # a peer that fails is named, whatever it raises
                if peer.name == OURS:
                    raise
                absent[peer.name] = _reason(peer, error)
                continue
            version = Peer(peer.name, peer.package, lambda function, _: function).version
            contestants.append(Contestant(peer.name, loop, len(ASKED), version, peer.note))
        return race(contestants, bare.name, effort, unit="us"), absent


def bare_loop(get: Callable[[str], object], keys: Sequence[str]) -> Loop:
    """Return the loop of a client that gets bytes."""
    for key in keys:
        if not get(key):
            raise RuntimeError(f"nothing is stored under {key!r}")
    return write_loop(get, [((key,), {}) for key in keys], clock=time.perf_counter)


def _loop(peer: RemotePeer, port: int) -> Loop:
    cached = peer.decorate(get_user, port)
    expected = [cached(number) for number in ASKED]
    RUNS.clear()
    if [cached(number) for number in ASKED] != expected:
        raise RuntimeError("a hit gives another value than the function")
    stop_unless_kept()
    return write_loop(cached, arguments(), clock=time.perf_counter)


def _async_loop(peer: RemotePeer, port: int, runner: asyncio.Runner) -> Loop:
    async def prepare() -> Function:
        cached = peer.decorate(get_user_async, port)
        expected = [await cached(number) for number in ASKED]
        RUNS.clear()
        if [await cached(number) for number in ASKED] != expected:
            raise RuntimeError("a hit gives another value than the function")
        stop_unless_kept()
        return cached

    cached = runner.run(prepare())
    inner: Function = write_loop(cached, arguments(), clock=time.perf_counter, expression="await f")

    def loop(turns: int) -> float:
        seconds: float = runner.run(inner(turns))
        return seconds

    return loop


def _reason(peer: RemotePeer, error: Exception) -> str:
    if isinstance(error, ImportError):
        return reason_for_absence(peer.package, error)
    return f"{type(error).__name__}: {error}"
