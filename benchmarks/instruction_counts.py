"""The instructions of `benchmarks.instructions` as tables of this suite.

`python -m benchmarks.instructions` prints the same, fills a page of its own, and holds them against a budget.
"""

from benchmarks._figures import OURS, Quartiles, Row, Table
from benchmarks._options import Options
from benchmarks._peers import LRU_CACHE
from benchmarks.instructions import BASELINES, TITLES, YARDSTICKS, Profile, profiles


def run(options: Options) -> list[Table]:
    """Count each call; quick: without its steps."""
    found = profiles(whole=options.quick)
    return [table(name, found) for name in TITLES]


def table(name: str, found: dict[str, Profile]) -> Table:
    """Return one call beside `lru_cache`, and its steps in order."""
    base = found[BASELINES[name]].instructions
    rows = [_row(LRU_CACHE, base, base), _row(OURS, found[name].instructions, base)]
    steps = found[name].steps
    rows += [_row(step.text, step.instructions, base) for step in steps if len(steps) > 1]
    note = f"{LRU_CACHE} is {YARDSTICKS[BASELINES[name]]}"
    return Table(f"instructions/{name}", TITLES[name], "instructions", rows, LRU_CACHE, note=note)


def _row(name: str, instructions: float, base: float) -> Row:
    return Row(name, Quartiles.exactly(instructions), Quartiles.exactly(instructions / base))
