"""`.plain` keeps a function's own type: for overrides, protocols, overloads and generics."""

from typing import Protocol, Self, TypeVar, assert_type, overload

from typing_extensions import override

from typed_cache import Cache, handles

T = TypeVar("T")


class Names(Protocol):
    def name(self, user_id: int) -> str: ...


class Base:
    def name(self, user_id: int) -> str:
        return str(user_id)


class Fast(Base):
    @Cache(key="name_{user_id}").plain
    @override
    def name(self, user_id: int) -> str:
        return f"fast {user_id}"


class Node:
    @Cache(key="node_{n}").plain
    @classmethod
    def make(cls, n: int) -> Self:
        return cls()

    @Cache(key="next_{n}").plain
    def next(self, n: int) -> Self:
        return self


class Leaf(Node):
    pass


def used_self() -> None:
    assert_type(Node.make(1), Node)
    assert_type(Leaf.make(1), Leaf)
    assert_type(Leaf().next(1), Leaf)
    assert_type(handles(Leaf.make).peek(1), Leaf | None)


@overload
def parse(text: str) -> str: ...
@overload
def parse(text: bytes) -> bytes: ...
@Cache(key="parse_{text}").plain
def parse(text: str | bytes) -> str | bytes:
    return text


@Cache(key="first_{values}").plain
def first(values: tuple[T, ...]) -> T:
    return values[0]


@Cache(key="user_{user_id}").plain
async def get_user(user_id: int) -> str:
    return str(user_id)


async def used(fast: Fast, numbers: tuple[int, ...], words: tuple[str, ...]) -> None:
    names: Names = fast
    assert_type(names.name(1), str)
    assert_type(fast.name(1), str)
    assert_type(parse("a"), str)
    assert_type(parse(b"a"), bytes)
    assert_type(first(numbers), int)
    assert_type(first(words), str)
    assert_type(await get_user(1), str)


async def handles_of_plain(fast: Fast) -> None:
    handles(fast.name).invalidate(1)
    assert_type(handles(fast.name).peek(1), str | None)
    assert_type(handles(fast.name).key_for(user_id=1), str)
    assert_type(await handles(get_user).peek(1), str | None)
    await handles(get_user).invalidate(1)
