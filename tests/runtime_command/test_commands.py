"""`key`, `peek`, `invalidate` and `show`, on an application and a real memcached."""

import asyncio
import importlib
from types import ModuleType
from typing import Final

import pytest

from servers import MemcachedServer
from typed_cache.checker._commands import CLEAN, COMMANDS, FINDINGS, USAGE

from .conftest import APP, Run

SETUP: Final = ("--setup", "bookshop:configure")


@pytest.mark.parametrize("name", ["key", "peek", "show", "invalidate", "map"])
def test_help(name: str, run: Run) -> None:
    """Each subcommand has help with an example, and the table knows it."""
    status, out, _ = run(name, "--help")

    assert status == CLEAN
    assert f"  typed-cache {name} " in out
    assert "exit status" in out
    assert name in COMMANDS


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["bookshop:book", "42", "--loud"], "book_42"),
        (["bookshop:shelf", "New York"], "shelf_'New%20York'_1"),
        (["bookshop:library.loan", "7"], "loan_Ulm_7"),
        (["bookshop:library.sign"], "sign_Ulm"),
        (["bookshop:library.motto"], "motto_Ulm"),
        (["bookshop:anything", "1", "--more", "--x=1"], "any_1_?1_()_{x=1}"),
        (["bookshop:shelf", "--", "--x"], "shelf_'--x'_1"),
        (["bookshop:shelf", "a", "--", "2"], "shelf_a_2"),
        (["--setup=bookshop:configure", "bookshop:anything", "1", "--setup=x"], "any_1_?0_()_{setup=x}"),
        (["bookshop:anything", "1", "--", "-h"], "any_1_'-h'"),
        (
            ["bookshop:typed", "2024-02-29", "--price=1.50"],
            "typed_date(2024-02-29)_Decimal(1.50)_@bookshop.Binding(HARD)_PosixPath('.')_()__",
        ),
    ],
)
def test_key(words: list[str], key: str, run: Run) -> None:
    """The key is printed, without a client, for functions and for methods of an instance."""
    status, out, _ = run("key", *words)

    assert status == CLEAN
    assert out.startswith(key)


def test_key_is_what_the_client_gets(app: ModuleType, run: Run) -> None:
    """With a client, a long key is shown as that client stores it."""
    _, out, _ = run("key", *SETUP, "bookshop:shelf", "x" * 300)

    assert out.strip() == app.shelf.key_for("x" * 300)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["bookshop"], "'bookshop' names no function"),
        (["nowhere:book", "1"], "nowhere cannot be imported"),
        (["bookshop:no_book", "1"], "no attribute 'no_book'"),
        (["bookshop:not_cached"], "bookshop:not_cached is not cached"),
        (["bookshop:factory"], "bookshop:factory is not cached"),
        (["bookshop:rename", "1"], "bookshop:rename invalidates, and keeps no entry of its own"),
        (["bookshop:library.close", "1"], "bookshop:library.close invalidates"),
        (["bookshop:Library.sign"], "Name it on an instance: bookshop:an_instance.sign"),
        (["bookshop:book", "1", "--help"], "there is no parameter --help"),
        ([], "name a cached function, as in app.users:get_user"),
        ([*SETUP, "bookshop:page", "1"], "No client is registered under 'paper'"),
        (["bookshop:Library.loan", "1"], "Name it on an instance: bookshop:an_instance.loan"),
        (["bookshop:book", "x"], "'x' is no int"),
        (["bookshop:keyless", "1"], "no key function"),
        (["broken:anything"], "TC002"),
        (["--setup", "bookshop:library", "bookshop:book", "1"], "it is no function"),
    ],
)
def test_wrong_usage(words: list[str], told: str, run: Run) -> None:
    """What cannot be found or does not fit is told in a line, with exit status 2."""
    status, out, err = run("key", *words)

    assert (status, out) == (USAGE, "")
    assert told in err


def test_client_that_is_not_registered(run: Run) -> None:
    """Without a setup there is no client to ask, and the remedy is named."""
    status, _, err = run("peek", "bookshop:book", "1")

    assert status == USAGE
    assert "Or name a function that does so: --setup app.caches:configure" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*SETUP, "bookshop:page", "1"), "'paper'"),
        (("--setup", "bookshop:configure_two", "bookshop:anywhere", "1"), "Several clients are registered"),
        (("--setup", "bookshop:configure_none", "bookshop:page", "1"), "registered: none"),
    ],
)
def test_setup_that_leaves_a_client_out(words: tuple[str, ...], told: str, run: Run) -> None:
    """Whoever gave a setup is told what it registers, and not to give one."""
    status, _, err = run("peek", *words)

    assert status == USAGE
    assert told in err
    assert "--setup" not in err


