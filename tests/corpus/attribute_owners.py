"""Attributes that mean something else in the class that is asked for them: `Self`, generics, descriptors."""

import enum
from collections import namedtuple
from collections.abc import Callable
from dataclasses import InitVar, dataclass
from typing import Generic, NamedTuple, Self, TypeVar

from typed_cache import Cache

T = TypeVar("T")


@dataclass(frozen=True)
class Entity:
    id: int


@dataclass(frozen=True)
class User(Entity):
    email: str


E = TypeVar("E", bound=Entity)


@dataclass(frozen=True)
class Page(Generic[E]):
    first: E


class Repo(Generic[E]):
    def __init__(self, first: E) -> None:
        self.first = first


class UserRepo(Repo[User]):
    @Cache(key="owned_{self.first.email}_{n}")
    def of_own_base(self, n: int) -> int:
        return n


@Cache(key="page_a_{page.first.email}")
def right_generic(page: Page[User]) -> str:
    return page.first.email


@Cache(key="page_b_{page.frist.email}")  # !TC003
def generic(page: Page[User]) -> str:
    return page.first.email


@Cache(key="bound_{entity.email}")  # !TC003
def own_variable(entity: E) -> E:
    return entity


class Node:
    def __init__(self, key: str) -> None:
        self.key = key

    @property
    def root(self) -> Self:
        return self


class Leaf(Node):
    weight: float = 1.0


@Cache(key="leaf_{leaf.root.weight}")
def self_of_a_subclass(leaf: Leaf) -> float:
    return leaf.root.weight


@Cache(key="node_{node.root.weight}")  # !static:TC003
def self_of_the_class(node: Node) -> str:
    return node.key


class Column(Generic[T]):
    def __init__(self, make: Callable[[object], T]) -> None:
        self.make = make

    def __get__(self, instance: object, owner: type | None = None) -> T:
        return self.make(instance)


class Row:
    id: Column[int] = Column(lambda _: 1)


@Cache(key="row_{row.id}_{row.id.real}")
def descriptor(row: Row) -> int:
    return row.id


class Kind(enum.Enum):
    A = "a"


@Cache(key="kind_{kind._value_}_{kind._name_}")
def of_enum(kind: Kind) -> str:
    return kind.value


@Cache(key="hook_{hook.__name__}", ignore=("hook",))  # !TC010
def attribute_of_code(hook: Callable[[], int]) -> int:
    return hook()


@Cache(key="hook_{hook.__name__}")
def right_attribute_of_code(hook: Callable[[], int]) -> int:
    return hook()


Made = namedtuple("Made", "ident name")  # noqa: PYI024  # what is tried here
Typed = NamedTuple("Typed", [("user", User), ("count", int)])  # noqa: UP014  # the same


@Cache(key="made_{made.nmae}")  # !TC003
def named_tuple_by_call(made: Made) -> int:
    return 1


@Cache(key="typed_{typed.user.emial}")  # !TC003
def typed_named_tuple_by_call(typed: Typed) -> int:
    return typed.count


@Cache(key="made_{made.name}_{typed.user.email}_{typed.count}")
def right_by_call(made: Made, typed: Typed) -> int:
    return typed.count


@dataclass
class Sampler:
    seed: InitVar[int]
    size: int = 1


@Cache(key="sampler_{sampler.seed}")  # !static:TC003
def only_for_init(sampler: Sampler) -> int:
    return sampler.size
