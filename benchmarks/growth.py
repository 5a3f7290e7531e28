"""How the cost grows with the work: with entries, with the size of keys and values, with decorated functions.

A hit is timed at each place in a cache that is filled anew. Decorated functions are measured in processes
of their own: a generated module with so many of them is imported, and the same module without the
decorators.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, Final

from pymemcache.client.base import Client

from benchmarks import _servers
from benchmarks._environment import ROOT
from benchmarks._figures import OURS, Curve, Quartiles
from benchmarks._options import Options
from benchmarks._peers import LRU_CACHE, PEERS, Peer, decorate_all, typed_cache
from benchmarks._timing import Arguments, Contestant, Effort, race, write_loop
from typed_cache import Cache, CacheClientMemcached

BESIDE: Final = (LRU_CACHE, "cachebox", "moka-py", "cachetools TTLCache, lock")
"""The peers that are drawn with ours; the others are ten times as slow, wherever one measures."""

CALLS: Final = 1_000
"""Calls a turn, spread over all entries, so that a big cache does not sit in the processor's."""


def run(options: Options) -> list[Curve]:
    """Measure all curves."""
    effort = (
        Effort(rounds=7, slice_seconds=0.002) if options.quick else Effort(rounds=31, slice_seconds=0.005)
    )
    most = 10_000 if options.quick else 1_000_000
    counts = [count for count in (100, 1_000, 10_000, 100_000, 1_000_000) if count <= most]
    return [
        by_entries(counts, effort),
        by_key_length((10, 100, 1_000, 10_000), effort),
        by_value_size((100, 1_000, 10_000, 100_000, 1_000_000), effort, options),
        *by_functions((1, 10, 100, 1_000) if options.quick else (1, 10, 100, 1_000, 10_000), options),
    ]


def square(n: int) -> int:
    """Stand for a function that is worth caching."""
    return n * n


def length_of(text: str) -> int:
    """Stand for a function of a text."""
    return len(text)


def contenders(key: str) -> list[Peer]:
    """Return ours and the peers that are drawn with it."""
    return [*(peer for peer in PEERS if peer.name in BESIDE), typed_cache(key)]


def by_entries(counts: Sequence[int], effort: Effort) -> Curve:
    """Time a hit among more and more entries."""
    lines: dict[str, list[tuple[float, Quartiles]]] = {}
    absent: dict[str, str] = {}
    for entries in counts:
        found, absent = decorate_all(contenders("square_{n}"), square, 2 * entries)
        chosen = Random(entries).choices(range(entries), k=CALLS)  # noqa: S311  # which entries, for a benchmark
        contestants: list[Contestant] = []
        for peer, cached in found:
            for number in range(entries):
                cached(number)
            calls: list[Arguments] = [((number,), {}) for number in chosen]
            contestants.append(Contestant(peer.name, write_loop(cached, calls), len(calls)))
        _add(lines, entries, contestants, LRU_CACHE, effort)
    return Curve("growth/entries", "a hit, by entries in the cache", "ns", "entries", lines, absent)


def by_key_length(lengths: Sequence[int], effort: Effort) -> Curve:
    """Time a hit by a longer and longer text."""
    lines: dict[str, list[tuple[float, Quartiles]]] = {}
    absent: dict[str, str] = {}
    for length in lengths:
        found, absent = decorate_all(contenders("length_{text}"), length_of, 1_000)
        contestants: list[Contestant] = []
        for peer, cached in found:
            for number in range(10):
                cached(f"{number:0>{length}}")
            calls: list[Arguments] = [((f"{number:0>{length}}",), {}) for number in range(10)]
            contestants.append(Contestant(peer.name, write_loop(cached, calls), len(calls)))
        _add(lines, length, contestants, LRU_CACHE, effort)
    note = "the texts asked for are other objects than those stored: a look-up compares all characters"
    title = "a hit, by the length of a str argument"
    return Curve("growth/keys", title, "ns", "characters", lines, absent, note)


