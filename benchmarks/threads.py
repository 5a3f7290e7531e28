"""Eight threads that share a cache, against one: what all of them get done in a second.

A round makes the same number of calls twice, by one thread and shared out to eight, in turn the one and the
other first, and compares the wall time. Under a GIL 1.0 is the most that can be reached; a lock on the way of
a hit shows as a loss. All threads ask for the same ten results, which is where locks meet.
"""

import threading
import time
from typing import Final

from benchmarks._figures import Quartiles, Row, Table
from benchmarks._machine import has_gil
from benchmarks._options import Options
from benchmarks._peers import PEERS, Function, decorate_all, typed_cache
from benchmarks._timing import Loop, write_loop
from benchmarks.ram_hits import ASKED, CAPACITY, fill, integers, square

THREADS: Final = 8
UNSAFE: Final = {"cachetools TTLCache": "not to be shared between threads without a lock, as it says"}


def run(options: Options) -> list[Table]:
    """Measure ours and the peers that threads may share."""
    rounds, seconds = (5, 0.05) if options.quick else (21, 0.15)
    peers = [*(peer for peer in PEERS if peer.name not in UNSAFE), typed_cache("square_{n}")]
    found, absent = decorate_all(peers, square, CAPACITY)
    rows: list[Row] = []
    for peer, cached in found:
        fill(cached, integers)
        throughputs, ratios = measure(cached, rounds, seconds)
        rows.append(Row(peer.name, Quartiles.of(throughputs), Quartiles.of(ratios), peer.version))
    rows.sort(key=lambda row: -row.figure.median)
    note = "this Python has a GIL" if has_gil() else "this Python runs threads side by side (no GIL)"
    title = f"{THREADS} threads of hits, throughput to that of one"
    return [Table("threads/int", title, "calls/us", rows, "one thread", absent | UNSAFE, note)]


def measure(cached: Function, rounds: int, seconds: float) -> tuple[list[float], list[float]]:
    """Return calls a microsecond by eight threads, and the ratio to one thread, for each round."""
    loop = write_loop(cached, [integers(number) for number in ASKED], clock=time.perf_counter)
    turns = round(seconds / max(loop(1000) / 1000, 1e-9)) // THREADS * THREADS or THREADS
    shared: list[float] = []
    ratios: list[float] = []
    for number in range(rounds):
        if number % 2:
            alone, together = loop(turns), at_once(loop, turns // THREADS)
        else:
            together, alone = at_once(loop, turns // THREADS), loop(turns)
        shared.append(turns * len(ASKED) / together / 1e6)
        ratios.append(alone / together)
    return shared, ratios


def at_once(loop: Loop, turns: int) -> float:
    """Return the seconds from the start of eight threads to the end of the last."""
    ready = threading.Barrier(THREADS + 1)

    def work() -> None:
        ready.wait()
        loop(turns)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    ready.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun
