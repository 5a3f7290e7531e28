"""The comparison of hit ratios measures what it says; nothing here is timed."""

import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.eviction import Row, replay
from benchmarks.eviction.contestants import CONTESTANTS, OPTIMUM, OURS, REFERENCE, by_calls
from benchmarks.eviction.plot import draw
from benchmarks.eviction.policies import belady, s3_fifo
from benchmarks.eviction.table import missed, publish, table
from benchmarks.eviction.traces import KEYS, TRACES, Trace

NAMED = {contestant.name: contestant for contestant in CONTESTANTS}
WITHOUT_PEERS = [contestant for contestant in CONTESTANTS if not contestant.package]


def best_of_all_choices(trace: tuple[int, ...], entries: int) -> int:
    """Return the most hits that any sequence of evictions gives."""

    @cache
    def best(now: int, held: frozenset[int]) -> int:
        if now == len(trace):
            return 0
        if trace[now] in held:
            return 1 + best(now + 1, held)
        full = held | {trace[now]}
        choices = [full] if len(full) <= entries else [full - {key} for key in full]
        return max(best(now + 1, choice) for choice in choices)

    return best(0, frozenset())


@settings(max_examples=60)
@given(trace=st.lists(st.integers(0, 4), max_size=10), entries=st.integers(1, 4))
def test_optimum_is_the_optimum(trace: list[int], entries: int) -> None:
    """Belady's figure is the best of all that could be evicted."""
    assert belady(trace, entries) == best_of_all_choices(tuple(trace), entries)


@settings(max_examples=60, deadline=None)
@given(trace=st.lists(st.integers(0, 30), max_size=200), entries=st.integers(1, 20))
def test_nobody_beats_the_optimum(trace: list[int], entries: int) -> None:
    """Whoever holds no more than it may answers at most what the optimum does."""
    best = belady(trace, entries)
    outcomes = {contestant.name: contestant.replay(trace, entries) for contestant in WITHOUT_PEERS}

    assert {name: outcome.hits for name, outcome in outcomes.items() if outcome.hits > best} == {}
    assert all(outcome.most_held <= entries for outcome in outcomes.values())


def test_paper_keeps_what_was_used_twice() -> None:
    """The paper's S3-FIFO moves on what was used more than once, and its variant what was used once."""
    trace = [0, 0, *range(1, 11), 0]  # a use of 0, then as many others as there is room for

    assert s3_fifo(trace, 10) == 1
    assert s3_fifo(trace, 10, threshold=1) == 2
    assert s3_fifo([0, *trace], 10) == 3


def test_paper_remembers_ghosts() -> None:
    """What comes back soon after its eviction outlives the newcomers after it."""
    back = [0, *range(1, 11), 0]  # evicted unused, and asked for again

    assert s3_fifo([*back, *range(100, 150), 0], 10) == 1
    assert s3_fifo([*range(11), *range(100, 150), 0], 10) == 0


@pytest.mark.parametrize("trace", TRACES, ids=lambda trace: trace.name)
def test_traces_are_the_same_every_time(trace: Trace) -> None:
    """A trace has the length asked for, and is the same when it is made again."""
    keys = trace.make(12_000, 50)

    assert len(keys) == 12_000
    assert keys == trace.make(12_000, 50)


def test_scans_are_a_fifth() -> None:
    """The keys of a scan are asked for once, and are a fifth of all requests."""
    scans = next(trace for trace in TRACES if trace.name == "scans").make(20_000, 50)
    once = [key for key in scans if key >= KEYS]

    assert len(once) == len(set(once)) == 4_000


def test_client_and_decorator_agree() -> None:
    """Ours answers the same through its client as through a decorated function."""
    keys = TRACES[0].make(5_000, 50)

    assert NAMED[OURS].replay(keys, 50) == NAMED["typed_cache, its client"].replay(keys, 50)


def test_missing_peer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that is not installed has a row that says so."""
    monkeypatch.setitem(sys.modules, "theine", None)
    rows = list(replay(Trace("short", "", lambda length, _: [1] * length), 5, 10))
    (theine,) = [row for row in rows if row.contestant == "theine"]

    assert theine.hit_ratio is None
    assert "theine" in table(rows, 5).splitlines()[-1]


def test_replay_counts_what_reaches_the_function() -> None:
    """A hit is a call that did not reach the function, and the fullest moment is kept."""
    outcome = by_calls(lambda load, _: (load, lambda: 7))([1, 1, 2], 5)

    assert (outcome.hits, outcome.most_held) == (0, 7)


def rows(ours: float, *, held: int = 5) -> list[Row]:
    """Return the rows of a trace of the goal on which ours reached `ours`."""
    return [
        Row("zipf 1.0", 5, OPTIMUM, 0.8, 5),
        Row("zipf 1.0", 5, REFERENCE, 0.5, 5),
        Row("zipf 1.0", 5, OURS, ours, held),
    ]


def test_goal_is_the_paper() -> None:
    """The goal is missed by less than the paper's S3-FIFO answers, however little less."""
    assert missed(rows(0.5)) == []
    assert missed(rows(0.4999)) == ["MISSED: zipf 1.0, 5 entries: 49.99% < 50.00%"]


def test_more_than_the_bound_is_marked() -> None:
    """A figure that was reached with more entries than allowed is marked, in the table and in the plot."""
    assert "60.0*" in table(rows(0.6, held=9), 5)
    assert "held up to 9 entries" in table(rows(0.6, held=9), 5)
    assert "60.0*" in draw(rows(0.6, held=9), 5)
    assert "*" not in draw(rows(0.6), 5)


def test_page_is_made_of_the_rows() -> None:
    """Tables and verdict stand between their markers, and the rest of the page stays."""
    page = "# A\n<!-- entries: 5 -->\nold\n<!-- /entries -->\nB\n<!-- verdict -->\nold\n<!-- /verdict -->\n"
    made = publish(page, rows(0.6))

    assert "old" not in made
    assert "**typed_cache**" in made
    assert "at least" in made
    assert publish(made, rows(0.6)) == made
