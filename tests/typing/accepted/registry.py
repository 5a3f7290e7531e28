"""A typed name carries its value's type through the registry and into the decorator."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, assert_type

from typed_cache import (
    AsyncCacheClient,
    Cache,
    CacheClient,
    CacheClientFactory,
    CacheClientRam,
    ClientKey,
    MappingClient,
    NullClient,
)


@dataclass(frozen=True)
class User:
    name: str


USERS = ClientKey[User]("users")

factory = CacheClientFactory()
factory.register("anything", CacheClientRam())
factory.register(USERS, CacheClientRam[User](max_entries=100))
Cache.set_cache_factory(factory)


@Cache(key="user_{user_id}", cache_client_name=USERS)
def by_key(user_id: int) -> User:
    return User(str(user_id))


@Cache("user_{user_id}", timedelta(hours=1), cache_client_name=USERS)
async def by_key_awaited(user_id: int) -> User:
    return User(str(user_id))


@Cache(key="user_{user_id}", client=CacheClientRam[User]())
def by_client(user_id: int) -> User:
    return User(str(user_id))


@Cache("user_{user_id}", timedelta(hours=1), False, "users")
def by_name(user_id: int) -> User:
    return User(str(user_id))


@dataclass(frozen=True)
class Admin(User):
    rights: int = 0


MAYBE = ClientKey[User | None]("maybe")
anything: CacheClient[Any] = CacheClientRam()


@Cache(key="maybe_{user_id}", cache_client_name=USERS)
def find(user_id: int) -> User | None:
    return User(str(user_id)) if user_id else None


@Cache(key="awaited_{user_id}", cache_client_name=USERS)
async def find_awaited(user_id: int) -> User | None:
    return User(str(user_id)) if user_id else None


@Cache(key="keyed_{user_id}", cache_client_name=MAYBE)
def find_by_key_of_either(user_id: int) -> User | None:
    return User(str(user_id)) if user_id else None


@Cache(key="either_{user_id}", client=CacheClientRam[User | None]())
def find_by_client_of_either(user_id: int) -> User | None:
    return User(str(user_id)) if user_id else None


@Cache(key="null_{user_id}", client=NullClient())
def get_admin_each_time(user_id: int) -> Admin:
    return Admin(str(user_id))


@Cache(key="any_{user_id}", client=anything)
def get_admin_from_anywhere(user_id: int) -> Admin:
    return Admin(str(user_id))


@Cache(key="mapped_{user_id}", client=MappingClient({}))
def get_admin_from_a_mapping(user_id: int) -> Admin:
    return Admin(str(user_id))


def own_types(user_id: int) -> None:
    assert_type(find(user_id), User | None)
    assert_type(find.peek(user_id), User | None)
    assert_type(find_by_key_of_either(user_id), User | None)
    assert_type(find_by_client_of_either(user_id), User | None)
    assert_type(get_admin_each_time(user_id), Admin)
    # ty sees an unknown type here, where the other three see the function's own
    assert_type(get_admin_from_anywhere(user_id), Admin)  # ty: ignore[type-assertion-failure]
    assert_type(get_admin_from_a_mapping(user_id), Admin)  # ty: ignore[type-assertion-failure]


async def own_types_awaited(user_id: int) -> None:
    assert_type(await find_awaited(user_id), User | None)
    assert_type(await find_awaited.peek(user_id), User | None)


class Repository:
    @Cache(key="user_{user_id}", cache_client_name=USERS, ignore=("self",))
    def get(self, user_id: int) -> User:
        return User(str(user_id))


def lookups() -> None:
    assert_type(factory[USERS], CacheClient[User])
    assert_type(factory.get(USERS), CacheClient[User] | None)
    assert_type(factory[USERS].from_cache("user_1"), User | None)
    assert_type(factory.get("users"), CacheClient[Any] | None)
    assert_type(factory.get(), CacheClient[Any] | None)
    assert_type(factory.get_async(USERS), AsyncCacheClient[User] | None)
    with factory.override(USERS, CacheClientRam[User]()):
        assert_type("users" in factory, bool)
    assert_type(list(factory), list[str])


async def decorated(repository: Repository) -> None:
    assert_type(by_key(1), User)
    assert_type(by_key.peek(1), User | None)
    assert_type(await by_key_awaited(1), User)
    assert_type(by_client(1), User)
    assert_type(by_name(1), User)
    assert_type(repository.get(1), User)
