"""What a call may cost: its instructions, as a ratio to the same of `lru_cache` in the same run.

A ratio holds across machines and patch versions of Python. It does not across minor versions, nor between a
Python that was built with profile-guided optimization and one that was not: each has a budget of its own.
"""

import json
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks._machine import built_with_pgo

KEPT: Final = Path(__file__).with_name("budget.json")
TOLERANCE: Final = 0.15
"""By so much a ratio may pass its budget."""

COMMAND: Final = "python -m benchmarks.instructions --budget"

Ratios = Mapping[str, float]


def build() -> str:
    """Return what the budget of this Python is filed under."""
    version = ".".join(platform.python_version_tuple()[:2])
    return f"{version} with PGO" if built_with_pgo() else version


def read() -> dict[str, dict[str, float]]:
    """Return the budget of each build."""
    budgets: dict[str, dict[str, float]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return budgets


def keep(ratios: Ratios) -> None:
    """Make `ratios` the budget of this Python."""
    rounded = {name: round(ratio, 2) for name, ratio in ratios.items()}
    budgets = read() | {build(): rounded}
    KEPT.write_text(json.dumps(budgets, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def judge(ratios: Ratios, budget: Ratios) -> list[tuple[str, bool]]:
    """Return a line for each call, and whether it keeps to its budget; a call without one does not."""
    return [
        (_line(name, ratio, budget.get(name)), _keeps(ratio, budget.get(name)))
        for name, ratio in ratios.items()
    ]


def _keeps(ratio: float, allowed: float | None) -> bool:
    return allowed is not None and ratio <= allowed * (1 + TOLERANCE)


def _line(name: str, ratio: float, allowed: float | None) -> str:
    if allowed is None:
        return f"{name:8} {ratio:6.2f}x lru_cache, NO BUDGET: `{COMMAND}` writes one"
    change = ratio / allowed - 1
    verdict = "fine" if _keeps(ratio, allowed) else f"OVER: at most {TOLERANCE:.0%} more are allowed"
    if change < -TOLERANCE:
        verdict = f"fine; `{COMMAND}` keeps what was won"
    return f"{name:8} {ratio:6.2f}x lru_cache, budget {allowed:6.2f}x, {change:+4.0%}: {verdict}"
