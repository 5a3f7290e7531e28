"""What an entry takes in memory: a million results of a function of one int.

Each contestant has a process of its own. The arguments and the results are there before; what is counted is
the keys, the entries and the index. Two measures: what Python's allocators gave out (`tracemalloc`, which
does not see what Rust allocates), and by how much the process grew (its resident set).

    python -m benchmarks.memory NAME ENTRIES traced|resident
"""

import gc
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Final

from benchmarks._environment import ROOT
from benchmarks._figures import OURS, Quartiles, Row, Table
from benchmarks._options import Options
from benchmarks._peers import PEERS, Function, Peer, typed_cache

CONTESTANTS: Final[dict[str, Peer]] = {peer.name: peer for peer in [*PEERS, typed_cache("same_{n}")]}
LEFT_OUT: Final = {
    "cacheout": "each store looks through all entries for expired ones: a million would take days",
    "cachetools TTLCache, lock": "as without the lock",
    "diskcache": "keeps entries on disk",
    "Flask-Caching SimpleCache": "a million stores take minutes",
}
IN_RUST: Final = {"cachebox", "moka-py", "theine"}


def run(options: Options) -> list[Table]:
    """Measure every contestant twice."""
    entries = 100_000 if options.quick else 1_000_000
    traced: list[Row] = []
    resident: list[Row] = []
    absent = dict(LEFT_OUT)
    for name, peer in CONTESTANTS.items():
        if name in LEFT_OUT:
            continue
        try:
            traced_bytes = _in_a_process(name, entries, "traced")
            resident_bytes = _in_a_process(name, entries, "resident")
        except RuntimeError as error:
            absent[name] = str(error)
            continue
        note = "and more, in Rust" if name in IN_RUST else ""
        traced.append(Row(name, Quartiles.exactly(traced_bytes), None, peer.version, note))
        resident.append(Row(name, Quartiles.exactly(resident_bytes), None, peer.version))
    size = f"{entries:,} entries"
    return [
        Table("memory/int", f"memory of an entry, {size}, traced", "bytes", _sorted(traced), "", absent),
        Table(
            "memory/resident", f"memory of an entry, {size}, resident", "bytes", _sorted(resident), "", absent
        ),
    ]


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.figure.median)


def _in_a_process(name: str, entries: int, measure: str) -> float:
    """Return bytes an entry.

    Raises:
        RuntimeError: The contestant is not there; the text says why.
    """
    command = [sys.executable, "-m", "benchmarks.memory", name, str(entries), measure]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # ourselves
    if ended.returncode:
        reason = (ended.stderr.strip().splitlines() or [f"ended with status {ended.returncode}"])[-1]
        if name == OURS:
            raise SystemExit(ended.stderr)
        raise RuntimeError(reason)
    return float(ended.stdout)


def same(n: int) -> int:
    """Return the argument, so that the result takes no memory of its own."""
    return n


def traced_growth(cached: Function, numbers: list[int]) -> float:
    """Return what Python allocated to keep the results, in bytes."""
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for number in numbers:
        cached(number)
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    return after - before


def resident_growth(cached: Function, numbers: list[int]) -> float:
    """Return by how much the process grew while it kept the results, in bytes."""
    before = _resident()
    for number in numbers:
        cached(number)
    gc.collect()
    return _resident() - before


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    """Print the bytes an entry of one contestant takes."""
    name, entries, measure = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    numbers = list(range(entries))
    cached = CONTESTANTS[name].decorate(same, entries)
    cached(-1)  # what is made once, for the first result, is no entry's
    gc.collect()
    growth = traced_growth if measure == "traced" else resident_growth
    print(growth(cached, numbers) / entries)
    return 0


if __name__ == "__main__":
    sys.exit(main())
