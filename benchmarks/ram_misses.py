"""A miss in RAM that stores its result in a full cache, and so evicts another, beside every peer.

Every call is for a number that was never asked for. The caches hold a thousand results, and are filled three
times over before the first round.
"""

from typing import Final

from benchmarks._figures import Table
from benchmarks._options import Options
from benchmarks._peers import LRU_CACHE, PEERS, decorate_all, typed_cache
from benchmarks._timing import Contestant, Effort, fresh_loop, race

CAPACITY: Final = 1_000
UNBOUNDED: Final = {"dogpile.cache memory": "has no bound: it evicts nothing"}


def square(n: int) -> int:
    """Stand for a function that is worth caching."""
    return n * n


def run(options: Options) -> list[Table]:
    """Race ours and the peers."""
    found, absent = decorate_all([*PEERS, typed_cache("square_{n}")], square, CAPACITY)
    contestants: list[Contestant] = []
    for peer, cached in found:
        loop = fresh_loop(cached)
        loop(3 * CAPACITY)
        note = UNBOUNDED.get(peer.name, "")
        contestants.append(Contestant(peer.name, loop, version=peer.version, note=note))
    rows = race(contestants, LRU_CACHE, Effort.of(quick=options.quick))
    return [
        Table("ram-miss/int", "a miss that stores and evicts, 1 int argument", "ns", rows, LRU_CACHE, absent)
    ]
