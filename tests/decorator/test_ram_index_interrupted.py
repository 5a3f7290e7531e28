"""A call of a cached function on RAM that is interrupted anywhere: by a finalizer, a handler, Ctrl-C."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from interruption import CLIENTS, WRAPPERS, Interruption, traced
from ram_invariants import check
from typed_cache import Cache, CacheClientRam
from typed_cache.testing import FakeClock

EXPIRE = timedelta(seconds=10)
FILES = (CLIENTS, WRAPPERS)
SPARED = {"_alone", "finish"}
"""Python runs signal handlers at calls and jumps, not between the lines of these ones' `finally`."""


class Scene:
    """A full client, an expired entry, and a function whose results tell when they were made."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.client = CacheClientRam[int](max_entries=4, clock=self.clock)
        self.truth = 0

        @Cache(key="n_{n}", expire=EXPIRE, client=self.client)
        def read(n: int) -> int:
            return self.truth

        self.read = read
        read(0)
        self.clock.advance(seconds=8)
        for n in (1, 2, 3):
            read(n)
        read(1)
        self.clock.advance(seconds=5)


CALLS: dict[str, Callable[[Scene], object]] = {
    "hit": lambda scene: scene.read(1),
    "miss": lambda scene: scene.read(9),
    "expired": lambda scene: scene.read(0),
    "invalidate": lambda scene: scene.client.invalidate_cache("n_1"),
    "write": lambda scene: scene.client.to_cache("n_1", 5, EXPIRE),
    "clear": lambda scene: scene.client.clear(),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("argument", [1, 2, 9])
def test_invalidated_in_the_middle(call: str, argument: int) -> None:
    """Wherever a handler invalidates, what was true before is not served after the call."""
    at, happened = 0, True
    while happened:
        scene = Scene()

        def act(scene: Scene = scene) -> None:
            scene.truth += 1
            scene.client.invalidate_cache(f"n_{argument}")

        interruption = Interruption(at, act, files=FILES)
        with traced(interruption):
            CALLS[call](scene)
        happened = interruption.happened

        check(scene.client)
        allowed = {scene.truth, 5} if call == "write" else {scene.truth}
        assert scene.read(argument) in allowed or not happened
        at += 1

    assert at > 3


@pytest.mark.parametrize("call", CALLS)
def test_called_in_the_middle(call: str) -> None:
    """Wherever a finalizer calls the function itself, both calls are right and nothing is broken."""
    at, happened = 0, True
    while happened:
        scene = Scene()
        seen: list[int] = []

        def act(scene: Scene = scene, seen: list[int] = seen) -> None:
            seen.extend(map(scene.read, (1, 2, 9)))

        interruption = Interruption(at, act, files=FILES)
        with traced(interruption):
            CALLS[call](scene)
        happened = interruption.happened

        assert set(seen) <= {0, 5}
        assert scene.client._table.begun == {}
        check(scene.client)
        at += 1

    assert at > 3


@pytest.mark.parametrize("call", CALLS)
def test_exception_in_the_middle(call: str) -> None:
    """Wherever Ctrl-C strikes, the index never serves what the client has no more, and all goes on."""

    def strike() -> None:
        raise KeyboardInterrupt

    at, happened = 0, True
    while happened:
        scene = Scene()
        interruption = Interruption(at, strike, SPARED, FILES)
        try:
            with traced(interruption):
                CALLS[call](scene)
        except KeyboardInterrupt:
            pass
        happened = interruption.happened

        scene.truth += 1
        for n in range(12):
            scene.client.invalidate_cache(f"n_{n}")
            assert [scene.read(n), scene.read(n)] == [scene.truth, scene.truth]
            assert len(scene.client._table.entries) <= 4
        for n in range(20, 60):
            assert [scene.read(n), scene.read(n)] == [scene.truth, scene.truth]
        scene.clock.advance(seconds=20)
        assert len(scene.client) == 0
        check(scene.client)
        at += 1

    assert at > 3
