"""What a call costs, step by step, counted in instructions of the processor: the same figure every time.

`python -m benchmarks.instructions` prints it; `profiles` returns it. It needs valgrind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from benchmarks.instructions.callgrind import Piece, count

__all__ = ["BASELINES", "TITLES", "YARDSTICKS", "Profile", "Step", "profiles"]

TITLES: Final = {
    "hit": "a hit",
    "list": "a hit that returns `list[int]` of 10, which is copied",
    "method": "a hit of a bound method, `users.get(n)`",
    "tenant": "a hit of a bound method with `{self.tenant}` in its key",
    "async": "a hit of an `async` function, awaited",
    "miss": "a miss that stores, and evicts another",
}
"""The calls that are profiled."""

YARDSTICKS: Final = {
    "call": "a call of `def square(n): return n`",
    "lru-hit": "a hit of `lru_cache`",
    "lru-miss": "a miss of `lru_cache` that stores, and evicts another",
}
BASELINES: Final = {name: "lru-miss" if name == "miss" else "lru-hit" for name in TITLES}
"""What the figure of a call is held against, in the same run."""


@dataclass(frozen=True, slots=True)
class Step:
    """A line that was executed, or what comes before the first, and the instructions that it took."""

    text: str
    instructions: float


@dataclass(frozen=True, slots=True)
class Profile:
    """What one call takes, in all and by step."""

    instructions: float
    steps: Sequence[Step]


def profiles(*, whole: bool = False) -> dict[str, Profile]:
    """Return each call and yardstick by step; whole: a call is one step, which takes a third of the time."""
    pieces = count(*["--whole"] * whole)
    calls = dict.fromkeys(piece.call for piece in pieces)
    steps = {call: _steps([piece for piece in pieces if piece.call == call]) for call in calls}
    return {call: Profile(sum(step.instructions for step in found), found) for call, found in steps.items()}


def _steps(pieces: Sequence[Piece]) -> list[Step]:
    """Return the steps of one call: the difference of the piece that stops before one and of the next."""
    return [
        Step(piece.step, following.instructions - piece.instructions) for piece, following in pairwise(pieces)
    ]
