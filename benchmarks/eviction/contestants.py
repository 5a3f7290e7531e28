"""This is where each cache is put to a trace, through the calls that its users write.

A library that is not installed raises `ImportError` when its contestant is run, and not before.
"""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial
from typing import Any, Final

from benchmarks.eviction.policies import belady, s3_fifo
from typed_cache import Cache, CacheClientRam

__all__ = ["CONTESTANTS", "OPTIMUM", "OURS", "REFERENCE", "Contestant", "Outcome"]

OURS: Final = "typed_cache"
OPTIMUM: Final = "Belady's optimum"
REFERENCE: Final = "S3-FIFO, the paper's"

_HOUR: Final = 3600.0
_LOOK: Final = 1_000
"""Requests between two looks at how many entries are held."""

Function = Callable[[int], int]
Size = Callable[[], int]
Replay = Callable[[Sequence[int], int], "Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The hits of a replay, and the most entries that were in the cache when it was looked at."""

    hits: int
    most_held: int


@dataclass(frozen=True, slots=True)
class Contestant:
    """A cache, the package that has it (none: Python, or this project), and how it answers a trace."""

    name: str
    package: str
    replay: Replay


def by_calls(decorate: Callable[[Function, int], tuple[Function, Size]]) -> Replay:
    """Return a replay that calls a decorated function; a call that reaches the function is a miss."""

    def replay(trace: Sequence[int], entries: int) -> Outcome:
        misses = 0

        def load(key: int) -> int:
            nonlocal misses
            misses += 1
            return key

        call, size = decorate(load, entries)
        most_held = 0
        for start in range(0, len(trace), _LOOK):
            for key in trace[start : start + _LOOK]:
                call(key)
            most_held = max(most_held, size())
        return Outcome(len(trace) - misses, most_held)

    return replay


def by_mapping(module: str, kind: str, **settings: float) -> Replay:
    """Return a replay that reads and writes a cache which is a mapping."""

    def decorate(load: Function, entries: int) -> tuple[Function, Size]:
        cache = getattr(importlib.import_module(module), kind)(entries, **settings)
        return partial(_get_or_set, load, cache.get, cache.__setitem__), cache.__len__

    return by_calls(decorate)


def _get_or_set(
    load: Function, get: Callable[[Any], int | None], put: Callable[[Any, int], object], key: int
) -> int:
    """Do what a caller without a decorator does; the library makes of the key what it wants."""
    value = get(key)
    if value is None:
        value = load(key)
        put(key, value)
    return value


def _lru_cache(load: Function, entries: int) -> tuple[Function, Size]:
    cached = lru_cache(maxsize=entries)(load)
    return cached, lambda: cached.cache_info().currsize


def _decorated(load: Function, entries: int) -> tuple[Function, Size]:
    client = CacheClientRam[int](max_entries=entries)

    @Cache(key="value_{key}", client=client, expire=timedelta(seconds=_HOUR))
    def cached(key: int) -> int:
        return load(key)

    return cached, client.__len__


def _client(load: Function, entries: int) -> tuple[Function, Size]:
    client = CacheClientRam[int](max_entries=entries)
    read = client.from_cache

    def call(key: int) -> int:
        name = f"value_{key}"
        value = read(name)
        if value is None:
            value = load(key)
            client.to_cache(name, value, None)
        return value

    return call, client.__len__


def _moka(load: Function, entries: int, *, settle: bool) -> tuple[Function, Size]:
    """Use moka-py, whose `count` leaves out what waits to be evicted; its listener tells what has left.

    It evicts some time after a write. With `settle` it is told to do so at once, which no user does, and
    which makes another cache of it: newcomers that it turns away go before they are asked for again.
    """
    held = most_held = 0

    def left(_key: int, _value: int, _cause: str) -> None:
        nonlocal held
        held -= 1

    cache = importlib.import_module("moka_py").Moka(entries, ttl=_HOUR, eviction_listener=left)

    def put(key: int, value: int) -> None:
        nonlocal held, most_held
        held += 1
        cache.set(key, value)
        if settle:
            cache.run_pending_tasks()
        most_held = max(most_held, held)

    return partial(_get_or_set, load, cache.get, put), lambda: most_held


def _theine(load: Function, entries: int) -> tuple[Function, Size]:
    cache = importlib.import_module("theine").Cache(entries)
    hour = timedelta(seconds=_HOUR)

    def call(key: int) -> int:
        value, found = cache.get(key)
        if found:
            return int(value)
        cache.set(key, load(key), hour)
        return key

    return call, cache.__len__


def by_policy(policy: Callable[[Sequence[int], int], int]) -> Replay:
    """Return the replay of a yardstick, which holds what it may and no more."""
    return lambda trace, entries: Outcome(policy(trace, entries), entries)


CONTESTANTS: Final = (
    Contestant(OPTIMUM, "", by_policy(belady)),
    Contestant(REFERENCE, "", by_policy(s3_fifo)),
    Contestant("S3-FIFO, one use", "", by_policy(partial(s3_fifo, threshold=1))),
    Contestant(OURS, "", by_calls(_decorated)),
    Contestant("typed_cache, its client", "", by_calls(_client)),
    Contestant("lru_cache", "", by_calls(_lru_cache)),
    Contestant("cachetools TTLCache", "cachetools", by_mapping("cachetools", "TTLCache", ttl=_HOUR)),
    Contestant("cachetools LRUCache", "cachetools", by_mapping("cachetools", "LRUCache")),
    Contestant("cachetools LFUCache", "cachetools", by_mapping("cachetools", "LFUCache")),
    Contestant("cachebox TTLCache", "cachebox", by_mapping("cachebox", "TTLCache", global_ttl=_HOUR)),
    Contestant("cachebox LRUCache", "cachebox", by_mapping("cachebox", "LRUCache")),
    Contestant("cachebox LFUCache", "cachebox", by_mapping("cachebox", "LFUCache")),
    Contestant("moka-py", "moka-py", by_calls(partial(_moka, settle=False))),
    Contestant("moka-py, settled", "moka-py", by_calls(partial(_moka, settle=True))),
    Contestant("theine", "theine", by_calls(_theine)),
)
"""The yardsticks, ours, and the peers: each bounded, and with a time to live where it knows one."""
