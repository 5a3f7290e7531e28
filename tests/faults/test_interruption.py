"""Interruptions on a real server: what falls into the middle of an operation."""

import subprocess
import sys
from pathlib import Path

import pytest

from servers import MemcachedServer

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
