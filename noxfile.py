"""Every chore of this repository, as nox sessions; `nox --list` shows them, CONTRIBUTING.md explains them.

`nox` alone is the quick loop for an edit: lint, mypy, and the tests that need no type checker.
"""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import nox

PYPROJECT: Final = nox.project.load_toml("pyproject.toml")
PYTHONS: Final = nox.project.python_versions(PYPROJECT)
SERVERS: Final = {"memcached": "memcached"}
"""The servers that the tests start: the binary, and the package that has it (apt, dnf and brew agree)."""

COUNTERS: Final = {"valgrind": "valgrind"}
"""What counts instructions: the binary, and the package that has it (apt and dnf agree)."""

STUBTEST: Final = ("pymemcache", "--allowlist", "stubs/stubtest-allowlist.txt")
IMPORT_ALL: Final = "import typed_cache as t; print(*(getattr(t, name) for name in t.__all__), sep='\\n')"
"""Run by a Python that has the wheel and its dependencies, and nothing else."""

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["quick"]
nox.options.reuse_existing_virtualenvs = True
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False


def group(*names: str) -> tuple[str, ...]:
    """Return what the dependency groups of pyproject.toml list under `names`."""
    return nox.project.dependency_groups(PYPROJECT, *names)


@nox.session
def demo(session: nox.Session) -> None:
    """Show the library at work on 28,000 airports."""
    session.install(".", *group("demo"))
    session.run("python", "-m", "examples.airports", *session.posargs)


@nox.session
def quick(session: nox.Session) -> None:
    """Check an edit in under two minutes."""
    ensure_servers(session)
    session.install("-e", ".", *group("tests", "lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("pytest", "-m", "not checkers", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the whole suite; with arguments (`-- -k ram`) that part of it, and no demand on coverage."""
    ensure_servers(session)
    session.install("-e", ".", *group("tests"))
    session.run("pytest", *(session.posargs or ["--cov", "--cov-report=term"]))


@nox.session(name="tests-on", python=PYTHONS)
def tests_on(session: nox.Session) -> None:
    """Run the suite on one of the supported Pythons; those that the machine lacks are skipped."""
    ensure_servers(session)
    session.install("-e", ".", *group("tests"))
    session.run("pytest", *(session.posargs or ["-m", "not checkers"]))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, spelling, and that imports point down."""
    session.install("-e", ".", *group("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("codespell")
    session.run("lint-imports", "--no-cache", "--no-logo")


@nox.session
def typing(session: nox.Session) -> None:
    """Ask four type checkers about the library, its stubs, the example, and the typing tests."""
    session.install(".", *group("tests"))  # not "-e": --verifytypes sees only what is really installed
    session.run("mypy")
    session.run("mypy", "-p", "examples")
    session.run("pyright")
    session.run("ty", "check")
    session.run("pyrefly", "check")
    session.run("pyright", "--verifytypes", "typed_cache", "--ignoreexternal")
    session.run("stubtest", *STUBTEST, env={"MYPYPATH": "stubs"})
    session.run("pytest", "-m", "checkers", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site into build/docs; a warning is an error."""
    session.install("-e", ".", *group("docs"))
    session.run("sphinx-build", "-W", "--keep-going", "-b", "html", "docs", "build/docs", *session.posargs)


@nox.session(venv_backend="none")
def bench(session: nox.Session) -> None:
    """Time ours beside every peer, in an environment of its own: `-- --help` says what it takes."""
    # 1 says that a goal was missed, as the figures show
    session.run(sys.executable, "-m", "benchmarks", *session.posargs, success_codes=(0, 1), external=True)


@nox.session
def instructions(session: nox.Session) -> None:
    """Hold the instructions of hits and misses against their budget; no clock is asked."""
    if sys.platform != "linux":
        session.skip("valgrind, which counts the instructions, runs on Linux")
    ensure_installed(session, COUNTERS, "it counts the instructions")
    session.install("-e", ".")
    session.run("python", "-m", "benchmarks.instructions", *(session.posargs or ["--check"]))


@nox.session
def build(session: nox.Session) -> None:
    """Build sdist and wheel, and import the wheel where nothing but its dependencies is installed."""
    session.install(*group("build"))
    work = Path(session.create_tmp()).resolve()
    dist, bare = work / "dist", work / "bare"
    shutil.rmtree(dist, ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(dist), silent=True)
    session.run("twine", "check", "--strict", *map(str, sorted(dist.iterdir())))
    session.run("python", "-m", "venv", "--clear", str(bare))
    python = str(bare / ("Scripts" if os.name == "nt" else "bin") / "python")
    (wheel,) = dist.glob("*.whl")
    session.run(python, "-m", "pip", "install", "--quiet", str(wheel), external=True)
    session.run(python, "-W", "error", "-c", IMPORT_ALL, external=True)


def ensure_servers(session: nox.Session) -> None:
    """Install the servers that the tests start."""
    ensure_installed(session, SERVERS, "the tests start it on a free port of this machine")


def ensure_installed(session: nox.Session, programs: Mapping[str, str], purpose: str) -> None:
    """Install what `programs` lists, where that needs no questions; else say what for, and how to."""
    missing = [package for binary, package in programs.items() if shutil.which(binary) is None]
    if not missing:
        return
    names = " ".join(missing)
    if sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        session.run("apt-get", "update", "-qq", external=True)
        session.run(
            *("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing),
            env={"DEBIAN_FRONTEND": "noninteractive"},
            external=True,
        )
        return
    session.error(
        f"{names} is not installed, and {purpose}. Use one of\n"
        f"  sudo apt-get install {names}    (Debian, Ubuntu)\n"
        f"  sudo dnf install {names}        (Fedora)\n"
        f"  brew install {names}            (macOS)\n"
        f"and run this again."
    )
