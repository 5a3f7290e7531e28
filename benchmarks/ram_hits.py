"""A hit in RAM, beside every peer: what a decorated function costs whose result is there.

Each contestant holds a thousand results. Ten of them are asked for in turn, with arguments that are equal to
those that were stored under, but are other objects, as arguments are that come from outside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from benchmarks import _async_hits
from benchmarks._environment import reason_for_absence
from benchmarks._figures import Table
from benchmarks._options import Options
from benchmarks._peers import LRU_CACHE, PEERS, Function, Peer, decorate_all, typed_cache
from benchmarks._timing import Arguments, Contestant, Effort, race, write_loop

STORED: Final = 1_000
CAPACITY: Final = 10_000
ASKED: Final = range(500, 510)
RUNS: Final[list[object]] = []
"""What the functions below ran for; a hit adds nothing."""


def square(n: int) -> int:
    """Stand for a function that is worth caching."""
    RUNS.append(n)
    return n * n


def name_of(user_id: str) -> str:
    """Stand for a look-up by a UUID."""
    RUNS.append(user_id)
    return f"user {user_id}"


def price(product: int, currency: str, *, gross: bool) -> int:
    """Stand for a function of three arguments, one of them keyword-only."""
    RUNS.append(product)
    return product * len(currency) + gross


def scores(n: int) -> list[int]:
    """Return a list, which callers may change."""
    RUNS.append(n)
    return [n + step for step in range(10)]


def uuid(number: int) -> str:
    """Return a UUID's text, made anew at every call."""
    return str(UUID(int=number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128))


def integers(number: int) -> Arguments:
    """Return the arguments of a call with one int, made anew."""
    return (int(str(number)),), {}


def texts(number: int) -> Arguments:
    """Return the arguments of a call with one UUID."""
    return (uuid(number),), {}


def three(number: int) -> Arguments:
    """Return three arguments, the last by its name."""
    return (int(str(number)), "EUR"), {"gross": True}


@dataclass(frozen=True, slots=True)
class Variant:
    """A kind of function, its key, and the arguments that it is called with."""

    name: str
    title: str
    function: Function
    key: str
    arguments: Callable[[int], Arguments]


VARIANTS: Final = (
    Variant("int", "a hit, 1 int argument", square, "square_{n}", integers),
    Variant("str", "a hit, 1 str argument (a UUID)", name_of, "name_{user_id}", texts),
    Variant("three", "a hit, 3 arguments, one keyword-only", price, "{product}_{currency}_{gross}", three),
    Variant("list", "a hit that returns list[int] of 10", scores, "scores_{n}", integers),
)


def run(options: Options) -> list[Table]:
    """Measure all kinds of functions."""
    effort = Effort.of(quick=options.quick)
    return [*(functions(variant, effort) for variant in VARIANTS), methods(effort), _async_hits.hits(effort)]


def functions(variant: Variant, effort: Effort) -> Table:
    """Race ours and the peers for one function."""
    found, absent = decorate_all([*PEERS, typed_cache(variant.key)], variant.function, CAPACITY)
    contestants: list[Contestant] = []
    for peer, cached in found:
        fill(cached, variant.arguments)
        loop = write_loop(cached, [variant.arguments(number) for number in ASKED])
        note = kind_of_result(cached, variant.arguments) if variant.function is scores else ""
        contestants.append(Contestant(peer.name, loop, len(ASKED), peer.version, note))
    rows = race(contestants, LRU_CACHE, effort)
    return Table(f"ram-hit/{variant.name}", variant.title, "ns", rows, LRU_CACHE, absent)


def fill(cached: Function, arguments: Callable[[int], Arguments]) -> None:
    """Store a thousand results, and see to it that those that will be asked for are there."""
    for number in range(STORED):
        positional, keywords = arguments(number)
        cached(*positional, **keywords)
    RUNS.clear()
    for number in ASKED:
        positional, keywords = arguments(number)
        cached(*positional, **keywords)
    if RUNS:
        raise RuntimeError(f"{cached!r} runs again for what it should have kept: this would time misses")


def kind_of_result(cached: Function, arguments: Callable[[int], Arguments]) -> str:
    """Say whether two callers are given the same list."""
    positional, keywords = arguments(ASKED[0])
    shared = cached(*positional, **keywords) is cached(*positional, **keywords)
    return "shared with all callers" if shared else "a copy"


def methods(effort: Effort) -> Table:
    """Race the decorators that take methods."""
    makers: list[tuple[Peer, Callable[[Peer], Any]]] = [
        *((peer, plain_class) for peer in PEERS if peer.name in {LRU_CACHE, "cachebox", "moka-py"}),
        (typed_cache("square_{n}"), plain_class),
        (
            typed_cache("square_{self.tenant}_{n}", name="typed_cache, {self.tenant} in the key"),
            tenants_class,
        ),
    ]
    contestants: list[Contestant] = []
    absent: dict[str, str] = {}
    for peer, make in makers:
        try:
            users = make(peer)
        except ImportError as error:
            absent[peer.name] = reason_for_absence(peer.package, error)
            continue
        fill(users.get, integers)
        loop = write_loop(users, [integers(number) for number in ASKED], expression="f.get")
        contestants.append(Contestant(peer.name, loop, len(ASKED), peer.version))
    rows = race(contestants, LRU_CACHE, effort)
    return Table("ram-hit/method", "a hit, bound method, 1 int argument", "ns", rows, LRU_CACHE, absent)


def keep_with(peer: Peer) -> Callable[[Function], Function]:
    """Return a peer's decorator, with the capacity that all have here."""
    return lambda function: peer.decorate(function, CAPACITY)


def plain_class(peer: Peer) -> object:
    """Return an instance with a cached method whose result is the same for all instances."""

    class Users:
        @keep_with(peer)
        def get(self, n: int) -> int:
            RUNS.append(n)
            return n * n

    return Users()


def tenants_class(peer: Peer) -> object:
    """Return an instance with a cached method whose key names an attribute of the instance."""

    class Users:
        def __init__(self, tenant: int) -> None:
            self.tenant = tenant

        @keep_with(peer)
        def get(self, n: int) -> int:
            RUNS.append(n)
            return self.tenant * n

    return Users(7)
