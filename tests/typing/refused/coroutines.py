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
    name: str = get_user(1)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    missing: str = await get_user.peek(1)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    await get_user("1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    await get_user.refresh("1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    await get_user.invalidate("1")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    await get_user.entry("1")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    await get_user.key_for(1)  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]  # ty: ignore[invalid-await]  # pyrefly: ignore[not-async]
    await repository.order("1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    await repository.order.peek("1")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    number: int = await repository.order(1)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    print(name, missing, number)
