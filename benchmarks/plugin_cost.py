"""What the mypy plugin costs: projects of 2,000 decorated functions, checked cold with it and without.

    python benchmarks/plugin_cost.py [--functions 2000] [--rounds 9] [--write-cache]

The first project is a package of modules with forty decorated functions each and next to nothing else, which
is the worst case: real projects have code between them. Half are methods, with three names in the key, one of
them an attribute of `self`; half are functions of a dataclass, with two attributes in the key and one
parameter ignored. Their bodies have seven and eight lines under a docstring, loops, comprehensions and calls
as they are usual.

The second, which is printed beside it and has no limit, is mixed. Of the forty decorated functions of a
module a fifth each have optional parameters, one of them a date; are coroutine functions with a key from
another module; are methods whose keys all begin alike; invalidate what one of the second kind stored; are as
in the first project. The times to live are imported. Each tenth module has one more, whose key begins like
that of a function in the module before, and is never the same. Beside each decorated function stands one
without a decorator.

A round runs mypy twice, once with the plugin and once without, in turn the one and the other first, and gives
the ratio of their processor times (user and system), so that other work on the machine and its slower and
faster minutes hit both. The figure is the median of these ratios; above 5 % of the first project it exits
with 1. A run before the first round compiles what is imported, and is not counted. mypy's own cache is off:
to write it is the same work with the plugin and without, and `--write-cache` counts that work too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

IN_A_MODULE: Final = 40
BEGINS_LIKE_ANOTHER: Final = 10
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

SETTINGS: Final = '''"""What the modules share."""

from datetime import timedelta
from typing import Final

SHORT: Final = timedelta(minutes=1)
LONG = 6 * timedelta(hours=1)
'''
CONSTANT: Final = """ITEM_{number}_{index}: Final = "item_{number}_{index}_{{item_id}}_{{lang}}"
"""
MIXED_HEAD: Final = '''"""A catalog, part {number}."""

from dataclasses import dataclass
from datetime import date

from typed_cache import Cache

from app import settings
from app.settings import LONG, SHORT


@dataclass(frozen=True)
class Order{number}:
    id: int
    customer: str


class Stock{number}:
    def __init__(self, region: str, rows: list[int]) -> None:
        self.region = region
        self.rows = rows

'''
ALIKE: Final = """
    @Cache(key="stock_{number}_{{self.region}}_{{item_id}}_{{shelf}}_{index}", expire=SHORT)
    def count_{index}(self, item_id: int, shelf: str) -> int:
        \"\"\"Return how many there are.\"\"\"
        there = [row for row in self.rows if row % 7 == item_id % 7]
        return sum(there) + len(shelf)
"""
OPTIONAL: Final = """

@Cache(key="offers_{number}_{index}_{{shop_id}}_{{lang}}_{{since}}", expire=SHORT)
def offers_{index}(shop_id: int, lang: str | None = None, since: date | None = None) -> list[str]:
    \"\"\"Return the offers of a shop.\"\"\"
    first = since.toordinal() if since is not None else 0
    offers = [f"offer {{shop_id}} {{step}}" for step in range(first, first + 10)]
    if lang is not None:
        offers = [f"{{lang}}: {{offer.title()}}" for offer in offers]
    return sorted(offers)
"""
IMPORTED: Final = """

@Cache(key=settings.ITEM_{number}_{index}, expire=LONG)
async def item_{index}(item_id: int, lang: str) -> dict[str, str] | None:
    \"\"\"Return an item, where there is one.\"\"\"
    if item_id < 0:
        return None
    names = {{code: f"{{code}} {{item_id}}" for code in ("en", "de", lang)}}
    return {{code: name.strip() for code, name in names.items() if name}}
"""
INVALIDATOR: Final = """

@Cache(key=settings.ITEM_{number}_{index}, invalidate=True)
def rename_{index}(item_id: int, lang: str, name: str) -> None:
    \"\"\"Rename an item.\"\"\"
    letters = [letter for letter in name if letter.isalpha()]
    print(f"item {{item_id}} is {{''.join(letters)}} in {{lang}}")
"""
BEGINS_ALIKE: Final = """

