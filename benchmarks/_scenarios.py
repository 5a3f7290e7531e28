"""The scenarios by name, and where each is.

A scenario is a function of `Options` that returns results. Add a line here, and the command, the tables, the
JSON and the pages know it.
"""

import importlib
from collections.abc import Sequence
from typing import Final

from benchmarks._figures import Result
from benchmarks._options import Options

SCENARIOS: Final = {
    "ram-hit": ("ram_hits:run", "a hit in RAM: six kinds of function, beside every peer"),
    "ram-miss": ("ram_misses:run", "a miss that stores, and evicts another"),
    "threads": ("threads:run", "eight threads of hits, against one"),
    "memory": ("memory:run", "bytes that an entry takes, of a million"),
    "memcached-hit": ("memcached_hits:run", "a hit over Memcached, beside a bare get and the peers"),
    "redis-hit": ("redis_hits:run", "a hit over Redis, beside a bare get and the peers"),
    "import-time": ("import_time:run", "what an import costs, and what it brings"),
    "growth": ("growth:run", "cost as entries, keys, values and functions grow"),
    "eviction": ("eviction_ratios:run", "hit ratios on traces, beside other policies and Belady's optimum"),
    "instructions": ("instruction_counts:run", "instructions of hits and misses, step by step, by valgrind"),
    "checker-speed": ("static_tools:checker", "`typed-cache check` over 100,000 lines"),
    "plugin-cost": ("static_tools:plugin", "what the mypy plugin adds to a cold run"),
}


def measure(name: str, options: Options) -> Sequence[Result]:
    """Run one scenario in this process."""
    module, _, function = SCENARIOS[name][0].partition(":")
    results: Sequence[Result] = getattr(importlib.import_module(f"benchmarks.{module}"), function)(options)
    return results