def by_value_size(sizes: Sequence[int], effort: Effort, options: Options) -> Curve:
    """Time a hit whose value is so many bytes long, in RAM and over Memcached."""
    lines: dict[str, list[tuple[float, Quartiles]]] = {}
    with _servers.memcached(same_core=options.same_core) as port:
        for size in sizes:
            contestants = [
                Contestant(name, write_loop(cached, [((1,), {})], clock=time.perf_counter))
                for name, cached in _keepers_of(bytes(size - size // 50), port).items()
            ]
            _add(lines, size, contestants, LRU_CACHE, effort)
    where = _servers.arrangement(same_core=options.same_core)
    note = f"{where}; a value of bytes, which RAM shares; Memcached takes at most 1 MB with the entry's head"
    return Curve("growth/values", "a hit, by the size of its value", "ns", "bytes", lines, {}, note)


def _keepers_of(value: bytes, port: int) -> Mapping[str, Callable[[int], bytes]]:
    """Return functions that have `value` in RAM, and on the server."""

    def blob(n: int) -> bytes:  # noqa: ARG001  # stands in the key
        return value

    client = CacheClientMemcached[Any].connect(f"127.0.0.1:{port}", namespace="growth:")
    remote = Cache(key="blob_{n}", client=client)(blob)
    remote.refresh(1)
    bare = Client(("127.0.0.1", port))
    keepers: dict[str, Callable[[int], Any]] = {
        LRU_CACHE: lru_cache(blob),
        f"{OURS}, RAM": typed_cache("blob_{n}").decorate(blob, 10),
        f"{OURS}, Memcached": remote,
        "pymemcache Client.get": lambda n: bare.get(f"growth:blob_{n}"),
    }
    for keeper in keepers.values():
        keeper(1)
    return keepers


def _add(
    lines: dict[str, list[tuple[float, Quartiles]]],
    place: float,
    contestants: Sequence[Contestant],
    baseline: str,
    effort: Effort,
) -> None:
    """Race the contestants, and append each figure to the line of its name."""
    for row in race(contestants, baseline, effort):
        lines.setdefault(row.name, []).append((place, row.figure))


FUNCTION: Final = """
{decorator}
def function_{number}(user_id: int, page: str = "first") -> str:
    return page * user_id

"""
HEAD: Final = {
    OURS: "from typed_cache import Cache, CacheClientRam\nclient = CacheClientRam(1000)\n",
    LRU_CACHE: "from functools import lru_cache\n",
}
DECORATOR: Final = {
    OURS: '@Cache(key="function_{number}_{{user_id}}_{{page}}", client=client)',
    LRU_CACHE: "@lru_cache(maxsize=1000)",
}
TIMED: Final = """
import sys, time
sys.path.insert(0, {folder!r})
{head}
begun = time.process_time()
import generated
print(1e3 * (time.process_time() - begun))
"""
TRACED: Final = """
import sys, tracemalloc
sys.path.insert(0, {folder!r})
{head}
tracemalloc.start()
import generated
print(tracemalloc.get_traced_memory()[0] / 1024)
"""


def by_functions(counts: Sequence[int], options: Options) -> list[Curve]:
    """Measure what a module of decorated functions takes to import, and in memory."""
    seconds: dict[str, list[tuple[float, Quartiles]]] = {}
    memory: dict[str, list[tuple[float, Quartiles]]] = {}
    for name in HEAD:
        for count in counts:
            rounds = 3 if options.quick or count > 1_000 else 7  # noqa: PLR2004  # where an import takes seconds
            taken, grown = _import_generated(name, count, rounds)
            seconds.setdefault(name, []).append((count, taken))
            memory.setdefault(name, []).append((count, grown))
    return [
        Curve(
            "growth/decoration",
            "an import of a module, by its decorated functions",
            "ms",
            "decorated functions",
            seconds,
            note="processor time; the library itself and the bytecode are there before",
        ),
        Curve(
            "growth/functions",
            "memory of a module, by its decorated functions",
            "KiB",
            "decorated functions",
            memory,
            note="what Python's allocators gave out, with the functions themselves",
        ),
    ]


def _import_generated(name: str, count: int, rounds: int) -> tuple[Quartiles, Quartiles]:
    """Return milliseconds and KiB that the import of a generated module takes."""
    functions = (
        FUNCTION.format(decorator=DECORATOR[name].format(number=number), number=number)
        for number in range(count)
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "generated.py").write_text(HEAD[name] + "".join(functions), encoding="utf-8")

        def told_by(program: str) -> float:
            command = [sys.executable, "-c", program.format(folder=folder, head=HEAD[name])]
            return float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)  # noqa: S603  # a program from above

        told_by(TIMED)  # compiles the bytecode, and does not count
        return Quartiles.of(told_by(TIMED) for _ in range(rounds)), Quartiles.exactly(told_by(TRACED))
