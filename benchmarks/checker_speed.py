"""Time `typed-cache check` over a generated project of 100,000 lines, on one core and on all.

python benchmarks/checker_speed.py
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

LINES: Final = 100_000
LIMIT: Final = 5.0
"""Seconds that one core may take."""

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


def generate(folder: Path) -> int:
    """Write the project; return its lines."""
    package = folder / "generated"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "models.py").write_text(MODELS, encoding="utf-8")
    lines = MODELS.count("\n")
    module = 0
    while lines < LINES:
        functions = (CACHED.format(module=module, number=number) for number in range(10))
        classes = (CLASS.format(number=number) for number in range(50))
        text = HEAD + "".join([*functions, *classes])
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


def main() -> int:
    """Print both times; 1 is returned where one core took longer than the limit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = generate(folder)
        alone = seconds(folder, ["--jobs", "1"])
        shared = seconds(folder, [])
    print(f"{lines:,} lines on one core: {alone:.2f} s (limit {LIMIT:.0f} s)")
    print(f"{lines:,} lines on up to {os.cpu_count()} cores: {shared:.2f} s")
    return int(alone > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
