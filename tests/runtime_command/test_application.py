"""What an application does while a command looks into it: it prints, fails, ends, and waits."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

import typed_cache
from servers import MemcachedServer
from typed_cache.checker._commands import CLEAN, FINDINGS, USAGE

from .conftest import APP, Run

Trouble = Callable[[str], None]
CACHED = """
from typed_cache import Cache, CacheClientRam

@Cache(key="get_{number}", client=CacheClientRam())
def get(number: int) -> int: ...
"""


@pytest.fixture
def trouble(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trouble:
    """Write the module `trouble`, with a cached function `get` at its end."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(source: str) -> None:
        (tmp_path / "trouble.py").write_text(dedent(source) + CACHED, encoding="utf-8")

    return write


def test_printing(trouble: Trouble, run: Run) -> None:
    """What the application prints goes to standard error: a script reads the key from the other."""
    trouble('print("hello")\ndef configure(): print("configured")')

    assert run("key", "--setup", "trouble:configure", "trouble:get", "1") == (
        CLEAN,
        "get_1\n",
        "hello\nconfigured\n",
    )


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('import sys\nsys.exit("DATABASE_URL is not set")', "ended the program: DATABASE_URL is not set\n"),
        ("raise SystemExit(0)", "ended the program: exit status 0\n"),
        ("raise SystemExit", "ended the program: exit status 0\n"),
        ("raise SystemExit(7)", "ended the program: exit status 7\n"),
    ],
)
def test_ending(source: str, told: str, trouble: Trouble, run: Run) -> None:
    """An application that ends the program ends the command, as what could not be done."""
    trouble(source)

    assert run("key", "trouble:get", "1") == (USAGE, "", f"typed-cache: trouble:get {told}")


def test_ending_in_a_setup(trouble: Trouble, run: Run) -> None:
    """So it is in a setup, which is named."""
    trouble('import sys\nasync def configure(): sys.exit("no settings")')

    assert run("peek", "--setup", "trouble:configure", "trouble:get", "1") == (
        USAGE,
        "",
        "typed-cache: --setup trouble:configure ended the program: no settings\n",
    )


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("raise RuntimeError('oh')", ["trouble.py", "RuntimeError: oh"]),
        ("import not_there", ["trouble.py", "ModuleNotFoundError: No module named 'not_there'"]),
        ("raise AttributeError('oh')", ["trouble.py", "AttributeError: oh"]),
        ("def configure(:", ["trouble.py", "SyntaxError: invalid syntax"]),
        ("async def configure(): 1 / 0", ["in configure", "ZeroDivisionError: division by zero"]),
        ("def configure(x): ...", ["TypeError: configure() missing 1 required positional argument: 'x'"]),
        (
            "def configure():\n    try: 1 / 0\n    except Exception: {}[1]",
            ["ZeroDivisionError", "KeyError: 1"],
        ),
        ("def configure(): raise ExceptionGroup('all', [OSError('oh')])", ["OSError: oh"]),
    ],
)
def test_failing(source: str, lines: list[str], trouble: Trouble, run: Run) -> None:
    """What the application raises is told with its own frames only; it does not mean "no entry"."""
    trouble(source)
    status, out, err = run("peek", "--setup", "trouble:configure", "trouble:get", "1")

    assert (status, out) == (USAGE, "")
    assert err.startswith("typed-cache: --setup trouble:configure failed in the application.\n")
    assert all(line in err for line in lines)
    assert str(Path(typed_cache.__file__).parent) not in err
    assert "importlib" not in err


CLIENT = """
from typed_cache import Cache, CacheClientFactory

class Client:
    def from_cache(self, key): {body}
    to_cache = invalidate_cache = from_cache

factory = CacheClientFactory()
factory.register("own", Client())
Cache.set_cache_factory(factory)

@Cache(key="own_{{number}}", cache_client_name="own")
def own(number: int) -> int: ...
"""


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (
            "raise ConnectionError('refused')",
            FINDINGS,
            "no answer from the client: ConnectionError: refused\n",
        ),
        ("return 1 / 0", USAGE, "typed-cache: the client of trouble.own failed in the application.\n"),
        ("print('asked')", FINDINGS, "asked\nno entry under own_1 (absent)\n"),
    ],
)
def test_client_of_the_application(body: str, status: int, told: str, trouble: Trouble, run: Run) -> None:
    """A client that cannot be reached gives no answer; one that has a bug is shown where."""
    trouble(CLIENT.format(body=body))
    answer = run("peek", "trouble:own", "1")

    assert answer[:2] == (status, "")
    assert answer[2].startswith(told)


def test_one_event_loop(memcached: MemcachedServer) -> None:
    """A connection that the setup opened serves all questions of a command."""
    memcached.ask(b"set remote_1 0 0 1\r\n1")
    ran = subprocess.run(
        [sys.executable, "-m", "typed_cache", "show", "--setup", "remote:configure", "remote:remote", "1"],
        cwd=APP,
        env={**os.environ, "BOOKSHOP_MEMCACHED": memcached.address},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (CLEAN, "")
    assert "value  b'1'" in ran.stdout
