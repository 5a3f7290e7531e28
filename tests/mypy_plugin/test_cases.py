"""The plugin in every way that mypy runs: cold, warm, with workers, as a daemon."""

import io
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from mypy import api
from mypy.dmypy_server import Server, process_start_options
from mypy.find_sources import create_source_list

from mypy_case_reader import CASES, Case, Errors, errors_in

ACROSS_MODULES = {"come_and_go", "constants", "neighbours", "readers"}
across_modules = pytest.mark.parametrize(
    "case", [case for case in CASES if case.name in ACROSS_MODULES], ids=lambda case: case.name
)
by_name = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
CONFIG = "[mypy]\nplugins = typed_cache.mypy_plugin\nstrict = True\n"
LIBRARY = "import dataclasses, functools, contextvars, datetime\nimport typed_cache\n"
OPTIONS = ["--config-file", "mypy.ini", "--no-error-summary"]


@pytest.fixture(scope="module")
def of_the_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What mypy caches of the standard library and of typed_cache: no test is about reading these."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "mypy.ini").write_text(CONFIG)
    (folder / "app.py").write_text(
        "import dataclasses, functools, contextvars, datetime\nimport typed_cache\n"
    )
    api.run(
        [
            "--config-file",
            str(folder / "mypy.ini"),
            "--cache-dir",
            str(folder / "cache"),
            str(folder / "app.py"),
        ]
    )
    for of_app in (folder / "cache").rglob("app.*"):
        of_app.unlink()
    return folder / "cache"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project that uses the plugin, as the working directory."""
    (tmp_path / "mypy.ini").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(folder: Path, *options: str) -> Errors:
    """Run mypy in this process."""
    output, crash, _ = api.run([*OPTIONS, *options, "app"])
    assert not crash
    return errors_in(output, folder)


@by_name
def test_cold(case: Case, folder: Path, of_the_library: Path) -> None:
    """Every step by itself: the wrong lines are found, the right ones left alone."""
    for step in range(len(case.steps)):
        case.write(step, folder)
        shutil.copytree(of_the_library, f"cold_{step}")
        assert run(folder, "--cache-dir", f"cold_{step}") == case.errors(step)


@by_name
def test_warm(case: Case, folder: Path, of_the_library: Path) -> None:
    """What mypy has cached, of this step and the ones before, changes no answer."""
    shutil.copytree(of_the_library, ".mypy_cache")
    for step in range(len(case.steps)):
        case.write(step, folder)
        assert run(folder) == case.errors(step)
        assert run(folder) == case.errors(step)


@by_name
def test_daemon(case: Case, folder: Path) -> None:
    """The daemon, which only looks at what has changed, gives the same answers."""
    options = process_start_options(["--config-file", "mypy.ini", "app"], allow_sources=True)
    server = Server(options, "status.json")
    for step in range(len(case.steps)):
        case.write(step, folder)
        sources = create_source_list(["app"], options, server.fscache)
        server.fscache.flush()
        with redirect_stdout(io.StringIO()):
            answer = server.check(sources, export_types=False, is_tty=False, terminal_width=80)
        assert errors_in(str(answer["out"]), folder) == case.errors(step)


@across_modules
def test_workers(case: Case, folder: Path) -> None:
    """Several workers share the modules, and give the same answers."""
    for step in range(len(case.steps)):
        case.write(step, folder)
        found = subprocess.run(
            [sys.executable, "-m", "mypy", *OPTIONS, "-n", "2", "app"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert errors_in(found.stdout, folder) == case.errors(step), found.stderr
