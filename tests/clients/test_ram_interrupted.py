"""The RAM client interrupted in the middle of a change: by a finalizer, a signal handler, an exception.

A trace function stands for all of them: it may run anything before any line.
"""

import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from typing import Any

import pytest

from interruption import Interruption, traced
from ram_invariants import check
from typed_cache import CacheClientRam
from typed_cache.client import ResultType
from typed_cache.testing import FakeClock

MINUTE = timedelta(minutes=1)
TEXT = ResultType(str)


def full_client(max_entries: int | None = 4) -> tuple[CacheClientRam[str], FakeClock]:
    """Return a client that is full, and has an expired entry for the next write to take out."""
    clock = FakeClock()
    client = CacheClientRam[str](max_entries, clock=clock)
    client.to_cache("old", "v", timedelta(seconds=1))
    for key in ("a", "b", "c"):
        client.to_cache(key, "v", MINUTE)
    client.from_cache("a")
    clock.advance(seconds=5)
    return client, clock


CHANGES: dict[str, Callable[[CacheClientRam[str]], object]] = {
    "write": lambda client: client.to_cache("new", "v", MINUTE),
    "replace": lambda client: client.to_cache("a", "w", MINUTE),
    "invalidate": lambda client: client.invalidate_cache("b"),
    "clear": lambda client: client.clear(),
    "count": len,
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_change_in_the_middle(change: str) -> None:
    """Wherever it is interrupted by changes of the same thread, none is lost and nothing is broken."""
    at, happened = 0, True
    while happened:
        client, _ = full_client()

        def act(client: CacheClientRam[str] = client) -> None:
            client.invalidate_cache("c")
            assert client.from_cache("c") is None
            client.to_cache("late", "v", MINUTE)
            assert len(client) <= 4
            client.to_cache("b", "newer", MINUTE)

        interruption = Interruption(at, act)
        with traced(interruption):
            CHANGES[change](client)
        check(client)
        happened = interruption.happened
        if happened and change in {"write", "replace"}:
            assert (client.from_cache("b"), client.from_cache("c")) == ("newer", None)
            assert client.from_cache("late") == "v" or change == "write"
        at += 1

    assert at > 10


def test_invalidated_in_the_middle_of_its_write() -> None:
    """A value that is just being stored when a signal handler invalidates its key does not stay."""
    at, happened = 0, True
    while happened:
        client, _ = full_client()
        store = client.entries(TEXT)
        claim = store.claim("k")
        interruption = Interruption(at, lambda store=store: store.invalidate("k"))
        with traced(interruption):
            stored = store.write("k", "older", MINUTE, claim)
        happened = interruption.happened

        check(client)
        assert client.from_cache("k") is None or not happened or stored
        at += 1

    assert at > 10


@pytest.mark.parametrize("bound", [4, None])
@pytest.mark.parametrize("change", CHANGES)
def test_exception_in_the_middle(change: str, bound: int | None) -> None:
    """Wherever Ctrl-C strikes, the client goes on: not over its bound, nothing wrong, nothing stuck."""

    def strike() -> None:
        raise KeyboardInterrupt

    at, happened = 0, True
    while happened:
        client, clock = full_client(bound)
        # Python runs signal handlers at calls and jumps, not between the lines of this one's `finally`.
        interruption = Interruption(at, strike, spared={"_alone"})
        try:
            with traced(interruption):
                CHANGES[change](client)
        except KeyboardInterrupt:
            pass
        happened = interruption.happened
        for n in range(40):
            assert bound is None or len(client._table.entries) <= bound
            client.to_cache(f"after{n}", "v", MINUTE)
            assert client.from_cache(f"after{n}") == "v"
        clock.advance(MINUTE + timedelta(seconds=1))
        assert len(client) == 0
        check(client)
        at += 1

    assert at > 10


def test_stored_and_then_invalidated_in_the_middle() -> None:
    """What one signal handler stores and the next one invalidates is gone, wherever the two strike."""
    at, happened = 0, True
    while happened:
        client, _ = full_client()
        second = Interruption(at, lambda client=client: client.invalidate_cache("k"))
        first = Interruption(20, lambda client=client: client.to_cache("k", "older", MINUTE))

        def trace(frame: FrameType, event: str, arg: object, first: Any = first, second: Any = second) -> Any:
            one = first(frame, event, arg)
            if first.happened:
                second(frame, event, arg)
            return one and trace

        with traced(trace):
            client.to_cache("a", "v", MINUTE)
        happened = second.happened

        check(client)
        assert client.from_cache("k") == (None if happened else "older")
        at += 1

    assert at > 10


def test_stored_in_the_middle() -> None:
    """What stands under a key is not served any more once a finalizer has stored something else there."""
    client = CacheClientRam[str]()
    client.to_cache("k", "older", MINUTE)
    seen: list[str | None] = []

    def act() -> None:
        client.to_cache("k", "newer", MINUTE)
        seen.append(client.from_cache("k"))

    client._table._change(act)

    assert seen == [None]
    assert client.from_cache("k") == "newer"


def test_load_in_the_middle() -> None:
    """A load that ends in a finalizer, in the middle of a write, is not stored: it would have to wait."""
    client = CacheClientRam[Any]()
    store = client.entries(ResultType(object))
    answers: list[bool] = []
    claim = store.claim("k")
    client._table._change(lambda: answers.append(store.write("k", 1, MINUTE, claim)))

    assert answers == [False]
    assert client.from_cache("k") is None
    check(client)


def test_clear_in_the_middle() -> None:
    """clear() in the middle of another change takes effect at once, and is completed after it."""
    client, _ = full_client()
    seen: list[object] = []

    def act() -> None:
        client.clear()
        seen.extend([client.from_cache("a"), len(client)])

    client._table._change(act)

    assert seen == [None, 0]
    assert len(client._table.entries) == 0
    check(client)


class Finalized:
    """A value whose finalizer does something."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act = act

    def __del__(self) -> None:
        self.act()


def test_finalizer_uses_the_cache() -> None:
    """The finalizer of a value that is dropped may read, write, invalidate and clear."""
    client = CacheClientRam[Any](max_entries=2)

    def act() -> None:
        client.invalidate_cache("k0")
        client.to_cache("finalized", 1, MINUTE)
        client.from_cache("k0")

    for n in range(5):
        client.to_cache(f"k{n}", Finalized(act), MINUTE)
    assert client.from_cache("finalized") == 1
    client.clear()
    check(client)


def test_finalizer_waits_for_another_thread() -> None:
    """No lock of the client is held while a value's finalizer runs."""
    client = CacheClientRam[Any]()

    def act() -> None:
        other = threading.Thread(target=client.to_cache, args=("other", 1, MINUTE))
        other.start()
        other.join(timeout=30)

    client.to_cache("k", Finalized(act), MINUTE)
    client.to_cache("k", None, MINUTE)

    assert client.from_cache("other") == 1


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no interval timers here")
def test_signal_handler() -> None:
    """A signal handler that uses the cache neither hangs nor breaks anything."""
    client = CacheClientRam[int](max_entries=10)
    rounds = [0]

    def handle(number: int, frame: FrameType | None) -> None:
        rounds[0] += 1
        client.to_cache(f"signal{rounds[0] % 7}", 1, MINUTE)
        client.invalidate_cache(f"k{rounds[0] % 30}")

    before = signal.signal(signal.SIGALRM, handle)
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    try:
        n = 0
        while rounds[0] < 50:
            client.to_cache(f"k{n % 30}", n, MINUTE)
            n += 1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    assert rounds[0] >= 50
    check(client)
