"""Wrong arguments are refused by every kind of method and by its handles."""

from typed_cache import Cache


class Repository:
    def __init__(self, tenant: str) -> None:
        self.tenant = tenant

    @Cache(key="{self.tenant}_user_{user_id}")
    def get(self, user_id: int) -> str:
        return f"{self.tenant} {user_id}"

    @Cache(key="named_{name}")
    @classmethod
    def named(cls, name: str) -> "Repository":
        return cls(name)

    @Cache(key="limit_{plan}")
    @staticmethod
    def limit(plan: str) -> int:
        return len(plan)

    @property
    @Cache(key="{self.tenant}_size")
    def size(self) -> int:
        return len(self.tenant)


def methods(repository: Repository) -> None:
    repository.get("1")
    repository.get()
    repository.get(repository, 1)
    repository.get.invalidate("1")
    repository.get.invalidate(repository, 1)
    repository.get.peek()
    repository.get.key_for(usr_id=1)
    number: int = repository.get(1)
    print(number)


def class_methods(repository: Repository) -> None:
    Repository.named(1)
    repository.named()
    Repository.named.invalidate(1)
    repository.named.peek(Repository, "a")


def static_methods(repository: Repository) -> None:
    Repository.limit(1)
    repository.limit()
    repository.limit.refresh(1)


def properties(repository: Repository) -> None:
    text: str = repository.size
    print(text)
