"""What the tests of the commands share: an application, and the commands run in its folder."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Final, TypeAlias

import pytest

from servers import MemcachedServer
from typed_cache import Cache
from typed_cache.checker import main

APP: Final = Path(__file__).parent / "app"

Told: TypeAlias = tuple[int, str, str]
Run: TypeAlias = Callable[..., Told]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run the command in the folder of the application; return status, output and errors."""
    monkeypatch.chdir(APP)
    monkeypatch.setattr(sys, "path", [*sys.path])
    Cache.set_cache_factory(None)
    loaded = set(sys.modules)

    def told(*arguments: str) -> Told:
        status = main(arguments)
        written = capsys.readouterr()
        return status, written.out, written.err

    yield told
    Cache.set_cache_factory(None)
    for name in {"bookshop", "trouble"} - loaded:
        sys.modules.pop(name, None)


@pytest.fixture
def app(run: Run, memcached: MemcachedServer, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The application, with a running memcached."""
    monkeypatch.setenv("BOOKSHOP_MEMCACHED", memcached.address)
    monkeypatch.syspath_prepend(str(APP))
    module = importlib.import_module("bookshop")
    module.configure()
    return module
