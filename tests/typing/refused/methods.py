"""Wrong arguments are refused by every kind of method and by its handles."""

from typed_cache import Cache


class Repository:
    def __init__(self, tenant: str) -> None:
        self.tenant = tenant

    @Cache(key="user_{self.tenant}_{user_id}")
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
    @Cache(key="size_{self.tenant}")
    def size(self) -> int:
        return len(self.tenant)


def methods(repository: Repository) -> None:
    repository.get("1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    repository.get()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # ty: ignore[missing-argument]  # pyrefly: ignore[missing-argument]
    repository.get(repository, 1)  # type: ignore[arg-type, call-arg]  # pyright: ignore[reportCallIssue]  # ty: ignore[invalid-argument-type, too-many-positional-arguments]  # pyrefly: ignore[bad-argument-count, bad-argument-type]
    repository.get.invalidate("1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    repository.get.invalidate(repository, 1)  # type: ignore[arg-type, call-arg]  # pyright: ignore[reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    repository.get.peek()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    repository.get.key_for(usr_id=1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # ty: ignore[missing-argument, unknown-argument]  # pyrefly: ignore[missing-argument, unexpected-keyword]
    number: int = repository.get(1)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    print(number)


def class_methods(repository: Repository) -> None:
    Repository.named(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    repository.named()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # ty: ignore[missing-argument]  # pyrefly: ignore[missing-argument]
    Repository.named.invalidate(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    repository.named.peek(Repository, "a")  # type: ignore[arg-type, call-arg]  # pyright: ignore[reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]


def static_methods(repository: Repository) -> None:
    Repository.limit(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    repository.limit()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # ty: ignore[missing-argument]  # pyrefly: ignore[missing-argument]
    repository.limit.refresh(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]


def properties(repository: Repository) -> None:
    text: str = repository.size  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    print(text)
