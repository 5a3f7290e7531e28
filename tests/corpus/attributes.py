"""Attribute paths, held against the types that parameters are annotated with."""

import datetime as dt
import enum
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Optional, Protocol, TypedDict

from typed_cache import Cache


@dataclass(frozen=True)
class Customer:
    id: int
    name: str


@dataclass(frozen=True)
class Order:
    id: int
    customer: Customer
    placed_by: Customer | None = None

    @property
    def number(self) -> str:
        return str(self.id)


@dataclass(frozen=True)
class RushOrder(Order):
    hours: int = 1


class Point(NamedTuple):
    x: int
    y: int


class HasSlug(Protocol):
    slug: str


class Colour(enum.Enum):
    RED = 1


class Row(TypedDict):
    id: int


class Account:
    kind: str

    def __init__(self, number: int) -> None:
        self.number = number
        self.opened: dt.date = dt.date(2020, 1, 1)

    @cached_property
    def label(self) -> str:
        return f"{self.kind}{self.number}"


@Cache(key="order_{order.custmer.id}")  # !TC003
def first_step(order: Order) -> int:
    return order.id


@Cache(key="order_{order.customer.nmae}")  # !TC003
def second_step(order: Order) -> int:
    return order.id


@Cache(key="order_{order.placed_by.nmae}")  # !TC003
def through_optional(order: Order) -> int:
    return order.id


@Cache(key="order_{order.idd}")  # !TC003
def optional_parameter(order: Optional[Order]) -> int:  # noqa: UP045
    return 1


@Cache(key="order_{order.hors}")  # !TC003
def inherited(order: RushOrder) -> int:
    return order.id


@Cache(key="order_{order.number.foo}")  # !TC003
def behind_a_property(order: Order) -> int:
    return order.id


@Cache(key="point_{point.z}")  # !TC003
def named_tuple(point: Point) -> int:
    return point.x


@Cache(key="page_{page.slgu}")  # !TC003
def protocol(page: HasSlug) -> str:
    return page.slug


@Cache(key="colour_{colour.nmae}")  # !TC003
def enumeration(colour: Colour) -> str:
    return colour.name


@Cache(key="day_{day.yaer}")  # !TC003
def builtin(day: dt.date) -> int:
    return day.year


@Cache(key="row_{row.id}")  # !TC003
def typed_dict(row: Row) -> int:
    return row["id"]


@Cache(key="account_{account.nubmer}")  # !static:TC003
def plain_class(account: Account) -> int:
    return account.number


@Cache(key="account_{account.opened.yaer}")  # !static:TC003
def assigned_in_init(account: Account) -> int:
    return account.number


@Cache(key="order_{order.id}")
def right(order: Order) -> int:
    return order.id


@Cache(key="order2_{order.customer.id}_{order.placed_by.name}_{order.number}")
def right_steps(order: Order) -> int:
    return order.id


@Cache(key="rush_{order.id}_{order.hours}")
def right_inherited(order: RushOrder | None) -> int:
    return 1


@Cache(key="point_{point.x}_{point.y}")
def right_named_tuple(point: Point) -> int:
    return point.x


@Cache(key="colour_{colour.name}")
def right_enumeration(colour: Colour) -> str:
    return colour.name


@Cache(key="page_{page.slug}")
def right_protocol(page: HasSlug) -> str:
    return page.slug


@Cache(key="account_{account.number}_{account.opened.year}_{account.kind}_{account.label}")
def right_plain_class(account: Account) -> int:
    return account.number


@Cache(key="day_{day.year}_{day.month}")
def right_builtin(day: dt.date) -> int:
    return day.year
