"""The demo: cost with and without a hit, a rename, a refused template, a server that dies in mid-run."""

import asyncio
import importlib
import logging
import sys
import textwrap
from typing import Any

from typing_extensions import override

from examples.airports.database import Airport, connection
from examples.airports.queries import CountryRepository, airport, in_country, nearest, rename
from examples.airports.server import Memcached
from examples.airports.table import measure, measure_async, print_table
from typed_cache import (
    Cache,
    CacheClient,
    CacheClientFactory,
    CacheClientMemcached,
    CacheClientRam,
    KeyTemplateError,
)

SYDNEY = (-33.95, 151.18)


class Wrapped(logging.Formatter):
    """Fits what the library logs into a terminal."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return textwrap.fill(text, 100, initial_indent="  log: ", subsequent_indent="       ")


def main() -> int:
    """Show everything; the exit status says whether it went as it should."""
    log = logging.StreamHandler(sys.stdout)
    log.setFormatter(Wrapped())
    logging.basicConfig(handlers=[log], level=logging.WARNING)
    count = connection().execute("SELECT count(*) FROM airports").fetchone()[0]
    print(f"{count:,} airports are in SQLite. examples/airports/queries.py caches what is asked of them.")

    show_costs("In RAM", CacheClientRam())
    show_rename()
    show_refusal()
    binary = Memcached.installed()
    if binary is None:
        print("\nThere is no memcached on the PATH; with one, this goes on: the same over Memcached.")
        return 0
    with Memcached(binary) as server:
        client = CacheClientMemcached[Any].connect(server.address, namespace="airports:")
        show_costs(f"Over memcached at {server.address}", client)
        show_rename()
        show_death(server)
    return 0


def show_costs(title: str, client: CacheClient[Any]) -> None:
    """Let every cached function use `client` from now on, and print what it saves."""
    factory = CacheClientFactory()
    factory.register("airports", client)
    Cache.set_cache_factory(factory)
    peru = CountryRepository("PE")
    rows = [
        measure("nearest(-33.95, 151.18)", nearest.key_for(*SYDNEY), lambda: nearest(*SYDNEY)),
        measure('in_country("AU")', in_country.key_for("AU"), lambda: in_country("AU")),
        measure_async('await airport("YSSY")', airport.key_for("YSSY"), lambda: airport("YSSY")),
        measure('CountryRepository("PE").highest()', peru.highest.key_for(), peru.highest),
    ]
    print_table(title, rows)


def show_rename() -> None:
    """Rename an airport through a function that invalidates, and read it back."""
    before = read("YSSY")
    new_name = f"{before.city} Harbour Airport"
    print(f"\n  YSSY is {before.name!r}, {'a hit' if is_cached('YSSY') else 'a miss'}.")
    rename("YSSY", "AU", new_name)
    print(f"  After rename('YSSY', 'AU', {new_name!r}) it is {read('YSSY').name!r}.")
    rename("YSSY", "AU", before.name)


def read(icao: str) -> Airport:
    """Return an airport that is known to exist."""
    found = asyncio.run(airport(icao))
    if found is None:
        raise LookupError(icao)
    return found


def is_cached(icao: str) -> bool:
    """Tell whether the next `airport(icao)` will be a hit."""
    return asyncio.run(airport.peek(icao)) is not None


def show_refusal() -> None:
    """Import a module that has a typo in a key."""
    print("\nA typo in a key never ships: examples/airports/broken.py is refused at import.\n")
    try:
        importlib.import_module("examples.airports.broken")
    except KeyTemplateError as error:
        print("\n".join(f"  {line}" for line in f"{type(error).__name__}: {error}".splitlines()))


def show_death(server: Memcached) -> None:
    """Kill the server, and go on as if nothing had happened."""
    server.kill()
    print("\nThe server is killed. The application still answers:\n")
    for icao in ("YSSY", "SPJC", "EGLL"):
        print(f"  {icao} is {read(icao).name!r}")
    errors = sum(airport.stats().errors.values())
    print(f"\n  The calls saw no exception; airport.stats() counts {errors} errors.")


if __name__ == "__main__":
    sys.exit(main())
