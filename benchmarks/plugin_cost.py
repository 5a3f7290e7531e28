"""What the mypy plugin costs: a project of 2,000 decorated functions, checked cold with it and without.

    python benchmarks/plugin_cost.py [--functions 2000] [--rounds 9] [--write-cache]

The project is a package of modules with forty decorated functions each and next to nothing else, which is the
worst case: real projects have code between them. Half are methods, with three names in the key, one of them
an attribute of `self`; half are functions of a dataclass, with two attributes in the key and one parameter
ignored. Their bodies have seven and eight lines under a docstring, loops, comprehensions and calls as they
are usual.

A round runs mypy twice, once with the plugin and once without, in turn the one and the other first, and gives
the ratio of their processor times (user and system), so that other work on the machine and its slower and
faster minutes hit both. The figure is the median of these ratios; above 5 % it exits with 1. A run before
the first round compiles what is imported, and is not counted. mypy's own cache is off: to write it is the
same work with the plugin and without, and `--write-cache` counts that work too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

IN_A_MODULE: Final = 40
LIMIT: Final = 0.05

HEAD: Final = '''"""Queries, part {number}."""

from dataclasses import dataclass
from datetime import timedelta

from typed_cache import Cache

TTL = timedelta(minutes=5)


@dataclass(frozen=True)
class Order{number}:
    id: int
    customer: str


class Repository{number}:
    def __init__(self, tenant: int) -> None:
        self.tenant = tenant

'''
METHOD: Final = """
    @Cache(key="repository_{number}_{index}_{{self.tenant}}_{{user_id}}_{{limit}}", expire=TTL)
    def get_{index}(self, user_id: int, limit: int = 10) -> list[Order{number}]:
        \"\"\"Return the orders of a user, the latest first.\"\"\"
        rows = [(user_id * step, f"customer {{step}}") for step in range(limit)]
        orders: dict[int, Order{number}] = {{}}
        for order_id, customer in rows:
            if order_id % 7 != self.tenant % 7:
                orders[order_id] = Order{number}(order_id, customer.title())
        newest_first = sorted(orders.values(), key=lambda order: (-order.id, order.customer))
        return newest_first[:limit]
"""
FUNCTION: Final = """

@Cache(key="order_{number}_{index}_{{order.id}}_{{order.customer}}_{{limit}}", ignore=("verbose",))
def find_{index}(order: Order{number}, limit: int = 10, *, verbose: bool = False) -> dict[str, int]:
    \"\"\"Return the totals by customer.\"\"\"
    found = {{f"{{order.customer}}_{{step}}": order.id + step for step in range(limit)}}
    totals: dict[str, int] = {{}}
    for name, value in found.items():
        customer = name.partition("_")[0].strip().lower()
        totals[customer] = totals.get(customer, 0) + value
    if verbose:
        print(f"{{len(found)}} rows, {{len(totals)}} customers")
    return {{name: value for name, value in sorted(totals.items()) if value}}
"""


def write_project(folder: Path, functions: int) -> None:
    """Write a package with so many decorated functions, half of them methods."""
    package = folder / "app"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    for number in range(-(-functions // IN_A_MODULE)):
        half = IN_A_MODULE // 2
        text = HEAD.format(number=number)
        text += "".join(METHOD.format(number=number, index=index) for index in range(half))
        text += "".join(FUNCTION.format(number=number, index=index) for index in range(half, IN_A_MODULE))
        (package / f"queries_{number}.py").write_text(text, encoding="utf-8")


def seconds(folder: Path, *, plugin: bool, write_cache: bool) -> float:
    """Return the processor time of a cold run of mypy."""
    config = folder / "mypy.ini"
    config.write_text("[mypy]\nstrict = True\n" + ("plugins = typed_cache.mypy_plugin\n" if plugin else ""))
    with tempfile.TemporaryDirectory() as cache:
        place = cache if write_cache else os.devnull
        before = _processor_seconds()
        run = subprocess.run(  # noqa: S603  # mypy, over files written here
            [sys.executable, "-m", "mypy", "--config-file", config, "--cache-dir", place, "-p", "app"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        took = _processor_seconds() - before
    if run.returncode:
        raise SystemExit(run.stdout + run.stderr)
    return took


def _processor_seconds() -> float:
    """The time that ended child processes have spent on the processor, whatever else the machine did."""
    spent = os.times()
    return spent.children_user + spent.children_system


def pairs(functions: int, rounds: int, *, write_cache: bool) -> list[tuple[float, float]]:
    """Return, for each round, the seconds without the plugin and with it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_project(folder, functions)
        seconds(folder, plugin=True, write_cache=write_cache)
        found: list[tuple[float, float]] = []
        for number in range(rounds):
            order = (False, True) if number % 2 else (True, False)
            took = {plugin: seconds(folder, plugin=plugin, write_cache=write_cache) for plugin in order}
            found.append((took[False], took[True]))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figure; return 1 where the plugin costs more than it may."""
    parser = argparse.ArgumentParser(description="What the mypy plugin costs.")
    parser.add_argument("--functions", type=int, default=2000, help="how many decorated functions")
    parser.add_argument("--rounds", type=int, default=9, help="how often each of both is measured")
    parser.add_argument("--write-cache", action="store_true", help="let mypy write its cache")
    options = parser.parse_args(arguments)
    found = pairs(options.functions, options.rounds, write_cache=options.write_cache)
    ratios = sorted(with_plugin / without - 1 for without, with_plugin in found)
    added = statistics.median(ratios)
    print(f"mypy, cold, {options.functions:,} decorated functions, medians of {options.rounds} rounds:")
    print(f"  without the plugin  {statistics.median(without for without, _ in found):6.2f} s")
    print(f"  with the plugin     {statistics.median(with_plugin for _, with_plugin in found):6.2f} s")
    print(f"  added               {added:6.1%}  (at most {LIMIT:.0%})")
    print(f"  in single rounds    {ratios[0]:6.1%} to {ratios[-1]:.1%}")
    return 0 if added <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
