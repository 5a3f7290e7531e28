"""What the tests of the command share: a project written to a temporary folder, and the command itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import TypeAlias

import pytest

from typed_cache.checker import main

HEAD = "from typed_cache import Cache\n"


@dataclass(frozen=True)
class Answer:
    """What the command said."""

    status: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        """The codes of the findings, in order."""
        heads = [
            line.split(": ", 1)[1] for line in self.out.splitlines() if ": TC" in line and line[:1] != " "
        ]
        return [head.split()[0] for head in heads]


Run: TypeAlias = Callable[..., Answer]
Write: TypeAlias = Callable[..., Path]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments: str) -> Answer:
        status = main(arguments)
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return run_command


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a source file below that folder; the import of `Cache` is put in front."""

    def write_source(name: str, source: str, *, head: str = HEAD) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + dedent(source), encoding="utf-8")
        return path

    return write_source
