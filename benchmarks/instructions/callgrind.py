"""Run the pieces under valgrind, and read what it counted.

One process measures all. It marks the ends of what is to be counted with a call of the C library that does
nothing else, and callgrind writes down the count at each (`--dump-before`). A piece runs for two numbers of
calls, and the difference of the two counts is divided by the difference of the calls: what the marks and the
loops cost around them falls out.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
MARK: Final = "getppid"
"""The function of the C library that marks; `os.getppid` calls it, and nothing here does otherwise."""

FEW, MANY = 500, 2_500
"""Calls of a piece: a full cycle of what happens now and then fits many times into the difference."""

_TOTAL: Final = re.compile(r"^totals: (\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a call, from its begin up to a step, and what that takes, with the loop around it."""

    call: str
    step: str
    """What comes next; nothing after the whole call."""

    instructions: float


def count(*arguments: str) -> list[Piece]:
    """Return what each piece takes, in the order in which they ran.

    Raises:
        SystemExit: valgrind is not there, or the pieces did not run.
    """
    if shutil.which("valgrind") is None:
        raise SystemExit(
            "valgrind counts the instructions, and it is not on the PATH. `apt-get install valgrind` or "
            "`dnf install valgrind` installs it; it runs on Linux."
        )
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        program = [sys.executable, "-m", "benchmarks.instructions.pieces", *arguments]
        _run([*program, "--warm"], folder)  # what follows finds its bytecode compiled
        valgrind = ["valgrind", "-q", "--tool=callgrind", f"--dump-before={MARK}"]
        printed = _run([*valgrind, f"--callgrind-out-file={out}", *program], folder)
        names: list[tuple[str, str]] = [(call, step) for call, step in json.loads(printed)]
        counts = [_total(Path(f"{out}.{number}")) for number in range(1, 3 * len(names) + 1)]
    # There are three marks a piece. What the first ends is what came before it.
    return [
        Piece(call, step, (long - short) / (MANY - FEW))
        for (call, step), short, long in zip(names, counts[1::3], counts[2::3], strict=True)
    ]


def _run(command: list[str], folder: str) -> str:
    """Return what a command prints, run where nothing but itself decides what it does."""
    environment = os.environ | {"PYTHONHASHSEED": "0", "PYTHONPYCACHEPREFIX": str(Path(folder, "bytecode"))}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    ended = subprocess.run(  # noqa: S603  # ourselves
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)} ended with status {ended.returncode}\n{ended.stderr}")
    return ended.stdout


def _total(dump: Path) -> int:
    """Return the instructions since the dump before this one."""
    found = _TOTAL.search(dump.read_text(encoding="utf-8", errors="replace"))
    if found is None:
        raise SystemExit(f"callgrind wrote no total into {dump.name}: is this a valgrind of 3.15 or later?")
    return int(found[1])
