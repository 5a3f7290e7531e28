"""The command line of the benchmarks: `python -m benchmarks --help`, or `nox -s bench -- --help`.

It runs in an environment of its own, with the peers in it, made at first use for the Python that is asked
for; `--here` runs in the Python at hand. The exit status is 1 where a goal was missed, 2 where a scenario
failed.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import _environment


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    parser = make_parser()
    options = parser.parse_args(given)
    if options.docs and options.quick:
        parser.error("--docs keeps figures, and --quick makes none to keep: leave one of them out")
    if options.here:
        from benchmarks import _command  # noqa: PLC0415  # needs what the environment has

        return _command.run(options, parser)
    wanted = _environment.find_python(options.python) if options.python else base_python()
    python = _environment.ensure(wanted)
    command = [str(python), "-m", "benchmarks", *given, "--here"]
    return subprocess.run(command, cwd=_environment.ROOT, check=False).returncode  # noqa: S603  # ourselves


def base_python() -> str:
    """Return the interpreter behind the environment that this one belongs to."""
    return getattr(sys, "_base_executable", None) or sys.executable


def make_parser() -> argparse.ArgumentParser:
    """Return the options, each with its meaning."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Time ours beside every peer.")
    add = parser.add_argument
    add("--list", action="store_true", help="list the scenarios, and stop")
    add("--only", nargs="+", action="extend", metavar="NAME", default=[], help="run these scenarios alone")
    add("--quick", action="store_true", help="a look in a few minutes, not figures to keep")
    add("--python", metavar="P", help="a version (3.13) or the path of an interpreter")
    add("--same-core", action="store_true", help="measure a server on the core of its client, and no other")
    add("--here", action="store_true", help="use this Python as it is, whatever it has")
    add("--json", type=Path, metavar="FILE", help="where the results go as well")
    add("--docs", action="store_true", help="put the figures into docs/performance.md")
    add("--render", action="store_true", help="write that page anew from the figures that are kept, and stop")
    return parser


if __name__ == "__main__":
    sys.exit(main())
