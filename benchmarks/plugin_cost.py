"""What the mypy plugin costs: a project of 2,000 decorated functions, checked cold with it and without.

    python benchmarks/plugin_cost.py [--functions 2000] [--rounds 5]

Each round starts mypy anew, with an empty cache, once without and once with the plugin; the figure is the
ratio of the shortest processor times, which other work on the machine disturbs least. Above 5 % it exits
with 1.
"""

import argparse
import os
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
            if order_id % 7 == self.tenant % 7:
                continue
            orders[order_id] = Order{number}(order_id, customer.title())
        if not orders:
            return []
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
        mean = sum(totals.values()) / max(1, len(totals))
        print(f"{{len(found)}} rows, {{len(totals)}} customers, {{mean:.2f}}")
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


def seconds(folder: Path, *, plugin: bool) -> float:
    """Return the processor time of a cold run of mypy."""
    config = folder / "mypy.ini"
    config.write_text("[mypy]\nstrict = True\n" + ("plugins = typed_cache.mypy_plugin\n" if plugin else ""))
    with tempfile.TemporaryDirectory() as cache:
        before = _processor_seconds()
        run = subprocess.run(  # noqa: S603  # mypy, over files written here
            [sys.executable, "-m", "mypy", "--config-file", config, "--cache-dir", cache, "-p", "app"],
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figure; return 1 where the plugin costs more than it may."""
    parser = argparse.ArgumentParser(description="What the mypy plugin costs.")
    parser.add_argument("--functions", type=int, default=2000, help="how many decorated functions")
    parser.add_argument("--rounds", type=int, default=5, help="how often each of both is measured")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_project(folder, options.functions)
        without, with_plugin = [], []
        for _ in range(options.rounds):
            without.append(seconds(folder, plugin=False))
            with_plugin.append(seconds(folder, plugin=True))
    added = min(with_plugin) / min(without) - 1
    print(f"mypy, cold, {options.functions:,} decorated functions, best of {options.rounds}:")
    print(f"  without the plugin  {min(without):6.2f} s")
    print(f"  with the plugin     {min(with_plugin):6.2f} s")
    print(f"  added               {added:6.1%}  (at most {LIMIT:.0%})")
    return 0 if added <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
