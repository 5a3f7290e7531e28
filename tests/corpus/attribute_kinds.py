"""Attributes that a descriptor makes, that a type variable stands for, that a class object or code has."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from typed_cache import Cache

T = TypeVar("T")


class Column(Generic[T]):
    def __init__(self, make: Callable[[Any], T]) -> None:
        self.make = make

    def __get__(self, instance: object, owner: type | None = None) -> T:
        return self.make(instance)


class Person:
    id: Column[int] = Column(lambda _: 1)


@dataclass(frozen=True)
class Entity:
    id: int


@dataclass(frozen=True)
class Member(Entity):
    email: str


E = TypeVar("E", bound=Entity)


@dataclass(frozen=True)
class Page(Generic[E]):
    first: E


class Repo(Generic[E]):
    def __init__(self, first: E) -> None:
        self.first = first


class MemberRepo(Repo[Member]):
    @Cache(key="kind_repo_{self.first.email}_{number}")
    def right_variable_of_a_base(self, number: int) -> int:
        return number


class Store:
    table: ClassVar[str] = "rows"

    @Cache(key="store_{cls.tabel}_{row}")  # !static:TC003
    @classmethod
    def misspelled(cls, row: int) -> str:
        return f"{cls.table}{row}"

    @Cache(key="store_one_{cls.table}_{cls.__name__}_{row}")
    @classmethod
    def right(cls, row: int) -> str:
        return f"{cls.table}{row}"

    @classmethod
    def build(cls) -> "Store":
        return cls()


class Ledger(Store):
    currency: ClassVar[str] = "EUR"


class WithTable(Protocol):
    table: ClassVar[str]


@Cache(key="descriptor_{person.id}")
def right_descriptor(person: Person) -> int:
    return person.id


@Cache(key="page_{page.first.email}")
def right_argument(page: Page[Member]) -> str:
    return page.first.email


@Cache(key="bound_{entity.idd}").plain  # !TC003
def bound_of_its_own(entity: E) -> E:
    return entity


@Cache(key="model_{model.tabel}")  # !TC003
def class_attribute(model: type[Store]) -> str:
    return model.table


@Cache(key="model_either_{model.tabel}")  # !TC003
def class_attribute_of_either(model: type[Store] | type[Ledger] | None) -> str:
    return "" if model is None else model.table


@Cache(key="model_code_{model.build}")  # !TC007
def class_method_as_value(model: type[Store]) -> str:
    return model.table


@Cache(key="model_right_{model.table}_{model.currency}_{model.__name__}_{model.__module__}")
def right_class_attribute(model: type[Ledger]) -> str:
    return model.table


@Cache(key="model_protocol_{model.table}")
def right_class_attribute_of_protocol(model: type[WithTable]) -> str:
    return model.table


@Cache(key="model_any_{model.table}")
def right_class_attribute_of_anything(model: type[Any]) -> str:
    return str(model.table)


@Cache(key="hook_{hook.__name__}_{number}")
def right_name_of_a_callable(hook: Callable[[int], int], number: int) -> int:
    return hook(number)


@Cache(key="hook_optional_{number}", ignore=("progress",))
def right_optional_callable(number: int, progress: Callable[[int], None] | None = None) -> int:
    del progress
    return number


@Cache(key="hook_text_{hook}")  # !TC007
def optional_callable_as_value(hook: Callable[[int], None] | None) -> int:
    return 1
