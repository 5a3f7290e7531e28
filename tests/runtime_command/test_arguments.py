"""Words of the command line become arguments, by the annotations of the function."""

import datetime as dt
import enum
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, NewType

import pytest

from typed_cache.checker._commands import UsageError
from typed_cache.checker._runtime_arguments import arguments_from
from typed_cache.checker._runtime_values import value_of


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


Name = NewType("Name", str)


def get_user(
    user_id: int, lang: str = "en", *, verbose: bool = False, since: dt.date | None = None
) -> None: ...
def variadic(first: Colour, *numbers: int, **named: Decimal) -> None: ...
def untyped(value, flag=False) -> None: ...  # type: ignore[no-untyped-def]  # noqa: ANN001
def structured(sizes: list[int], place: Path = Path()) -> None: ...
def positional(a: int, /, *, b: int = 0) -> None: ...
def kinds(a: Literal["x", "y"] | None, b: Colour = Colour.RED) -> None: ...
def unresolved(a: "Nowhere") -> None: ...  # type: ignore[name-defined]  # noqa: F821


@pytest.mark.parametrize(
    ("words", "function", "given"),
    [
        (["42"], get_user, {"user_id": 42}),
        (["-42"], get_user, {"user_id": -42}),
        (["42", "de"], get_user, {"user_id": 42, "lang": "de"}),
        (["42", "7"], get_user, {"user_id": 42, "lang": "7"}),
        (["--user-id", "42"], get_user, {"user_id": 42}),
        (["--user_id=42"], get_user, {"user_id": 42}),
        (["42", "--verbose"], get_user, {"user_id": 42, "verbose": True}),
        (["--verbose", "42"], get_user, {"user_id": 42, "verbose": True}),
        (["42", "--no-verbose"], get_user, {"user_id": 42, "verbose": False}),
        (["42", "--verbose=false"], get_user, {"user_id": 42, "verbose": False}),
        (["1", "--since=2024-02-29"], get_user, {"user_id": 1, "since": dt.date(2024, 2, 29)}),
        (["1", "--since", "null"], get_user, {"user_id": 1, "since": None}),
        (["1", "--", "--lang"], get_user, {"user_id": 1, "lang": "--lang"}),
        (["red", "1", "2"], variadic, {"first": Colour.RED, "numbers": (1, 2)}),
        (["red", "--tax=1.50"], variadic, {"first": Colour.RED, "named": {"tax": Decimal("1.50")}}),
        (["42"], untyped, {"value": 42}),
        (["AU"], untyped, {"value": "AU"}),
        (['{"a": [1]}', "--flag"], untyped, {"value": {"a": [1]}, "flag": True}),
        (["[1, 2]"], structured, {"sizes": [1, 2]}),
        (["[]", "/srv"], structured, {"sizes": [], "place": Path("/srv")}),
        (["1", "--b=2"], positional, {"a": 1, "b": 2}),
        (["x"], unresolved, {"a": "x"}),
    ],
)
def test_words_become_arguments(words: list[str], function: Any, given: dict[str, object]) -> None:
    """Each word is one value, of the type that the parameter has."""
    assert arguments_from(words, function).arguments == given


@pytest.mark.parametrize(
    ("text", "annotation", "value"),
    [
        ("3", int | str, 3),
        ('"3"', int | str, "3"),
        ("x", int | str, "x"),
        ("007", int | str, "007"),
        ("null", str | None, None),
        ('"null"', str | None, "null"),
        ("3", str | None, "3"),
        ("null", Name | None, None),
        ("null", Annotated[str | None, "documented"], None),
        ("null", Path | None, None),
        ("null", str, "null"),
        ('"3"', str, '"3"'),
        ("true", bool | str, True),
        ("2024-02-29", dt.date | str, dt.date(2024, 2, 29)),
        ('"2024-02-29"', dt.date | str, "2024-02-29"),
        ("1.50", Decimal | str, Decimal("1.50")),
        ("red", Colour | str, Colour.RED),
        ("[1]", list[int] | str, [1]),
        ("abcd", bytes | str, "abcd"),
        ("/srv", Path | str, "/srv"),
        ("3", Any | None, 3),
    ],
)
def test_words_of_several_types(text: str, annotation: Any, value: object) -> None:
    """A word is a text where it fits no other type, or stands in JSON's quotes; null is None."""
    found = value_of(text, annotation)

    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("words", "function", "told"),
    [
        ([], get_user, "missing a required argument: 'user_id'"),
        (["x"], get_user, "'x' is no int for 'user_id'"),
        (["1", "de", "3"], get_user, "too many positional"),
        (["1", "--loud"], get_user, "there is no parameter --loud"),
        (["1", "--no-lang"], get_user, "there is no parameter --no-lang"),
        (["1", "--lang"], get_user, "--lang needs a value"),
        (["--a=1"], positional, "there is no parameter --a"),
        (["green"], variadic, r"'green' is no Colour \('red', 'blue'\) for 'first'"),
        (["c"], kinds, r"'c' is no Literal\['x', 'y'\] \| None for 'a'"),
        (["[1, x]"], structured, "is no list"),
        (["1"], structured, "'1' is no list"),
    ],
)
def test_what_does_not_fit(words: list[str], function: Any, told: str) -> None:
    """What the function does not take is refused, with the reason."""
    with pytest.raises(UsageError, match=told):
        arguments_from(words, function)


def test_usage_is_told() -> None:
    """A refusal says what the function takes."""
    with pytest.raises(UsageError, match=r"USER_ID \[LANG\] \[--verbose\] \[--since SINCE\]"):
        arguments_from([], get_user)
