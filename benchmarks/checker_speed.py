"""Time `typed-cache check` over generated projects of 100,000 lines, on one core and on all.

One project is mostly code that caches nothing, the other has a class of the same name, with cached methods,
in each of many modules. On one core it is processor time that counts, which other programs do not lengthen.

python benchmarks/checker_speed.py
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

LINES: Final = 100_000
LIMIT: Final = 5.0
"""Seconds of a processor that one process may take."""

HEAD: Final = '''\
"""A generated module."""

from generated.models import Cache, User

'''
CACHED: Final = '''
@Cache(key="module{module}_function{number}_{{user.id}}_{{page}}")
def function{number}(user: User, page: int) -> User:
    """Return the user."""
    return user

'''
CLASS: Final = '''
class Class{number}:
    """Do what most code does, which is nothing about caches."""

    def __init__(self, count: int, name: str = "x") -> None:
        self.count = count
        self.names = {{"one": [count, name, (1, 2, 3)], "other": count + 1}}

    def run(self, limit: int) -> list[int]:
        """Compute something."""
        total = 0
        for index in range(limit):
            if index % 3 == 0 and self.count > index:
                total += self.count * index - len(self.names)
            else:
                print("passing", index, total, sep=", ")
        return [number * 2 for number in range(total) if number]

'''
REPOSITORY_HEAD: Final = '''\
"""A generated module."""

from generated.models import Cache


class Repository:
    """Read rows."""

    def __init__(self, tenant_id: int, session: object) -> None:
        self.tenant_id = tenant_id
        self.session = session

    @Cache(key="read{module}_{{self.tenant_id}}_{{row}}")
    def read(self, row: int) -> int:
        """Return the row."""
        return self.tenant_id + row

    @Cache(key="count{module}_{{self.tenant_id}}_{{row}}")
    def count(self, row: int) -> int:
        """Return how often."""
        return self.tenant_id * row

'''
MODELS: Final = '''\
"""What the generated modules import."""

from dataclasses import dataclass

from typed_cache import Cache

__all__ = ["Cache", "User"]


@dataclass
class User:
    """A parameter."""

    id: int
    name: str
'''


def functions_and_classes(module: int) -> str:
    """Return a module of ten cached functions and fifty classes."""
    functions = (CACHED.format(module=module, number=number) for number in range(10))
    classes = (CLASS.format(number=number) for number in range(50))
    return HEAD + "".join([*functions, *classes])


def repository(module: int) -> str:
    """Return a module with the class that every other one has too."""
    classes = (CLASS.format(number=number) for number in range(10))
    return REPOSITORY_HEAD.format(module=module) + "".join(classes)


def generate(folder: Path, module_text: Callable[[int], str] = functions_and_classes) -> int:
    """Write a project; return its lines."""
    package = folder / "generated"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "models.py").write_text(MODELS, encoding="utf-8")
    lines = MODELS.count("\n")
    module = 0
    while lines < LINES:
        text = module_text(module)
        (package / f"module{module}.py").write_text(text, encoding="utf-8")
        lines += text.count("\n")
        module += 1
    return lines


def seconds(folder: Path, arguments: Sequence[str]) -> float:
    """Return what a run of the command takes from start to end."""
    command = [sys.executable, "-m", "typed_cache", "check", *arguments, str(folder)]
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command
    return time.perf_counter() - begun


def processor_seconds(folder: Path) -> float:
    """Return what a run in one process takes of a processor; on Windows, from start to end."""
    before = os.times()
    elapsed = seconds(folder, ["--jobs", "1"])
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used or elapsed


def main() -> int:
    """Print the times; 1 is returned where one process took longer than the limit."""
    worst = 0.0
    for module_text in (functions_and_classes, repository):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            lines = generate(folder, module_text)
            alone = processor_seconds(folder)
            shared = seconds(folder, [])
        what = module_text.__name__.replace("_", " ")
        print(f"{what}: {lines:,} lines on one core: {alone:.2f} s of a processor (limit {LIMIT:.0f} s)")
        print(f"{what}: {lines:,} lines on up to {os.cpu_count()} cores: {shared:.2f} s from start to end")
        worst = max(worst, alone)
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
