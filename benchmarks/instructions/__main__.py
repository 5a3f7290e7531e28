"""The command line: `python -m benchmarks.instructions [--check | --budget | --docs]`.

It runs in the Python at hand. The exit status of `--check` is 1 where a call takes more than its budget.
"""

import argparse
import platform
import sys
from collections.abc import Sequence

from benchmarks._machine import built_with_pgo
from benchmarks.instructions import BASELINES, TITLES, YARDSTICKS, Profile, budget, page, profiles


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, and print, keep or judge."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.instructions", description="Count instructions."
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="hold each call against its budget")
    what.add_argument("--budget", action="store_true", help="make what is counted the budget of this Python")
    what.add_argument("--docs", action="store_true", help="put the figures into docs/profile.md")
    options = parser.parse_args(arguments)
    if options.check:
        return check()
    if options.budget:
        budget.keep(ratios())
        return 0
    found = profiles()
    print(*shown(found), sep="\n")
    if options.docs:
        python = f"{platform.python_version()}{' with PGO' if built_with_pgo() else ''}"
        text = page.PAGE.read_text(encoding="utf-8")
        page.PAGE.write_text(page.publish(text, found, python), encoding="utf-8")
    return 0


def check() -> int:
    """Print how each call stands to its budget; return 1 where one takes more."""
    build = budget.build()
    allowed = budget.read().get(build)
    if allowed is None:
        print(f"Python {build} has no budget, so nothing is held against it: `{budget.COMMAND}` writes one.")
        return 0
    print(f"instructions of a call on Python {build}, with a tolerance of {budget.TOLERANCE:.0%}")
    verdicts = budget.judge(ratios(), allowed)
    print(*(line for line, _ in verdicts), sep="\n")
    return int(not all(kept for _, kept in verdicts))


def ratios() -> dict[str, float]:
    """Return what each call takes, to the same of `lru_cache`."""
    found = profiles(whole=True)
    return {name: found[name].instructions / found[base].instructions for name, base in BASELINES.items()}


def shown(found: dict[str, Profile]) -> list[str]:
    """Return the profiles as text of fixed width."""
    lines: list[str] = []
    for name, title in {**YARDSTICKS, **TITLES}.items():
        profile = found[name]
        lines += [f"{profile.instructions:9,.0f}  {title}"]
        if name in TITLES:
            lines += [f"{step.instructions:9,.0f}      {step.text}" for step in profile.steps]
    return lines


if __name__ == "__main__":
    sys.exit(main())
