"""The airports of the `airportsdata` package, in an SQLite database in memory."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import airportsdata

__all__ = ["Airport", "execute", "select"]


@dataclass(frozen=True, slots=True)
class Airport:
    """One airport. What is cached of it is checked against these fields when it comes back."""

    icao: str
    name: str
    city: str
    country: str
    latitude: float
    longitude: float
    elevation: float
    """In feet, as pilots have it."""


@cache
def connection() -> sqlite3.Connection:
    """Load the airports on first use; every query of the program goes here."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute(
        "CREATE TABLE airports (icao TEXT PRIMARY KEY, name TEXT, city TEXT, country TEXT,"
        " latitude REAL, longitude REAL, elevation REAL)"
    )
    rows = (
        (a["icao"], a["name"], a["city"], a["country"], a["lat"], a["lon"], a["elevation"])
        for a in airportsdata.load("ICAO").values()
    )
    database.executemany("INSERT INTO airports VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    database.commit()
    return database


def select(where: str, *arguments: str | float) -> Iterator[Airport]:
    """Yield the airports that `where`, the rest of an SQL query, asks for."""
    for row in connection().execute(f"SELECT * FROM airports {where}", arguments):  # noqa: S608  # constants
        yield Airport(*row)


def execute(statement: str, *arguments: str | float) -> None:
    """Change the airports."""
    with connection() as database:
        database.execute(statement, arguments)
