"""A function that invalidates or stores keeps its own type, however many decorators it wears."""

from typing import assert_type

from typed_cache import Cache


@Cache(key="user_{user_id}", invalidate=True)
def set_name(user_id: int, name: str) -> None:
    print(user_id, name)


@Cache(key="user_{user_id}", invalidate=True)
@Cache(key="names_of_{tenant}", invalidate=True, cache_client_name="shared")
def rename(tenant: str, user_id: int, name: str) -> str:
    return f"{tenant} {user_id} {name}"


@Cache(key="user_{user_id}", put=True, ignore=("name",))
def save(user_id: int, name: str) -> str:
    return f"{user_id} {name}"


class Repository:
    @Cache(key="user_{user_id}", invalidate=True)
    async def remove(self, user_id: int) -> bool:
        return user_id > 0


async def used(repository: Repository) -> None:
    set_name(1, "Ada")
    assert_type(rename("a", 1, name="Ada"), str)
    assert_type(save(1, "Ada"), str)
    assert_type(save.peek(1, "Ada"), str | None)
    assert_type(await repository.remove(1), bool)
