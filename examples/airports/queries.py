"""What the application asks, and what it caches: this is the file to read."""

import asyncio
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from examples.airports.database import Airport, execute, select
from typed_cache import Cache

__all__ = ["CountryRepository", "airport", "in_country", "nearest", "rename"]

EARTH_DIAMETER_KM = 12_742.0


@Cache(key="nearest_{latitude}_{longitude}_{count}", expire=timedelta(hours=3))
def nearest(latitude: float, longitude: float, count: int = 5) -> list[Airport]:
    """Return the `count` airports nearest to a place, by a look at every one of them."""

    def distance(airport: Airport) -> float:
        south, north = radians(latitude), radians(airport.latitude)
        east = radians(airport.longitude - longitude)
        half_chord = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
        return EARTH_DIAMETER_KM * asin(sqrt(half_chord))

    return sorted(select(""), key=distance)[:count]


@Cache(key="country_{country}", expire=timedelta(hours=3))
def in_country(country: str) -> list[Airport]:
    """Return the airports of a country, given by its two letters."""
    return list(select("WHERE country = ? ORDER BY name", country))


@Cache(key="airport_{icao}", expire=timedelta(hours=3))
async def airport(icao: str) -> Airport | None:
    """Return one airport; that there is none is remembered as well."""
    return await asyncio.to_thread(lambda: next(select("WHERE icao = ?", icao), None))


class CountryRepository:
    """The airports of one country."""

    def __init__(self, country: str) -> None:
        self.country = country

    @Cache(key="highest_{self.country}_{count}", expire=timedelta(hours=3))
    def highest(self, count: int = 3) -> list[Airport]:
        """Return the highest airports."""
        query = "WHERE country = ? ORDER BY elevation DESC LIMIT ?"
        return list(select(query, self.country, count))


@Cache(key="airport_{icao}", invalidate=True)
@Cache(key="country_{country}", invalidate=True)
def rename(icao: str, country: str, name: str) -> None:
    """Give an airport a new name, and drop the two entries that show the old one."""
    execute("UPDATE airports SET name = ? WHERE icao = ? AND country = ?", name, icao, country)
