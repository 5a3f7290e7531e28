"""Caching functions that can build the same key and return different types."""

import gc
import importlib
import sys
import time
import weakref
from pathlib import Path
from typing import Any

import pytest

from typed_cache.errors import KeyTemplateWarning
from typed_cache.template import CollisionRegister, FunctionFacts, facts_of, record, report


def caching(name: str, parameters: str = "", returns: str = "int", module: str = "app") -> FunctionFacts:
    """The facts of a function with that signature."""
    scope: dict[str, Any] = {"__name__": module}
    exec(f"import datetime as dt, uuid\ndef {name}({parameters}) -> {returns!r}: ...", scope)
    return facts_of(scope[name])


def codes(first: tuple[str, str], second: tuple[str, str], *, returns: str = "str") -> list[str]:
    """What is said of a second function that returns something else; each is (parameters, key)."""
    register = CollisionRegister()
    assert register.record(caching("first", first[0]), first[1]) == []
    return [problem.code for problem in register.record(caching("second", second[0], returns), second[1])]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("a: int", "user_{a}"), ("b: int", "user_{b}")),
        (("", "user_me"), ("name: str", "user_{name}")),
        (("name: str", "user_{name}"), ("", "user_me")),
        (("", "user_42"), ("a: int", "user_{a}")),
        (("", "user__"), ("a: int | None", "user_{a}")),
        (("a", "user_{a}"), ("b: int", "user_{b}")),
        (("a", "user_{a}"), ("b", "user_{b}")),
        (("a: int, b: str", "user_{a}_{b}"), ("a: int", "user_{a}_orders")),
        (("a: int", "u4{a}"), ("a: int", "u{a}")),
        (("a: str", "v{a}"), ("", "v'x'")),
        (("a: float", "v{a}"), ("", "v1.5")),
        (("a: float", "v{a}"), ("b: int", "v{b}")),
        (("a: dt.date", "v{a}"), ("b: dt.date | None", "v{b}")),
        (("a: bool", "v{a}"), ("", "v?1")),
        (("", "all"), ("", "all")),
        (("a: dt.date", "v{a}"), ("", "vdate(2024-01-01)")),
        (("a", "v{a}"), ("", "vdate(2024-01-01)")),
        (("a: int, b: int", "{a}.{b}"), ("b: int", "1.{b}")),
    ],
)
def test_collision(first: tuple[str, str], second: tuple[str, str]) -> None:
    """Templates that can build one key are found, whichever comes first."""
    assert codes(first, second) == ["TC009"]
    assert codes(second, first) == ["TC009"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("a: int", "user_{a}"), ("a: int", "order_{a}")),
        (("a: int", "user_{a}"), ("a: int", "user_{a}_orders")),
        (("a: int", "user_{a}"), ("", "user_me")),
        (("a: str", "user_{a}"), ("a: int", "user_{a}")),
        (("a: str", "user_{a}"), ("", "user_me_too")),
        (("a: str", "user_{a}"), ("", "user_42")),
        (("a: int, b: int", "user_{a}_{b}"), ("a: int", "user_{a}_orders")),
        (("a: int, b: int", "user_{a}_{b}"), ("a: int", "user_{a}")),
        (("a: dt.date", "x_{a}"), ("a: uuid.UUID", "x_{a}")),
        (("a: bool", "x_{a}"), ("a: int", "x_{a}")),
        (("a", "user_{a}"), ("", "users")),
        (("a", "user_{a}"), ("b", "user_{b}_x")),
        (("a: int", "a{a}"), ("a: int", "{a}a")),
        (("a: int", "u_{a}_x"), ("b: int", "u_{b}_y")),
        (("a: list[int]", "x{a}"), ("a: tuple[int, ...]", "x{a}")),
    ],
)
def test_no_collision(first: tuple[str, str], second: tuple[str, str]) -> None:
    """Templates that can never build one key are left in peace."""
    assert codes(first, second) == []
    assert codes(second, first) == []


