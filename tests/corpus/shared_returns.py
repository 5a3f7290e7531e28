"""Return types of functions that share their keys: the same however they are spelled, or nothing known."""

from typing import Any, Literal, Optional, TypeAlias, TypeVar, Union

from typed_cache import Cache

T = TypeVar("T")
Table = dict[str, T]
Rows: TypeAlias = list[Table[int]]


@Cache(key="aliased_{number}")
def by_alias(number: int) -> Table[int]:
    return {"a": number}


@Cache(key="aliased_{number}")
def written_out(number: int) -> dict[str, int]:
    return {"b": number}


@Cache(key="nested_{number}")
def by_nested_alias(number: int) -> Rows:
    return [{"a": number}]


@Cache(key="nested_{number}")
def nested_written_out(number: int) -> list[dict[str, int]]:
    return [{"b": number}]


@Cache(key="chosen_{number}")
def one_order(number: int) -> Literal["a", "b"]:
    return "a" if number else "b"


@Cache(key="chosen_{number}")
def other_order(number: int) -> Literal["b", "a"]:
    return "b" if number else "a"


@Cache(key="either_{number}")
def one_union(number: int) -> Union[int, str, None]:  # noqa: UP007
    return number or None


@Cache(key="either_{number}")
def other_union(number: int) -> "Optional[str | int]":  # noqa: UP045
    return number or "none"


@Cache(key="anything_{number}")
def says_nothing(number: int) -> Any:
    return number


@Cache(key="anything_{number}")
def says_something(number: int) -> int:
    return number


@Cache(key="other_alias_{number}")
def by_alias_of_int(number: int) -> Table[int]:
    return {"a": number}


@Cache(key="other_alias_{number}")  # !TC009
def by_alias_of_str(number: int) -> Table[str]:
    return {"a": str(number)}


@Cache(key="other_literal_{number}")
def chosen_of_two(number: int) -> Literal["a", "b"]:
    return "a" if number else "b"


@Cache(key="other_literal_{number}")  # !TC009
def chosen_of_three(number: int) -> Literal["a", "b", "c"]:
    return "c" if number else "b"
