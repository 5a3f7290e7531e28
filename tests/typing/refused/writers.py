"""Wrong arguments are refused by functions that invalidate or store."""

from typed_cache import Cache


@Cache(key="user_{user_id}", invalidate=True)
def set_name(user_id: int, name: str) -> None:
    print(user_id, name)


@Cache(key="user_{user_id}", invalidate=True)
@Cache(key="names_of_{tenant}", invalidate=True)
def rename(tenant: str, user_id: int, name: str) -> str:
    return f"{tenant} {user_id} {name}"


@Cache(key="user_{user_id}", put=True, ignore=("name",))
def save(user_id: int, name: str) -> str:
    return f"{user_id} {name}"


class Repository:
    @Cache(key="user_{user_id}", invalidate=True)
    async def remove(self, user_id: int) -> bool:
        return user_id > 0


async def wrong(repository: Repository) -> None:
    set_name("1", "Ada")
    rename("a", 1)
    save(1, 2)
    await repository.remove("1")
    number: int = rename("a", 1, "Ada")
    removed: str = await repository.remove(1)
    print(number, removed)
