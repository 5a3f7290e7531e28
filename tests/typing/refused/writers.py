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
    set_name("1", "Ada")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    rename("a", 1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # ty: ignore[missing-argument]  # pyrefly: ignore[missing-argument]
    save(1, 2)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    await repository.remove("1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    number: int = rename("a", 1, "Ada")  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    removed: str = await repository.remove(1)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    print(number, removed)
