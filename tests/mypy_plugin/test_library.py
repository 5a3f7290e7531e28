"""The classes of the standard library mean the same whatever mypy's process has loaded."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

CONFIG: Final = "[mypy]\nplugins = typed_cache.mypy_plugin\nstrict = True\n"
PROGRAM: Final = """
import io
import threading
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from typed_cache import Cache


@Cache(key="a_{amount}_{share}_{token}_{zone}")
def right(amount: Decimal, share: Fraction, token: UUID, zone: ZoneInfo) -> int:
    return 1


@Cache(key="b_{counts}_{stream}_{lock}")
def wrong(counts: defaultdict[str, int], stream: io.StringIO, lock: threading.Lock) -> int:
    return 1


class Repo:
    def __init__(self, rate: Decimal) -> None:
        self.rate = rate

    @Cache(key="c_{self.rate}_{n}")
    def named(self, n: int) -> str:
        return f"{self.rate}{n}"

    @Cache(key="d_{n}")
    def left_out(self, n: int) -> str:
        return f"{self.rate}{n}"
"""


@pytest.mark.parametrize(
    "loaded", ["sys", "importlib.metadata, decimal, uuid, fractions, zoneinfo"], ids=["fresh", "loaded"]
)
def test_answers_do_not_depend_on_what_is_loaded(loaded: str, tmp_path: Path) -> None:
    """In a process with the classes and in one without, mypy says the same."""
    (tmp_path / "mypy.ini").write_text(CONFIG)
    (tmp_path / "app.py").write_text(PROGRAM)
    run = f"import {loaded}; from mypy.main import main; main(args=['--no-incremental', 'app.py'])"
    found = subprocess.run(
        [sys.executable, "-c", run], cwd=tmp_path, capture_output=True, text=True, check=False
    ).stdout
    errors = [line.split(" ")[2:4] for line in found.splitlines() if " error: " in line]
    assert errors == [
        ["TC007", "'counts',"],
        ["TC007", "'stream',"],
        ["TC007", "'lock',"],
        ["TC005", "state"],
    ]
