"""Methods, class methods, static methods and properties are cached with their types."""

from dataclasses import dataclass
from typing import assert_type

from typed_cache import Cache, Entry, Stats


@dataclass(frozen=True)
class User:
    name: str


class Repository:
    def __init__(self, tenant: str) -> None:
        self.tenant = tenant

    @Cache(key="user_{self.tenant}_{user_id}")
    def get(self, user_id: int) -> User:
        return User(f"{self.tenant} {user_id}")

    @Cache(key="named_{name}")
    @classmethod
    def named(cls, name: str) -> "Repository":
        return cls(name)

    @Cache(key="limit_{plan}")
    @staticmethod
    def limit(plan: str) -> int:
        return len(plan)

    @property
    @Cache(key="size_{self.tenant}")
    def size(self) -> int:
        return len(self.tenant)

    @property
    @Cache(key="rank_{self.tenant}").plain
    def rank(self) -> int:
        return -len(self.tenant)

    def first(self) -> User:
        return self.get(1)


class Archive(Repository):
    pass


def methods(repository: Repository) -> None:
    assert_type(repository.get(1), User)
    assert_type(repository.first(), User)
    assert_type(Repository.get(repository, 1), User)
    assert_type(repository.get.key_for(user_id=1), str)
    assert_type(repository.get.refresh(1), User)
    assert_type(repository.get.peek(1), User | None)
    assert_type(repository.get.entry(1), Entry[User] | None)
    repository.get.invalidate(1)
    Repository.get.invalidate(repository, 1)
    assert_type(repository.get.stats(), Stats)
    assert_type(Archive("a").get(1), User)


def class_methods(repository: Repository) -> None:
    assert_type(Repository.named("a"), Repository)
    assert_type(repository.named("a"), Repository)
    assert_type(Repository.named.peek("a"), Repository | None)
    assert_type(repository.named.refresh("a"), Repository)
    Repository.named.invalidate("a")


def static_methods(repository: Repository) -> None:
    assert_type(Repository.limit("free"), int)
    assert_type(repository.limit("free"), int)
    assert_type(repository.limit.peek("free"), int | None)
    Repository.limit.invalidate("free")


def properties(repository: Repository) -> None:
    assert_type(repository.rank, int)
    # pyrefly takes the getter for the value, unless the getter is `.plain`.
    assert_type(repository.size, int)  # pyrefly: ignore[assert-type]
