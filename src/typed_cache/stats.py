"""What a cached function has done so far: counted here, read as a frozen `Stats`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import final

__all__ = ["Counters", "Stats"]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """A cached function's counts since it was decorated.

    Hits in RAM are counted on the entries themselves and added up when you ask, which looks at each entry of
    the function. A hit at the instant at which another thread drops its entry may not be counted; under free
    threading, hits of one entry at the same instant may be counted once.

    >>> Stats(hits=3, misses={"absent": 1}).hit_ratio
    0.75
    """

    hits: int = 0
    misses: Mapping[str, int] = field(default_factory=dict[str, int])
    """By reason: "absent", "expired", "error", or why an entry that was there could not be used."""

    stores: int = 0
    refused: int = 0
    """Stores refused because an invalidation or another write overtook the load."""

    invalidations: int = 0
    errors: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    """By operation ("read", "claim", "write", "invalidate") and reason ("timeout", "unavailable", ...)."""

    @property
    def hit_ratio(self) -> float:
        """Hits as a share of all look-ups, 0.0 where there was none."""
        looked_up = self.hits + sum(self.misses.values())
        return self.hits / looked_up if looked_up else 0.0


@final
class Counters:
    """The counts of one function, while they grow.

    Plain additions: the interpreter switches threads between calls, not inside `x.hits += 1`.
    """

    __slots__ = ("absent", "errors", "hits", "invalidations", "misses", "refused", "stores")

    def __init__(self) -> None:
        self.hits: int = 0
        self.absent: int = 0
        self.misses: Counter[str] = Counter()
        self.stores: int = 0
        self.refused: int = 0
        self.invalidations: int = 0
        self.errors: Counter[tuple[str, str]] = Counter()

    def snapshot(self, hits_elsewhere: int = 0) -> Stats:
        """Return the counts as they stand now."""
        misses = self.misses + Counter(absent=self.absent)
        return Stats(
            hits=self.hits + hits_elsewhere,
            misses=MappingProxyType(dict(misses)),
            stores=self.stores,
            refused=self.refused,
            invalidations=self.invalidations,
            errors=MappingProxyType(dict(self.errors)),
        )