def test_peek(app: ModuleType, run: Run) -> None:
    """The value is printed, and the function is not called."""
    app.book(42)

    assert run("peek", *SETUP, "bookshop:book", "42") == (CLEAN, "Book(title='Book 42', pages=100)\n", "")
    assert run("peek", *SETUP, "bookshop:book", "43") == (FINDINGS, "", "no entry under book_43 (absent)\n")


def test_setup_behind_the_function(app: ModuleType, run: Run) -> None:
    """--setup may stand where one would add it to a line that was typed before."""
    app.book(42)

    assert run("peek", "bookshop:book", "42", *SETUP)[0] == CLEAN
    assert run("peek", "bookshop:book", "--setup=bookshop:configure", "42")[0] == CLEAN


def test_coroutine_functions(app: ModuleType, run: Run) -> None:
    """Entries of coroutine functions are read without awaiting them, and a setup may be one."""
    asyncio.run(app.later(7))

    assert run("peek", "--setup", "bookshop:configure_later", "bookshop:later", "7") == (CLEAN, "7\n", "")


def test_cached_property(app: ModuleType, run: Run) -> None:
    """The entry of a property is looked at, and its function is not called."""
    assert run("peek", *SETUP, "bookshop:library.sign")[::2] == (
        FINDINGS,
        "no entry under sign_Ulm (absent)\n",
    )
    assert app.library.sign == "Ulm"
    assert run("peek", *SETUP, "bookshop:library.sign")[:2] == (CLEAN, "'Ulm'\n")


def test_invalidate(app: ModuleType, run: Run) -> None:
    """The entry is gone afterwards."""
    app.book(42)

    assert run("invalidate", *SETUP, "bookshop:book", "42") == (CLEAN, "invalidated book_42\n", "")
    assert app.book.peek(42) is None


def test_show(app: ModuleType, run: Run) -> None:
    """Key, age, freshness, fingerprint, size and value."""
    app.book(42)
    status, out, _ = run("show", *SETUP, "bookshop:book", "42")
    rows = dict(line.split(maxsplit=1) for line in out.splitlines())

    assert status == CLEAN
    assert rows["key"] == "book_42"
    assert rows["fresh"].startswith(("for 1h", "for 59min"))
    assert len(rows["fingerprint"]) == 16
    assert rows["size"].endswith(" bytes")
    assert rows["value"] == "Book(title='Book 42', pages=100)"


def test_show_of_another_layout(app: ModuleType, run: Run, memcached: MemcachedServer) -> None:
    """Of an entry that cannot be used, what is there is shown, and why it is a miss."""
    memcached.ask(b"set books:book_9 0 0 3\r\nold")
    status, out, err = run("show", *SETUP, "bookshop:book", "9")

    assert status == FINDINGS
    assert "fingerprint  none" in out
    assert "no entry under book_9 (" in err


def test_entries_of_another_process(run: Run) -> None:
    """A client in memory is empty here, and the reader is told why."""
    status, _, err = run("show", *SETUP, "bookshop:shelf", "a")

    assert status == FINDINGS
    assert "in the memory of one process" in err


def test_show_without_bytes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry in memory has an age and a value, and no size."""
    monkeypatch.syspath_prepend(str(APP))
    module = importlib.import_module("bookshop")
    module.configure()
    module.shelf("a" * 70, 2)
    status, out, _ = run("show", *SETUP, "bookshop:shelf", "a" * 70, "2")

    assert status == CLEAN
    assert "fresh  for ever" in out
    assert "size" not in out


def test_dead_backend(run: Run, mortal_memcached: MemcachedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backend that does not answer is told as that, not as a miss."""
    monkeypatch.setenv("BOOKSHOP_MEMCACHED", mortal_memcached.address)
    mortal_memcached.kill()

    for name in ("peek", "show", "invalidate"):
        status, out, err = run(name, *SETUP, "bookshop:book", "1")
        assert (status, out) == (FINDINGS, "")
        assert "no answer from the client" in err
