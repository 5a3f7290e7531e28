"""An application whose cached functions the commands are tried on."""

import datetime as dt
import enum
import functools
import os
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from typed_cache import Cache, CacheClientFactory, CacheClientMemcached, CacheClientRam


@dataclass(frozen=True)
class Book:
    title: str
    pages: int


class Binding(enum.Enum):
    HARD = "hard"
    SOFT = "soft"


factory = CacheClientFactory()


def configure() -> None:
    address = os.environ.get("BOOKSHOP_MEMCACHED")
    if "ram" not in factory:
        factory.register("ram", CacheClientRam())
    if address and "memcached" not in factory:
        factory.register("memcached", CacheClientMemcached.connect(address, namespace="books:"))
    Cache.set_cache_factory(factory)


async def configure_later() -> None:
    configure()


def configure_two() -> None:
    two = CacheClientFactory()
    two.register("ram", CacheClientRam())
    two.register("other", CacheClientRam())
    Cache.set_cache_factory(two)


def configure_none() -> None:
    Cache.set_cache_factory(CacheClientFactory())


@Cache(key="book_{number}", expire=dt.timedelta(hours=1), cache_client_name="memcached", ignore=("loud",))
def book(number: int, *, loud: bool = False) -> Book:
    return Book(f"Book {number}", 100)


@Cache(key="later_{number}", cache_client_name="memcached")
async def later(number: int) -> int:
    return number


@Cache(key="shelf_{name}_{size}", cache_client_name="ram")
def shelf(name: str, size: int = 1) -> list[str]:
    return [name] * size


@Cache(key="page_{number}", cache_client_name="paper")
def page(number: int) -> int:
    return number


@Cache(key="anywhere_{number}")
def anywhere(number: int) -> int:
    return number


@Cache(key="book_{number}", invalidate=True, cache_client_name="memcached")
def rename(number: int) -> None: ...


@Cache(key="any_{thing}_{more}_{others}_{named}", cache_client_name="ram")
def anything(thing, more=False, *others, **named):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN201
    return thing


@Cache(key="typed_{when}_{price}_{binding}_{place}_{sizes}_{book}", cache_client_name="ram")
def typed(  # noqa: PLR0917  # one of each kind
    when: dt.date,
    price: Decimal | None = None,
    binding: Binding = Binding.HARD,
    place: Path = Path(),
    sizes: tuple[int, ...] = (),
    book: Book | None = None,
) -> int:
    return 1


@Cache(key="keyless_{...}", cache_client_name="ram")
def keyless(number: int) -> int:
    return number


class Library:
    town = "Ulm"

    @Cache(key="loan_{self.town}_{number}", cache_client_name="ram")
    def loan(self, number: int) -> int:
        return number

    @property
    @Cache(key="sign_{self.town}", cache_client_name="memcached")
    def sign(self) -> str:
        return self.town

    @functools.cached_property
    @Cache(key="motto_{self.town}", cache_client_name="memcached")
    def motto(self) -> str:
        return self.town

    @Cache(key="loan_{self.town}_{number}", invalidate=True, cache_client_name="ram")
    def close(self, number: int) -> None: ...


library = Library()


def not_cached() -> None: ...
