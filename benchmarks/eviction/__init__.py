"""How well a full cache chooses what to evict: the share of requests that it answers, beside every peer.

`python -m benchmarks.eviction` prints it; `run` returns it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.eviction.contestants import CONTESTANTS, Contestant, Outcome
from benchmarks.eviction.traces import KEYS, TRACES, Trace

__all__ = ["Row", "run"]

REQUESTS: Final = 500_000
SHARES: Final = (0.001, 0.01, 0.1)
"""The size of the cache, as a share of the keys that there are."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one contestant made of one trace with room for so many entries.

    `hit_ratio` is the share of requests that were answered from the cache; None where the contestant could
    not be run, as `note` says. `most_held` is the most entries that were seen in it.
    """

    trace: str
    entries: int
    contestant: str
    hit_ratio: float | None
    most_held: int = 0
    note: str = ""


def run(*, quick: bool) -> list[Row]:
    """Replay every trace to every contestant; quick: a tenth of the requests, and one size of cache."""
    requests = REQUESTS // 10 if quick else REQUESTS
    return [
        row
        for share in (SHARES[1:2] if quick else SHARES)
        for trace in TRACES
        for row in replay(trace, round(KEYS * share), requests)
    ]


def replay(trace: Trace, entries: int, requests: int) -> Iterator[Row]:
    """Put each contestant, with room for `entries`, to that many requests of `trace`."""
    keys = trace.make(requests, entries)
    for contestant in CONTESTANTS:
        try:
            outcome = contestant.replay(keys, entries)
        except ImportError as error:
            yield Row(trace.name, entries, contestant.name, None, note=f"not there: {error}")
        else:
            yield _row(trace, entries, contestant, outcome, len(keys))


def _row(trace: Trace, entries: int, contestant: Contestant, outcome: Outcome, requests: int) -> Row:
    held = outcome.most_held
    note = f"held {held:,} entries" if held > entries else ""
    return Row(trace.name, entries, contestant.name, outcome.hits / requests, held, note)
