"""State whose type is that of the expression which `__init__` assigns."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from typed_cache import Cache


@dataclass(frozen=True)
class Tenant:
    id: int
    slug: str

    def label(self) -> str:
        return self.slug


class Region(Enum):
    EU = "eu"


class Connection:
    def __init__(self, dsn: str) -> None:
        self.dsn = dsn

    def fetch(self, n: int) -> str:
        return str(n)


def numbered(n: int) -> int:
    return n


def connect(dsn: str) -> Connection:
    return Connection(dsn)


class FromAttributes:
    def __init__(self, tenant: Tenant, raw: str | None) -> None:
        self.tenant_id = tenant.id
        self.slug = tenant.slug.lower()
        self.label = tenant.label()
        self.name = f"{tenant.slug}"
        self.own = self.tenant_id
        local = tenant.slug.strip()
        self.local = local
        self.first, self.second = tenant.id, tenant.slug

    @Cache(key="assigned_a_{n}")  # !static:TC005
    def of_attribute(self, n: int) -> str:
        return f"{self.tenant_id}{n}"

    @Cache(key="assigned_b_{n}")  # !static:TC005
    def of_text_method(self, n: int) -> str:
        return f"{self.slug}{n}"

    @Cache(key="assigned_c_{n}")  # !static:TC005
    def of_method(self, n: int) -> str:
        return f"{self.label}{n}"

    @Cache(key="assigned_d_{n}")  # !static:TC005
    def of_text(self, n: int) -> str:
        return f"{self.name}{n}"

    @Cache(key="assigned_e_{n}")  # !static:TC005
    def of_own_attribute(self, n: int) -> str:
        return f"{self.own}{n}"

    @Cache(key="assigned_f_{n}")  # !static:TC005
    def of_local_name(self, n: int) -> str:
        return f"{self.local}{n}"

    @Cache(key="assigned_g_{n}")  # !static:TC005
    def of_pair(self, n: int) -> str:
        return f"{self.second}{n}"

    @Cache(key="assigned_h_{self.tenant_id}_{n}")
    def in_the_key(self, n: int) -> str:
        return f"{self.tenant_id}{n}"


class FromOperators:
    def __init__(self, raw: str | None, number: int, dsn: str) -> None:
        self.made = numbered(number)
        self.either = raw or "x"
        self.chosen = "x" if raw is None else raw
        self.is_even = number % 2 == 0
        self.sum = number * 3 + 1
        self.region = Region.EU
        self.dsn_and_number = (dsn, number)
        self.connection = connect(dsn)
        self.any_connection = connect(dsn) if number else Connection(dsn)
        self.rows = dsn.split(",")

    @Cache(key="operators_a_{n}")  # !static:TC005
    def of_call(self, n: int) -> str:
        return f"{self.made}{n}"

    @Cache(key="operators_b_{n}")  # !static:TC005
    def of_or(self, n: int) -> str:
        return f"{self.either}{n}"

    @Cache(key="operators_c_{n}")  # !static:TC005
    def of_conditional(self, n: int) -> str:
        return f"{self.chosen}{n}"

    @Cache(key="operators_d_{n}")  # !static:TC005
    def of_comparison(self, n: int) -> str:
        return f"{self.is_even}{n}"

    @Cache(key="operators_e_{n}")  # !static:TC005
    def of_sum(self, n: int) -> int:
        return self.sum + n

    @Cache(key="operators_f_{n}")  # !static:TC005
    def of_enum_member(self, n: int) -> str:
        return f"{self.region}{n}"

    @Cache(key="operators_g_{n}")  # !static:TC005
    def of_tuple(self, n: int) -> str:
        return f"{self.dsn_and_number}{n}"

    @Cache(key="operators_h_{n}")
    def of_connection(self, n: int) -> str:
        return self.connection.fetch(n) + self.any_connection.fetch(n)

    @Cache(key="operators_i_{n}")
    def of_rows(self, n: int) -> str:
        return self.rows[n]


class WithDefault:
    """What the body gives is only the default of what a method assigns."""

    unit: str = "km"
    plain = "km"
    same_for_all: str = "m"
    created: int = 0

    def __init__(self, unit: str | None = None) -> None:
        if unit is not None:
            self.unit = unit
            self.plain = unit

    @classmethod
    def create(cls) -> "WithDefault":
        cls.created = 1
        return cls()

    @Cache(key="default_a_{n}")  # !static:TC005
    def annotated(self, n: int) -> str:
        return f"{self.unit}{n}"

    @Cache(key="default_b_{n}")  # !static:TC005
    def not_annotated(self, n: int) -> str:
        return f"{self.plain}{n}"

    @Cache(key="default_c_{n}")
    def constant(self, n: int) -> str:
        return f"{self.same_for_all}{self.created}{n}"


class Inheriting(WithDefault):
    @Cache(key="default_d_{n}")  # !static:TC005
    def inherited(self, n: int) -> str:
        return f"{self.unit}{n}"


class Table:
    """A class below says what this one only declares."""

    name: ClassVar[str]

    @Cache(key="table_a_{n}")  # !static:TC005
    def of_subclass(self, n: int) -> str:
        return f"{self.name}{n}"


class Users(Table):
    name = "users"

    @Cache(key="table_b_{n}")
    def of_this_class(self, n: int) -> str:
        return f"{self.name}{n}"


class Counter:
    def __init__(self, start: int) -> None:
        self.calls = start

    @Cache(key="counter_a_{n}")
    def only_counted(self, n: int) -> int:
        self.calls += 1
        return n

    @Cache(key="counter_b_{n}")  # !static:TC005
    def counted_and_read(self, n: int) -> int:
        self.calls += 1
        return n + self.calls
