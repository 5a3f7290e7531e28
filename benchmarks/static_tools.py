"""What the command and the mypy plugin cost. Both programs also run alone, with options of their own."""

import tempfile
from pathlib import Path

from benchmarks import checker_speed, plugin_cost
from benchmarks._figures import Quartiles, Row, Table
from benchmarks._options import Options

WITHOUT = "mypy"


def checker(options: Options) -> list[Table]:
    """Time `typed-cache check` over a generated project."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = checker_speed.generate(folder)
        rounds = 1 if options.quick else 5
        alone = [checker_speed.processor_seconds(folder) for _ in range(rounds)]
        shared = [checker_speed.seconds(folder, []) for _ in range(rounds)]
    rows = [Row("all cores", Quartiles.of(shared)), Row("one core", Quartiles.of(alone))]
    return [Table("checker-speed/check", f"typed-cache check, {lines:,} lines", "s", rows)]


def plugin(options: Options) -> list[Table]:
    """Time cold runs of mypy with the plugin and without, by the processor time that they take."""
    functions, rounds = (400, 3) if options.quick else (2_000, 9)
    pairs = plugin_cost.pairs(functions, rounds, write_cache=False)
    rows = [
        Row(WITHOUT, Quartiles.of(without for without, _ in pairs), Quartiles.exactly(1.0)),
        Row(
            "mypy with the plugin",
            Quartiles.of(added for _, added in pairs),
            Quartiles.of(added / without for without, added in pairs),
        ),
    ]
    title = f"a cold run of mypy over {functions:,} decorated functions"
    return [Table("plugin-cost/mypy", title, "s", rows, WITHOUT)]
