"""This is where the caching functions of one module are held against each other."""

import bisect
from collections.abc import Callable, Iterator
from typing import NamedTuple, final

from typed_cache.template import FunctionFacts, KeyTemplate, Literal, Problem, template_of

__all__ = ["Reader", "Readers"]


@final
class Reader(NamedTuple):
    """One caching function; `facts` are found out where they are needed, which they seldom are."""

    line: int
    start: str
    """The text that all its keys begin with."""

    key: str | None
    client: str
    facts: Callable[[], FunctionFacts]


@final
class Readers:
    """The caching functions of one module, as far as they have been met.

    Of two that can build the same key the later one in the text is at fault, whatever the order in which
    mypy comes across them: when it starts over, those further down are forgotten.
    """

    def __init__(self) -> None:
        self._readers: list[Reader] = []
        self._starts: dict[str, list[str]] = {}

    def take(self, reader: Reader) -> bool:
        """Add a reader whose keys begin like those of no other above it; return False for any other."""
        self._forget_from(reader.line)
        starts = self._starts.setdefault(reader.client, [])
        place = bisect.bisect_left(starts, reader.start)
        goes_on = place < len(starts) and starts[place].startswith(reader.start)
        if goes_on or reader.start.startswith(tuple(starts[:place])):
            return False
        starts.insert(place, reader.start)
        self._readers.append(reader)
        return True

    def add(self, facts: FunctionFacts, key: str | None, client: str) -> list[Problem]:
        """Add a reader; return a problem for each one above it that it can be mistaken for."""
        reader = Reader(facts.line, _start(template_of(key, facts)), key, client, lambda: facts)
        if self.take(reader):
            return []
        from typed_cache.template import CollisionRegister  # noqa: PLC0415  # keys seldom begin alike

        register = CollisionRegister()
        for rival in self._rivals(reader):
            register.record(rival.facts(), rival.key, client)
        self._readers.append(reader)
        bisect.insort(self._starts[client], reader.start)
        return register.record(facts, key, client)

    def _forget_from(self, line: int) -> None:
        """Forget the readers from a line on."""
        while self._readers and self._readers[-1].line >= line:
            reader = self._readers.pop()
            self._starts[reader.client].remove(reader.start)

    def _rivals(self, reader: Reader) -> Iterator[Reader]:
        """The others on the same client whose keys may begin alike."""
        for rival in self._readers:
            alike = rival.start.startswith(reader.start) or reader.start.startswith(rival.start)
            if alike and rival.client == reader.client:
                yield rival


def _start(template: KeyTemplate) -> str:
    """The text that all keys of a template begin with."""
    first = template.parts[0] if template.parts else None
    return first.text if isinstance(first, Literal) else ""
