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
}


def measure(name: str, options: Options) -> Sequence[Result]:
    """Run one scenario in this process."""
    module, _, function = SCENARIOS[name][0].partition(":")
    results: Sequence[Result] = getattr(importlib.import_module(f"benchmarks.{module}"), function)(options)
    return results
