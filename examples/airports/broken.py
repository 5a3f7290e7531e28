"""A module with a typo in a key, as it might be written on a Friday; importing it is refused."""

from examples.airports.database import Airport, select
from typed_cache import Cache


@Cache(key="city_{country}_{citty}")
def in_city(country: str, city: str) -> list[Airport]:
    """Return the airports of a city."""
    return list(select("WHERE country = ? AND city = ?", country, city))
