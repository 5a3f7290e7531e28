"""The stubs of pymemcache agree with the library."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

STUBS = Path(__file__).parents[2] / "stubs"


@pytest.mark.checkers
def test_the_stubs_are_what_pymemcache_is() -> None:
    """stubtest, which imports the library and compares, finds no difference."""
    allowed = ["--allowlist", str(STUBS / "stubtest-allowlist.txt")]
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "pymemcache", *allowed],
        env={**os.environ, "MYPYPATH": str(STUBS)},
        cwd=STUBS,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
