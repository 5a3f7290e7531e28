"""How a decorated function treats its entries: one frozen value, handed on whole."""

from dataclasses import dataclass
from typing import final

__all__ = ["Policy"]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What to store, and for how long to trust it.

    A policy stands on a client's registration; one given to a decorator takes its place.

    >>> Policy(cache_none=False).cache_none
    False
    """

    cache_none: bool = True
    """Whether None is a value to store. A client that cannot tell it from a miss never stores it."""
