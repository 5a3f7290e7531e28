"""How contestants are timed; with loops that only say what they took, so that no test depends on a clock."""

import gc
from collections.abc import Callable

import pytest
from benchmarks._timing import Contestant, Effort, Loop, fresh_loop, race, write_loop


def taking(seconds: Callable[[int], float]) -> Loop:
    """Return a loop that says that the round of that number took so many seconds a turn."""
    rounds = iter(range(10_000))

    def loop(turns: int) -> float:
        return seconds(next(rounds)) * turns

    return loop


def test_ratios_are_taken_within_a_round() -> None:
    """A minute in which the machine is slow slows both, and leaves the ratio alone."""
    pace = [1e-6 * (10 if number % 2 else 1) for number in range(10_000)]
    contestants = [
        Contestant("base", taking(lambda number: pace[number])),
        Contestant("twice", taking(lambda number: 2 * pace[number])),
    ]

    rows = {row.name: row for row in race(contestants, "base", Effort(rounds=8, slice_seconds=1e-6))}

    assert rows["twice"].ratio is not None
    assert rows["twice"].ratio.low == pytest.approx(2.0)
    assert rows["twice"].ratio.high == pytest.approx(2.0)
    assert rows["base"].figure.low < rows["base"].figure.high


def test_the_quickest_comes_first() -> None:
    """Rows are in the order of their medians, whatever the order of the contestants."""
    contestants = [Contestant(str(cost), taking(lambda _, cost=cost: cost * 1e-9)) for cost in (30, 10, 20)]

    rows = race(contestants, "10", Effort(rounds=3, slice_seconds=1e-6))

    assert [row.name for row in rows] == ["10", "20", "30"]
    assert [round(row.figure.median) for row in rows] == [10, 20, 30]


def test_a_turn_of_many_calls_is_shared_out() -> None:
    """The figure is what one call takes, in the unit asked for."""
    contestant = Contestant("ten", taking(lambda _: 1e-5), per_turn=10)

    (row,) = race([contestant], "ten", Effort(rounds=3, slice_seconds=1e-3), unit="us")

    assert row.figure.median == pytest.approx(1.0)


def test_a_written_loop_makes_the_calls_it_was_given() -> None:
    """Each turn calls once for every set of arguments, in order, keywords by their names."""
    seen: list[tuple[int, bool]] = []

    def call(n: int, *, gross: bool) -> None:
        seen.append((n, gross))

    loop = write_loop(call, [((1,), {"gross": True}), ((2,), {"gross": False})], clock=lambda: 0.0)

    assert loop(2) == 0.0
    assert seen == [(1, True), (2, False), (1, True), (2, False)]


def test_a_written_loop_looks_methods_up() -> None:
    """`f.get` is looked up for every call, as a caller does."""

    class Counting:
        looked_up = 0

        def __getattr__(self, name: str) -> Callable[[int], int]:
            self.looked_up += 1
            return abs

    counting = Counting()
    write_loop(counting, [((-1,), {})], clock=lambda: 0.0, expression="f.get")(3)

    assert counting.looked_up == 3


def test_a_fresh_loop_never_repeats() -> None:
    """Every call of a loop of misses is for another number, over all rounds."""
    seen: list[int] = []
    loop = fresh_loop(seen.append, clock=lambda: 0.0)

    loop(3)
    loop(2)

    assert seen == [0, 1, 2, 3, 4]


def test_the_collector_is_off_in_a_race_and_on_behind_it() -> None:
    """A contestant is not charged for the collection of what others left."""
    states: list[bool] = []

    def loop(turns: int) -> float:
        states.append(gc.isenabled())
        return 1e-3 * turns

    race([Contestant("one", loop)], "one", Effort(rounds=2, slice_seconds=1e-3))

    assert states[-2:] == [False, False]
    assert gc.isenabled()