@Cache(key="offers_{number}_{index}_{{shop_id}}_all")
def all_offers(shop_id: int) -> list[str]:
    \"\"\"Return the offers in no language.\"\"\"
    return [f"offer {{shop_id}} {{step}}" for step in range(10)]
"""
UNDECORATED: Final = """

def parsed_{index}(line: str, *, separator: str = ";") -> dict[str, int]:
    \"\"\"Return the numbers of a line, by their names.\"\"\"
    found: dict[str, int] = {{}}
    for part in line.split(separator):
        name, _, number = part.partition("=")
        if number.strip().isdigit():
            found[name.strip()] = int(number) + found.get(name, 0)
    return dict(sorted(found.items(), key=lambda item: item[1]))
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


def write_mixed_project(folder: Path, functions: int) -> None:
    """Write the second package with so many decorated functions, and as many others."""
    package = folder / "app"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    settings = SETTINGS
    fifth = IN_A_MODULE // 5
    for number in range(-(-functions // IN_A_MODULE)):
        text = MIXED_HEAD.format(number=number)
        for place, kind in enumerate((ALIKE, OPTIONAL, IMPORTED, INVALIDATOR, FUNCTION)):
            # What is invalidated was stored by the kind before it.
            first = (place - (kind is INVALIDATOR)) * fifth
            text += "".join(kind.format(number=number, index=first + step) for step in range(fifth))
        text += "".join(UNDECORATED.format(index=index) for index in range(IN_A_MODULE))
        if number % BEGINS_LIKE_ANOTHER == 1:
            text += BEGINS_ALIKE.format(number=number - 1, index=fifth)
        settings += "".join(
            CONSTANT.format(number=number, index=index) for index in range(2 * fifth, 3 * fifth)
        )
        (package / f"catalog_{number}.py").write_text(text, encoding="utf-8")
    (package / "settings.py").write_text(settings, encoding="utf-8")


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
    """Return, for each round over the first project, the seconds without the plugin and with it."""
    return pairs_over(write_project, functions, rounds, write_cache=write_cache)


def pairs_over(
    write: Callable[[Path, int], None], functions: int, rounds: int, *, write_cache: bool
) -> list[tuple[float, float]]:
    """Return, for each round over a project, the seconds without the plugin and with it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, functions)
        seconds(folder, plugin=True, write_cache=write_cache)
        found: list[tuple[float, float]] = []
        for number in range(rounds):
            order = (False, True) if number % 2 else (True, False)
            took = {plugin: seconds(folder, plugin=plugin, write_cache=write_cache) for plugin in order}
            found.append((took[False], took[True]))
    return found


def show(found: Sequence[tuple[float, float]], limit: str) -> float:
    """Print the figures of a project; return what the plugin adds, as a part of the time without it."""
    ratios = sorted(with_plugin / without - 1 for without, with_plugin in found)
    added = statistics.median(ratios)
    print(f"  without the plugin  {statistics.median(without for without, _ in found):6.2f} s")
    print(f"  with the plugin     {statistics.median(with_plugin for _, with_plugin in found):6.2f} s")
    print(f"  added               {added:6.1%}  ({limit})")
    print(f"  in single rounds    {ratios[0]:6.1%} to {ratios[-1]:.1%}")
    return added


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 1 where the plugin costs more than it may."""
    parser = argparse.ArgumentParser(description="What the mypy plugin costs.")
    parser.add_argument("--functions", type=int, default=2000, help="how many decorated functions")
    parser.add_argument("--rounds", type=int, default=9, help="how often each of both is measured")
    parser.add_argument("--write-cache", action="store_true", help="let mypy write its cache")
    options = parser.parse_args(arguments)
    functions, rounds, write_cache = options.functions, options.rounds, options.write_cache
    print(f"mypy, cold, {functions:,} decorated functions, medians of {rounds} rounds:")
    added = show(pairs(functions, rounds, write_cache=write_cache), f"at most {LIMIT:.0%}")
    print(f"a mixed project, {functions:,} decorated functions and as many others:")
    show(pairs_over(write_mixed_project, functions, rounds, write_cache=write_cache), "no limit")
    return 0 if added <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
