"""Interruptions on a real server: what falls into the middle of an operation."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from servers import MemcachedServer
from typed_cache.clients.memcached import CacheClientMemcached
from typed_cache.errors import BackendTimeoutError

PROGRAM = Path(__file__).with_name("interrupted.py")


def outcome(mode: str, kind: str, server: MemcachedServer) -> str:
    """Return what the interrupted program says in the end."""
    arguments = [mode, kind, str(server.port), str(server.pid)]
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    return (done.stdout + done.stderr).strip()


@pytest.mark.parametrize("kind", ["connect", "client", "pooled"])
def test_interruptions_leave_no_answer_behind(mortal_memcached: MemcachedServer, kind: str) -> None:
    """Row 7: ten times as many aborted reads as connections, and every later read gets its own answer."""
    assert outcome("abort_reads", kind, mortal_memcached) == "right"


@pytest.mark.parametrize("kind", ["connect", "client", "pooled"])
def test_an_interruption_at_any_bytecode_costs_no_place(memcached: MemcachedServer, kind: str) -> None:
    """Row 7: wherever a signal falls, the pool stays whole and every answer right."""
    assert outcome("abort_anywhere", kind, memcached) == "right"


def test_a_signal_handler_may_use_the_cache(memcached: MemcachedServer) -> None:
    """Row 40: handlers that run in the middle of operations use the same client, and nothing hangs."""
    assert outcome("use_in_handler", "connect", memcached) == "right"


def test_signals_buy_a_silent_server_no_time(mortal_memcached: MemcachedServer) -> None:
    """Row 8: a handler that runs every few milliseconds, as a profiler's does, moves no deadline."""
    ticks: list[int] = []
    with CacheClientMemcached[int].connect(mortal_memcached.address, timeout=0.4) as client:
        client.to_cache("k", 1, None)
        mortal_memcached.freeze()
        before = signal.signal(signal.SIGALRM, lambda number, _: ticks.append(number))
        signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
        began = time.monotonic()
        try:
            with pytest.raises(BackendTimeoutError):
                client.from_cache("k")
            took = time.monotonic() - began
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

        assert len(ticks) > 5
        assert 0.35 <= took <= 0.4 * 1.3
