"""What an import may load, and which way imports point."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
OPTIONAL: Final = [
    "asyncio",
    "attr",
    "attrs",
    "cachetools",
    "decimal",
    "difflib",
    "fractions",
    "logging",
    "mypy",
    "pickle",
    "pydantic",
    "pymemcache",
    "pytest",
    "redis",
    "typed_cache.testing",
    "uuid",
    "zoneinfo",
    "zstandard",
]


def modules_loaded_by(statement: str) -> set[str]:
    """Return the names that `statement` adds to `sys.modules` in a new process."""
    program = (
        f"import json, sys; before = set(sys.modules); {statement};"
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout))


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """What the names load that every program imports; `import typed_cache` alone loads nothing yet."""
    return modules_loaded_by("from typed_cache import Cache, CacheClientFactory, Policy")


@pytest.mark.parametrize("name", OPTIONAL)
def test_import_loads_nothing_optional(loaded: set[str], name: str) -> None:
    """Who does not use Memcached, pydantic or asyncio does not pay for them."""
    assert name not in loaded


def test_ram_needs_no_memcached() -> None:
    """The RAM client loads no network library."""
    loaded = modules_loaded_by("from typed_cache import Cache, CacheClientRam; CacheClientRam()")

    assert not loaded & {"pymemcache", "ssl", "asyncio"}


def test_memcached_is_loaded_when_asked_for() -> None:
    """Every built-in client is importable from the package itself."""
    loaded = modules_loaded_by("from typed_cache import CacheClientMemcached")

    assert "typed_cache.clients.memcached" in loaded


def test_imports_point_down() -> None:
    """A room imports only from the floors below it, as .importlinter lays down."""
    program = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [program, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("module", ["errors", "serializers", "testing"])
def test_a_public_module_is_an_attribute(module: str) -> None:
    """`import typed_cache` is enough to reach the modules that docs/api.md names."""
    assert f"typed_cache.{module}" in modules_loaded_by(f"import typed_cache; typed_cache.{module}")
