"""A coroutine is no value, and a handle that is not awaited does nothing."""

from typed_cache import Cache


@Cache(key="user_{user_id}")
async def get_user(user_id: int) -> str:
    return str(user_id)


class Repository:
    @Cache(key="order_{order_id}")
    async def order(self, order_id: int) -> float:
        return float(order_id)


async def wrong(repository: Repository) -> None:
    name: str = get_user(1)
    missing: str = await get_user.peek(1)
    await get_user("1")
    await get_user.refresh("1")
    await get_user.invalidate("1")
    await get_user.entry("1")
    await get_user.key_for(1)
    await repository.order("1")
    await repository.order.peek("1")
    number: int = await repository.order(1)
    print(name, missing, number)
