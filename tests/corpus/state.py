"""State that a function reads and its key leaves out."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import ClassVar

from typed_cache import Cache

LOCALE: ContextVar[str] = ContextVar("locale", default="en")
LIMIT = 20


class Session:
    def get(self, user_id: int) -> int:
        return user_id


class Repo:
    page_size: ClassVar[int] = 20

    def __init__(self, tenant_id: int, session: Session) -> None:
        self.tenant_id = tenant_id
        self.session = session
        self._region: str = "eu"
        self._rows: dict[int, str] = {}
        self.RETRIES = 3

    @Cache(key="repo_a_{user_id}")  # !static:TC005
    def left_out(self, user_id: int) -> int:
        return self.session.get(user_id + self.tenant_id)

    @Cache(key="repo_b_{user_id}")  # !static:TC005
    def private_left_out(self, user_id: int) -> str:
        return f"{self._region}{user_id}"

    @Cache(key="repo_c_{user_id}")  # !static:TC005
    def in_a_comprehension(self, user_id: int) -> list[int]:
        return [self.tenant_id for _ in range(user_id)]

    @Cache(key="repo_d_{self.tenant_id}_{user_id}")
    def in_the_key(self, user_id: int) -> int:
        return self.session.get(user_id + self.tenant_id)

    @Cache(key="repo_e_{user_id}", ignore=("self",))
    def meant(self, user_id: int) -> int:
        return self.session.get(user_id + self.tenant_id)

    @Cache(key="repo_f_{user_id}")
    def dependency_only(self, user_id: int) -> int:
        return self.session.get(user_id) + self.page_size + LIMIT

    @Cache(key="repo_g_{user_id}", invalidate=True)
    def invalidator(self, user_id: int) -> int:
        return user_id + self.tenant_id

    @Cache(key="repo_h_{user_id}")
    def method_call(self, user_id: int) -> int:
        return self.plain_method(user_id)

    @Cache(key="repo_i_{user_id}")
    def data_and_constants(self, user_id: int) -> str:
        return self._rows[user_id] * self.RETRIES

    def plain_method(self, user_id: int) -> int:
        return user_id


@dataclass(frozen=True)
class Report:
    year: int
    title: str

    @Cache(key="report_{self.year}")  # !static:TC005
    def of_fields(self) -> str:
        return f"{self.title} {self.year}"

    @Cache(key="report_all_{self.year}_{self.title}")
    def of_all_fields(self) -> str:
        return f"{self.title} {self.year}"


@Cache(key="greeting_{name}")  # !static:TC005
def context_variable(name: str) -> str:
    return f"{LOCALE.get()} {name}"


@Cache(key="greeting_plain_{name}_{locale}")
def context_as_parameter(name: str, locale: str) -> str:
    return f"{locale} {name}"


@Cache(key="greeting_meant_{name}", ignore=("name_of_nothing",))  # !TC010, static:TC005
def ignores_something_else(name: str) -> str:
    return f"{LOCALE.get()}"


class Misspelled:
    """A typo in a path of the receiver is one mistake: behind it may stand what is read."""

    def __init__(self, number: int) -> None:
        self.number = number

    @Cache(key="misspelled_{self.nubmer}_{row}")  # !static:TC003
    def read(self, row: int) -> int:
        return row + self.number


class Declared:
    """State that the class body declares without a value."""

    tenant_id: int

    def __init__(self, tenant_id: int) -> None:
        self.tenant_id = tenant_id

    @Cache(key="declared_a_{user_id}")  # !static:TC005
    def left_out(self, user_id: int) -> int:
        return user_id + self.tenant_id

    @Cache(key="declared_b_{self.tenant_id}_{user_id}")
    def in_the_key(self, user_id: int) -> int:
        return user_id + self.tenant_id
