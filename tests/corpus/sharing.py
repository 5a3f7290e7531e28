"""Functions whose keys `sharing_across` builds too, and what both modules import of one another."""

from datetime import timedelta
from typing import Final

from typed_cache import Cache
from typed_cache import Cache as Remember

__all__ = ["DAY", "RATES", "RENAMED", "Remember", "daily", "dropping", "lasting"]

DAY: Final = timedelta(days=1)
RATES: Final = "abroad-rates_{currency}"
RENAMED: Final = "abroad-renamed_{currency}"

daily = Remember(key="abroad-daily_{currency}", expire=DAY)
dropping = Cache(key="abroad-daily_{currency}", invalidate=True)
lasting = Cache(expire=DAY)


@Cache(key=RATES)
def rates(currency: str) -> dict[str, float]:
    return {currency: 1.0}


@Cache(key=RENAMED)
def renamed(currency: str) -> dict[str, float]:
    return {currency: 1.0}


@daily
def rate(currency: str) -> float:
    return float(len(currency))


@dropping
def drop(currency: str) -> None:
    del currency


@lasting
def countries() -> list[str]:
    return []


@Cache()
def currencies() -> list[str]:
    return []


@Cache(expire=DAY, key="abroad-profile")
def profile() -> list[str]:
    return []


@Cache(key=r"abroad-raw_{number}")
def raw(number: int) -> int:
    return number


@Cache(key="{number}-abroad")
def begins_with_a_value(number: int) -> int:
    return number


@Cache(
    # The key, "by itself".
    key="abroad-commented",
)
def commented() -> int:
    return 1


def by_hand() -> int:
    return 1


called = Cache(key="abroad-called")(by_hand)


@Remember("abroad-positional_{number}", DAY)
def positional(number: int) -> int:
    return number


@Cache(key="abroad-joined_{number}")
def joined(number: int) -> int:
    return number


@Cache(key="abroad-same_{number}")
def same_type(number: int) -> int:
    return number


@Cache(key="abroad-two_{number}_all")
def not_the_same(number: int) -> int:
    return number
