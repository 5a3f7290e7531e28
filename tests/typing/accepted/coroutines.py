"""A cached coroutine function is awaited as before, and so are its handles."""

from typing import assert_type

from typed_cache import Cache, Entry, Stats


@Cache(key="user_{user_id}")
async def get_user(user_id: int) -> str:
    return str(user_id)


class Repository:
    @Cache(key="order_{order_id}")
    async def order(self, order_id: int) -> float:
        return float(order_id)

    @Cache(key="kind_{name}")
    @classmethod
    async def kind(cls, name: str) -> str:
        return f"{cls.__name__} {name}"


async def awaited(repository: Repository) -> None:
    assert_type(await get_user(1), str)
    assert_type(await get_user.refresh(1), str)
    assert_type(await get_user.peek(1), str | None)
    assert_type(await get_user.entry(1), Entry[str] | None)
    await get_user.invalidate(1)
    assert_type(await repository.order(1), float)
    assert_type(await repository.order.peek(1), float | None)
    await repository.order.invalidate(1)
    assert_type(await Repository.kind("a"), str)
    assert_type(await Repository.kind.entry("a"), Entry[str] | None)


def not_awaited(repository: Repository) -> None:
    assert_type(get_user.key_for(1), str)
    assert_type(get_user.stats(), Stats)
    assert_type(repository.order.key_for(1), str)
