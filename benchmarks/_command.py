"""What the command line does once it runs where the peers are: run scenarios, show and keep the results.

Several scenarios run in a process each, so that none inherits another's memory, threads or imports, and one
that fails takes nothing with it.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import _machine, _pages
from benchmarks._environment import ROOT
from benchmarks._figures import Report, read_report, write_report
from benchmarks._goals import judge_all
from benchmarks._options import Options
from benchmarks._report import show, show_verdicts
from benchmarks._scenarios import SCENARIOS, measure

MISSED, FAILED = 1, 2


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Run the scenarios that `given` names; return the status to exit with."""
    if given.list:
        print(*(f"{name:15} {summary}" for name, (_, summary) in SCENARIOS.items()), sep="\n")
        return 0
    if given.render:
        _pages.write_page()
        return 0
    names: list[str] = given.only or list(SCENARIOS)
    if unknown := [name for name in names if name not in SCENARIOS]:
        parser.error(f"--only {' '.join(unknown)}: no such scenario. There are {', '.join(SCENARIOS)}")
    options = Options(quick=given.quick, same_core=given.same_core)
    if len(names) == 1:
        report, failed = _alone(names[0], options), False
    else:
        parts = [_apart(name, options) for name in names]
        results = [result for part in parts if part for result in part.results]
        report, failed = Report(_machine.describe(), options.quick, results), None in parts
        print(show_verdicts(report))
    if given.json:
        write_report(report, given.json)
    if given.docs:
        _pages.publish(report)
    return FAILED if failed else MISSED * any(not verdict.met for verdict in judge_all(report))


def _alone(name: str, options: Options) -> Report:
    """Run one scenario in this process, and print what it finds."""
    machine = _machine.describe()
    results = list(measure(name, options))
    for result in results:
        print(show(result, machine), flush=True)
    return Report(machine, options.quick, results)


def _apart(name: str, options: Options) -> Report | None:
    """Run one scenario in a process of its own; None where it failed."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, "results.json")
        flags = [*["--quick"] * options.quick, *["--same-core"] * options.same_core]
        command = [sys.executable, "-m", "benchmarks", "--here", "--only", name, "--json", str(kept), *flags]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603  # ourselves
        if kept.exists():
            return read_report(kept)
    print(f"{name}: FAILED, with status {status}\n", file=sys.stderr, flush=True)
    return None