@pytest.mark.parametrize("returns", ["int", "", "Any", "typing.Any"])
def test_same_or_no_return_type(returns: str) -> None:
    """Functions that return one type may share keys, and so may those that do not say."""
    facts = caching("second", "a: int", returns)
    register = CollisionRegister()
    register.record(caching("first", "a: int"), "user_{a}")
    assert register.record(facts, "user_{a}") == []


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("User", "app.models.User", False),
        ("list[User]", "list[app.models.User]", False),
        ("app.User", "other.User", True),
        ("User", "Order", True),
        ("User | None", "User", True),
    ],
)
def test_unresolved_return_types(one: str, other: str, differ: bool) -> None:
    """A name that could not be resolved may be the full one."""
    register = CollisionRegister()
    register.record(caching("first", "", one), "k")
    assert bool(register.record(caching("second", "", other), "k")) is differ


def test_clients_are_apart() -> None:
    """Functions on two clients share no keys."""
    register = CollisionRegister()
    register.record(caching("first"), "k", "ram")
    assert register.record(caching("second", "", "str"), "k", "memcached") == []


def test_same_function_again() -> None:
    """A function that is decorated again takes its own place, with its new key."""
    register = CollisionRegister()
    register.record(caching("first"), "k")
    assert register.record(caching("first", "", "str"), "k") == []
    assert register.record(caching("first", "", "str"), "other") == []
    assert register.record(caching("second"), "k") == []


def test_across_modules_without_a_key() -> None:
    """Functions of one name in two modules share the key that key=None stands for."""
    register = CollisionRegister()
    register.record(caching("totals", module="app.a"), None)
    assert len(register.record(caching("totals", "", "str", module="app.b"), None)) == 1


@pytest.mark.parametrize(
    ("one", "other", "met"),
    [
        ("test_a.<locals>.get", "test_b.<locals>.get", False),
        ("test_a.<locals>.get", "test_a.<locals>.Repo.get", True),
        ("test_a.<locals>.get", "get", True),
        ("Repo.get", "get", True),
    ],
)
def test_functions_made_in_functions(one: str, other: str, met: bool) -> None:
    """Functions that two other functions made inside them are not taken to be in use at once."""
    register = CollisionRegister()
    register.record(FunctionFacts("app", one, "app.py", 1, returns="int"), "k")
    assert bool(register.record(FunctionFacts("app", other, "app.py", 9, returns="str"), "k")) is met


def test_words() -> None:
    """The problem names the other function, its place, both types and a key."""
    register = CollisionRegister()
    register.record(caching("first", "name: str"), "user_{name}")
    facts = caching("second", "", "str")
    (problem,) = problems = register.record(facts, "user_me")
    assert problem.what == "keys shared with app.first"
    assert problem.remedy.startswith(
        "Both can build 'user_me', and app.first (<string>:2) returns int, not str."
    )
    with pytest.warns(KeyTemplateWarning, match="TC009 keys shared with app.first in the key of app.second"):
        report(problems, facts)


def test_reload(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that is loaded again collides with nothing, and is not kept alive."""
    (tmp_path / "shelf.py").write_text("def load(n: int) -> int: return n\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("shelf")
    assert record(facts_of(module.load), "reload_{n}", "test_reload") == []
    module = importlib.reload(module)
    assert record(facts_of(module.load), "reload_{n}", "test_reload") == []
    function, gone = weakref.ref(module.load), weakref.ref(module)
    del sys.modules["shelf"], module
    gc.collect()
    assert (function(), gone()) == (None, None)


def test_ten_thousand_functions() -> None:
    """A register of ten thousand functions still answers in a fraction of a millisecond each."""
    facts = [caching_facts(f"f{number}") for number in range(2)]
    register = CollisionRegister()
    started = time.process_time()
    for number in range(10_000):
        named = FunctionFacts("app", f"f{number}", "app.py", 1, facts[0].parameters, returns="int")
        register.record(named, f"app_{number:05}_{{a}}")
    assert time.process_time() - started < 10
    assert register.record(caching("late", "", "str"), "app_00007_3") != []


def caching_facts(name: str) -> FunctionFacts:
    return caching(name, "a: int")


def test_key_functions_make_texts_and_tuples() -> None:
    """A key function's part can be a word, never a number."""
    register = CollisionRegister()
    register.record(caching("keyed", "a: int", "int"), "user_{...}")

    assert register.record(caching("number", "a: int", "str"), "user_{a}") == []
    assert [problem.code for problem in register.record(caching("me", "", "str"), "user_me")] == ["TC009"]
