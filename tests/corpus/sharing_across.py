"""Two functions in different modules that can build the same key: the one in the later module is at fault."""

from typing import Final

import typed_cache
from corpus import sharing
from corpus.sharing import DAY, RATES, Remember, dropping
from corpus.sharing import RENAMED as OTHER
from corpus.sharing import lasting as for_a_day
from typed_cache import Cache

OWN: Final = "abroad-positional_{number}"


@Cache(key=RATES)  # !TC009
def rates(currency: str) -> list[str]:
    return [currency]


@Cache(key=OTHER)  # !TC009
def renamed(currency: str) -> list[str]:
    return [currency]


@sharing.daily  # !TC009
def rate(currency: str) -> str:
    return currency


@dropping
def drop(currency: str) -> None:
    del currency


@for_a_day  # !TC009
def countries() -> int:
    return 1


@Cache()  # !TC009
def currencies() -> int:
    return 1


@Cache(expire=DAY, key="abroad-profile")  # !TC009
def profile() -> int:
    return 1


@Cache(key=r"abroad-raw_{number}")  # !TC009
def raw(number: int) -> str:
    return str(number)


@Cache(key="{number}-abroad")  # !TC009
def begins_with_a_value(number: int) -> str:
    return str(number)


@Cache(  # !TC009
    # The key, "by itself".
    key="abroad-commented",
)
def commented() -> str:
    return ""


def by_hand() -> str:  # !import:TC009
    return ""


called = Cache(key="abroad-called")(by_hand)  # !static:TC009


@Remember(key=OWN)  # !TC009
def positional(number: int) -> str:
    return str(number)


@typed_cache.Cache(key="abroad-joined_{number}")  # !TC009
def joined(number: int) -> str:
    return str(number)


@Cache(key="abroad-same_{other}")
def same_type(other: int) -> int:
    return other


@Cache(key="abroad-two_{number}_{page}")
def not_the_same(number: int, page: int) -> str:
    return str(number + page)
