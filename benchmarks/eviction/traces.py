"""This is where the requests come from: each trace is a list of keys in the order they are asked for.

The made ones are seeded, and ask for 50,000 keys. The one from life is the standard library's own text.
"""

import io
import keyword
import random
import sysconfig
import tokenize
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, count, islice
from pathlib import Path
from typing import Final

__all__ = ["KEYS", "TRACES", "Trace"]

KEYS: Final = 50_000
_SEED: Final = 20_231_023
_CHUNK: Final = 10_000
"""Requests between two changes of a trace that changes."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A name, what it stands for, and how `length` requests of it are made for a cache of `entries`."""

    name: str
    about: str
    make: Callable[[int, int], Sequence[int]]
    is_goal: bool = False


def zipf(exponent: float, seed: int) -> Callable[[int], list[int]]:
    """Return a function that draws keys: that of rank r is drawn in proportion to r to the -exponent."""
    chance = random.Random(seed)  # noqa: S311  # requests, not secrets
    weights = list(accumulate((rank + 1) ** -exponent for rank in range(KEYS)))
    keys = chance.sample(range(KEYS), KEYS)  # so that no cache profits from small numbers being popular
    return lambda requests: chance.choices(keys, cum_weights=weights, k=requests)


def zipf_1_0(length: int, _entries: int) -> list[int]:
    """A few keys are asked for most of the time: what web caches see."""
    return zipf(1.0, _SEED)(length)


def zipf_0_8(length: int, _entries: int) -> list[int]:
    """Popularity is spread wider."""
    return zipf(0.8, _SEED)(length)


def zipf_with_scans(length: int, _entries: int) -> list[int]:
    """Every 10,000 requests end in 2,000 for keys that nobody asks for again, as an export makes them."""
    draw = zipf(1.0, _SEED)
    once = count(KEYS)
    scan = _CHUNK // 5
    chunks = ([*draw(_CHUNK - scan), *islice(once, scan)] for _ in range(-(-length // _CHUNK)))
    return list(islice(chain.from_iterable(chunks), length))


def shifting(length: int, _entries: int) -> list[int]:
    """Every 50,000 requests the popular keys are others."""
    periods = range(-(-length // (5 * _CHUNK)))
    chunks = (zipf(1.0, _SEED + period)(5 * _CHUNK) for period in periods)
    return list(islice(chain.from_iterable(chunks), length))


def loop(length: int, entries: int) -> list[int]:
    """The same keys in the same order, a tenth more than the cache holds: the worst for a queue."""
    period = entries + -(-entries // 10)
    return [number % period for number in range(length)]


def mix(length: int, entries: int) -> list[int]:
    """Half Zipf 1.0, a quarter a loop over twice the cache, a quarter keys used twice, close together."""
    popular = iter(zipf(1.0, _SEED)(length))
    looped = (KEYS + number % (2 * entries) for number in count())
    twice = (3 * KEYS + number for number in chain.from_iterable(zip(count(), count(-5), strict=False)))
    chance = random.Random(_SEED)  # noqa: S311  # requests, not secrets
    sources: list[Iterator[int]] = [popular, popular, looped, twice]
    return [next(source) for source in chance.choices(sources, k=length)]


def names_in_the_standard_library(length: int, _entries: int) -> list[int]:
    """Every name in the standard library's source, in the order of the text; it depends on the Python."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(name, len(numbers)) for name in islice(_names(), length)]


def _names() -> Iterator[str]:
    library = Path(sysconfig.get_path("stdlib"))
    for path in sorted(library.glob("*.py")) + sorted(library.glob("[a-z]*/*.py")):
        if path.parent.name in {"site-packages", "test", "idlelib"}:
            continue
        for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
            if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
                yield token.string


TRACES: Final = (
    Trace("zipf 1.0", "few keys are asked for most of the time", zipf_1_0, is_goal=True),
    Trace("zipf 0.8", "popularity is spread wider", zipf_0_8, is_goal=True),
    Trace(
        "scans", "Zipf 1.0, and a fifth of the requests are for keys used once", zipf_with_scans, is_goal=True
    ),
    Trace("shifting", "Zipf 1.0, and other keys are popular every 50,000 requests", shifting, is_goal=True),
    Trace("loop", "one after the other, a tenth more keys than the cache holds", loop),
    Trace("mix", "half Zipf 1.0, a quarter a loop, a quarter keys used twice close together", mix),
    Trace(
        "names",
        "the names in the standard library's source, in the order of the text",
        names_in_the_standard_library,
    ),
)
