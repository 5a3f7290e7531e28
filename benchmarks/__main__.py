"""Time a hit, a key and a miss, beside `functools.lru_cache` and a bare call."""

import sys
from collections.abc import Callable
from functools import lru_cache
from itertools import count
from timeit import Timer
from typing import Final

from typed_cache import Cache, CacheClientRam

ROUNDS: Final = 5


def square(n: int) -> int:
    """Stand for a function that is worth caching."""
    return n * n


cached_square = Cache(key="square_{n}", client=CacheClientRam[int](max_entries=1_000))(square)
lru_square = lru_cache(maxsize=1_000)(square)


def nanoseconds(call: Callable[[], object]) -> float:
    """Return what one `call` costs: the best of several rounds, so that noise does not count."""
    timer = Timer(call)
    number, _ = timer.autorange()
    return min(timer.repeat(ROUNDS, number)) / number * 1e9


def main() -> int:
    """Print one line for each call."""
    fresh = count()
    calls: dict[str, Callable[[], object]] = {
        "a bare call": lambda: square(4),
        "lru_cache, hit": lambda: lru_square(4),
        "lru_cache, miss": lambda: lru_square(next(fresh)),
        "typed_cache on RAM, hit": lambda: cached_square(4),
        "typed_cache on RAM, miss": lambda: cached_square(next(fresh)),
        "typed_cache, key_for": lambda: cached_square.key_for(4),
    }
    for name, call in calls.items():
        print(f"{name:26} {nanoseconds(call):>10,.0f} ns")
    return 0


if __name__ == "__main__":
    sys.exit(main())
