"""What an import costs: whole processes in turn, with an import and without, and the modules that it brings.

A figure is the time of a process with the import, less that of an empty one of the same round, both by the
processor time that the system counted for them. Bytecode is compiled before the first round.
"""

import atexit
import functools
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from typing import Final

from benchmarks._environment import reason_for_absence
from benchmarks._figures import Quartiles, Row, Table
from benchmarks._options import Options
from benchmarks._peers import Peer

EMPTY: Final = "pass"
OURS: Final = (
    "import typed_cache",
    "from typed_cache import Cache",
    "from typed_cache import Cache, CacheClientRam",
    "from typed_cache import Cache, CacheClientMemcached",
)
PEERS: Final = {
    "import cachetools": "cachetools",
    "import cachebox": "cachebox",
    "import moka_py": "moka-py",
    "import theine": "theine",
    "import cacheout": "cacheout",
    "import async_lru": "async-lru",
    "import diskcache": "diskcache",
    "import dogpile.cache": "dogpile.cache",
    "import aiocache": "aiocache",
    "import cashews": "cashews",
    "import flask_caching": "flask-caching",
    "import django.core.cache": "django",
    "import pymemcache": "pymemcache",
    "import redis": "redis",
}
LATE: Final = ("asyncio", "pydantic", "pymemcache", "redis")
"""What is not to be there until it is used."""


def run(options: Options) -> list[Table]:
    """Time the imports in turn."""
    absent: dict[str, str] = {}
    statements = [*OURS]
    for statement, package in PEERS.items():
        tried = subprocess.run([sys.executable, "-c", statement], capture_output=True, text=True, check=False)  # noqa: S603  # an import from above
        if tried.returncode:
            told = ImportError((tried.stderr.strip().splitlines() or ["failed"])[-1])
            absent[statement] = reason_for_absence(package, told)
        else:
            statements.append(statement)
    taken: dict[str, list[float]] = {statement: [] for statement in [EMPTY, *statements]}
    for statement in taken:
        seconds(statement)
    for _ in range(7 if options.quick else 31):
        for statement, found in taken.items():
            found.append(seconds(statement) * 1e3)
    rows = [
        Row(
            statement,
            Quartiles.of(own - empty for own, empty in zip(taken[statement], taken[EMPTY], strict=True)),
            None,
            Peer(statement, PEERS.get(statement, ""), lambda function, _: function).version,
            brings(statement),
        )
        for statement in statements
    ]
    rows.sort(key=lambda row: row.figure.median)
    title = "an import, over a process that imports nothing"
    return [Table("import-time/process", title, "ms", rows, "", absent)]


def seconds(statement: str) -> float:
    """Return the processor time of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    program = [sys.executable, "-c", statement]
    subprocess.run(program, check=True, env=environment())  # noqa: S603  # an import
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@functools.cache
def environment() -> dict[str, str]:
    """Return one where bytecode is kept, as it is where a package was installed; some machines forbid it."""
    kept = tempfile.mkdtemp(prefix="bytecode-")
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return inherited | {"PYTHONPYCACHEPREFIX": kept}


def brings(statement: str) -> str:
    """Say how many modules an import brings, and which of those that are to come late."""
    program = f"import sys; before = set(sys.modules); {statement}; print(*(set(sys.modules) - before))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  # the same
    modules = told.stdout.split()
    late = [name for name in LATE if name in modules]
    return f"{len(modules)} modules" + (f", {', '.join(late)} among them" if late else "")
