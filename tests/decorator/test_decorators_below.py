"""Decorators of the user's own between `Cache` and the function."""

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest

from typed_cache import Cache, CacheClientRam

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class Session:
    name = "session"


def with_session(fn: Callable[Concatenate[Session, P], R]) -> Callable[P, R]:
    """Fill in the first parameter, and say which are left."""

    @functools.wraps(fn)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        return fn(Session(), *args, **kwargs)

    signature = inspect.signature(fn)
    rest = list(signature.parameters.values())[1:]
    vars(wrapper)["__signature__"] = signature.replace(parameters=rest)
    return wrapper


def as_list(fn: Callable[P, Iterable[T]]) -> Callable[P, list[T]]:
    """Change the result, and say so."""

    @functools.wraps(fn)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> list[T]:
        return list(fn(*args, **kwargs))

    vars(wrapper)["__signature__"] = inspect.signature(fn).replace(return_annotation=list[int])
    return wrapper


@pytest.fixture
def ram() -> CacheClientRam[Any]:
    return CacheClientRam()


def test_a_parameter_that_a_decorator_fills_in(ram: CacheClientRam[Any]) -> None:
    """It is no argument of a call, of a key or of a handle; its own signature says so."""
    calls = []

    @Cache(key="report_{number}_{loud}", client=ram)
    @with_session
    def report(session: Session, number: int, *, loud: bool = False) -> str:
        calls.append(number)
        return f"{session.name} {number} {loud}"

    assert [report(3), report(number=3), report(3, loud=True)] == [
        "session 3 False",
        "session 3 False",
        "session 3 True",
    ]
    assert calls == [3, 3]
    assert report.key_for(3) == "report_3_?0"
    assert report.peek(3) == "session 3 False"


def test_a_result_that_a_decorator_changes(ram: CacheClientRam[Any]) -> None:
    """A generator that a decorator makes a list of is cached as that list."""

    @Cache(key="numbers_{count}", client=ram)
    @as_list
    def numbers(count: int) -> Iterator[int]:
        yield from range(count)

    assert (numbers(3), numbers(3)) == ([0, 1, 2], [0, 1, 2])
    assert numbers.peek(3) == [0, 1, 2]
