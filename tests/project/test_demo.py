"""The demo of the README, run as its reader runs it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

pytest.importorskip("airportsdata")

ROOT: Final = Path(__file__).parents[2]


def run_demo(path: str) -> subprocess.CompletedProcess[str]:
    """Run the demo with `path` as its PATH."""
    environment = {**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "examples.airports"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_demo_on_ram_alone(tmp_path: Path) -> None:
    """Without a memcached on the PATH it shows hits, the new name and the refused template."""
    demo = run_demo(str(tmp_path))

    assert demo.returncode == 0, demo.stderr
    assert demo.stderr == ""
    assert "hit" in demo.stdout
    assert "refused" in demo.stdout
    assert "TC002" in demo.stdout
    assert "^^^" in demo.stdout
    assert "no memcached" in demo.stdout


def test_demo_over_memcached() -> None:
    """With a memcached it survives the server's death in mid-run."""
    assert shutil.which("memcached"), "install the package memcached"
    demo = run_demo(os.environ["PATH"])

    assert demo.returncode == 0, demo.stderr
    assert "killed" in demo.stdout
    assert "still answers" in demo.stdout
