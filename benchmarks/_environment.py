"""Where the peers are installed: an environment of their own for each Python, under build/.

They are installed together if that works, and else one by one, so that one that has no wheel for this
Python costs nobody else. What could not be installed is kept with the reason, and named in every table.

This module runs before anything is installed: it imports the standard library only.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "build" / "benchmarks"
REASONS: Final = "not-installed.json"
DONE: Final = "installed.json"
ASK: Final = (
    "import sys; print(sys.implementation.name, '.'.join(map(str, sys.version_info[:3])), sys.prefix)"
)


def requirements() -> list[str]:
    """Return the peers, as the dependency group `bench` of pyproject.toml lists them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        listed = tomllib.load(file)["dependency-groups"]["bench"]
    return [entry for entry in listed if isinstance(entry, str)]


def find_python(wanted: str) -> str:
    """Return the interpreter that `--python` means: a path, a name on the PATH, or a version.

    Raises:
        SystemExit: There is none.
    """
    if found := shutil.which(wanted):
        return found
    if re.fullmatch(r"\d+\.\d+(\.\d+)?t?", wanted):
        series = ".".join(wanted.split(".")[:2])
        pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
        kept = sorted(
            (place for place in pyenv.glob(f"{wanted}*/bin/python{series}") if _runs(place)),
            key=lambda place: [int(part) for part in re.findall(r"\d+", place.parents[1].name)],
        )
        named = shutil.which(f"python{wanted}")
        if kept:
            return str(kept[-1])
        if named and _runs(Path(named)):
            return named
    raise SystemExit(
        f"--python {wanted}: no such interpreter. Write a version that pyenv or the PATH has (3.13), "
        "or the path of one (/usr/bin/python3.11)."
    )


def _runs(python: Path) -> bool:
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0  # noqa: S603


def ensure(python: str) -> Path:
    """Return the interpreter of an environment for `python` that has the peers, made at first use."""
    asked = subprocess.run([python, "-c", ASK], capture_output=True, text=True, check=True)  # noqa: S603
    implementation, version, prefix = asked.stdout.strip().split(" ", 2)
    where = re.sub(r"\W+", "-", prefix).strip("-")
    home = FOLDER / f"{implementation}-{version}-{where}"
    inside = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    wanted = requirements()
    done = home / DONE
    if not done.exists() or json.loads(done.read_text(encoding="utf-8")) != wanted:
        print(f"installing the peers for Python {version} into {home.relative_to(ROOT)}", flush=True)
        if not inside.exists():
            subprocess.run([python, "-m", "venv", home], check=True)  # noqa: S603
        _install(inside, home, wanted)
        done.write_text(json.dumps(wanted), encoding="utf-8")
    return inside


def _install(inside: Path, home: Path, wanted: Sequence[str]) -> None:
    """Install the library as it stands in this checkout, and the peers."""
    pip = [str(inside), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-e", str(ROOT)], check=True)  # noqa: S603
    reasons: dict[str, str] = {}
    if subprocess.run([*pip, "--only-binary", ":all:", *wanted], capture_output=True, check=False).returncode:  # noqa: S603
        for requirement in wanted:
            command = [*pip, "--only-binary", ":all:", requirement]
            tried = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
            if tried.returncode:
                errors = [line for line in tried.stderr.splitlines() if line.startswith("ERROR")]
                reasons[_package(requirement)] = errors[-1] if errors else "pip could not install it"
    (home / REASONS).write_text(json.dumps(reasons, indent=1), encoding="utf-8")


def _package(requirement: str) -> str:
    """Return the name in a requirement, as PyPI compares names."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~ ;]", requirement, maxsplit=1)[0]).lower()


def reason_for_absence(package: str, error: ImportError) -> str:
    """Return why `package` is not there, as its installation told it, or as its import does."""
    reasons = Path(sys.prefix, REASONS)
    if reasons.exists():
        told: dict[str, str] = json.loads(reasons.read_text(encoding="utf-8"))
        if reason := told.get(_package(package)):
            return f"not installed: {reason}"
    return f"not there: {error}"
