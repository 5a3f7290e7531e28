"""State that is reached through other objects: the value at the end of the path decides."""

from datetime import date
from enum import Enum
from typing import Generic, TypeVar

from typed_cache import Cache

T = TypeVar("T")


class Region(Enum):
    EU = "eu"


class Flag(Enum):
    DARK = "dark"

    @Cache(key="flag_title")  # !static:TC005
    def title(self) -> str:
        return str(self.value).title()

    @Cache(key="flag_shown")  # !static:TC005
    def shown(self) -> str:
        return self.name

    @Cache(key="flag_named_{self.name}")
    def named(self) -> str:
        return self.name


class Settings:
    def __init__(self, region: str, rows: list[str]) -> None:
        self.region = region
        self.rows = rows


class Box(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value = value


class Session:
    timeout = 30
    retries: int = 3

    def __init__(self, url: str) -> None:
        self.url = url

    def get(self, n: int) -> str:
        return str(n)


class Repo:
    def __init__(
        self,
        *,
        settings: Settings,
        optional: Settings | None,
        box: Box[int],
        region: Region,
        session: Session,
        day: date,
    ) -> None:
        self.settings = settings
        self.optional = optional
        self.box = box
        self.region = region
        self.session = session
        self.day = day

    @Cache(key="paths_a_{n}")  # !static:TC005
    def of_plain_class(self, n: int) -> str:
        return f"{self.settings.region}{n}"

    @Cache(key="paths_b_{self.settings.region}_{n}")
    def of_plain_class_in_the_key(self, n: int) -> str:
        return f"{self.settings.region}{n}"

    @Cache(key="paths_c_{n}")  # !static:TC005
    def of_optional(self, n: int) -> str:
        return f"{self.optional.region if self.optional else ''}{n}"

    @Cache(key="paths_d_{n}")  # !static:TC005
    def of_generic(self, n: int) -> str:
        return f"{self.box.value}{n}"

    @Cache(key="paths_e_{n}")  # !static:TC005
    def of_enum(self, n: int) -> str:
        return f"{self.region.value}{n}"

    @Cache(key="paths_f_{n}")  # !static:TC005
    def of_enum_value(self, n: int) -> str:
        return self.region.value.lower() * n

    @Cache(key="paths_g_{n}")  # !static:TC005
    def of_date(self, n: int) -> int:
        return self.day.year + n

    @Cache(key="paths_h_{n}")
    def rows_at_the_end(self, n: int) -> str:
        return self.settings.rows[n]

    @Cache(key="paths_i_{n}")
    def constants_and_calls(self, n: int) -> str:
        return self.session.get(n + self.session.timeout + self.session.retries)

    @Cache(key="paths_k_{n}")
    def value_of_what_does_things(self, n: int) -> str:
        return f"{self.session.url}{self.session.get(n)}"


class Model(Generic[T]):
    def __init__(self, model: type[T]) -> None:
        self.model = model

    @Cache(key="paths_j_{n}")  # !static:TC005
    def of_class_name(self, n: int) -> str:
        return f"{self.model.__name__}{n}"
