"""A cached function keeps its signature, and its handles take the same arguments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, assert_type

from typed_cache import Cache, Entry, Stats


@dataclass(frozen=True)
class User:
    name: str


class UserGetter(Protocol):
    def __call__(self, user_id: int, *, verbose: bool = ...) -> User: ...


@Cache(key="user_{user_id}", expire=timedelta(hours=3), ignore=("verbose",))
def get_user(user_id: int, *, verbose: bool = False) -> User:
    return User(f"{user_id} {verbose}")


@Cache(key="names")
def names() -> list[str]:
    return []


@Cache(key="sum_{numbers}_{options}")
def total(*numbers: int, **options: str) -> int:
    return sum(numbers) + len(options)


@Cache(key="nickname_{user_id}", version="2")
def nickname(user_id: int, /) -> str | None:
    return None if user_id else "Ada"


def calls() -> None:
    assert_type(get_user(1), User)
    assert_type(get_user(user_id=1, verbose=True), User)
    assert_type(names(), list[str])
    assert_type(total(1, 2, unit="m"), int)
    assert_type(nickname(1), str | None)


def handles_of_a_function() -> None:
    assert_type(get_user.key_for(1), str)
    assert_type(get_user.refresh(1, verbose=True), User)
    assert_type(get_user.peek(user_id=1), User | None)
    assert_type(get_user.entry(1), Entry[User] | None)
    get_user.invalidate(1, verbose=False)
    assert_type(get_user.stats(), Stats)
    assert_type(get_user.__wrapped__(1), User)
    assert_type(nickname.peek(1), str | None)
    if (entry := get_user.entry(1)) is not None:
        assert_type(entry.value, User)
        assert_type(entry.age, timedelta)


def stands_where_the_function_stood() -> None:
    getter: UserGetter = get_user
    plain: Callable[[int], User] = get_user
    assert_type(list(map(get_user, [1, 2])), list[User])
    assert_type((getter(1), plain(1)), tuple[User, User])
