"""This is which uses of `Cache` have keys that begin alike, or could take each other's place in the register.

All others build no key that another builds, whatever their functions are like.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from typed_cache.checker._uses import CacheUse
from typed_cache.checker._values import UNSAID
from typed_cache.template import Literal, parse

__all__ = ["begin_alike"]


def begin_alike(uses: Sequence[CacheUse]) -> Iterator[CacheUse]:
    """Yield those uses, in their order."""
    starts: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for place, use in enumerate(uses):
        start = _start(use)
        if start is not None and use.call.client is not UNSAID:
            starts[use.call.client].append((start, place))
    alike = {place for of_client in starts.values() for place in _alike(of_client)}
    known_as = Counter(use.dotted for use in uses)
    for place, use in enumerate(uses):
        if place in alike or known_as[use.dotted] > 1:
            yield use


def _start(use: CacheUse) -> str | None:
    """The text that all keys of a use begin with; None where that is not known."""
    key = use.call.key
    if key is UNSAID:
        return None
    if key is None:
        return use.qualname
    parts = parse(key).parts
    return parts[0].text if parts and isinstance(parts[0], Literal) else ""


def _alike(starts: list[tuple[str, int]]) -> Iterator[int]:
    """The places of those that another one goes on from, or that go on from another one."""
    open_starts: list[tuple[str, int]] = []
    for start, place in sorted(starts):
        while open_starts and not start.startswith(open_starts[-1][0]):
            open_starts.pop()
        if open_starts:
            yield from (place, open_starts[-1][1])  # those below it were yielded with it
        open_starts.append((start, place))
