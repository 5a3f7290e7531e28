"""This is where the caching functions of one module are held against each other."""

import bisect
from collections.abc import Callable, Iterator
from typing import final

from typed_cache.template import FunctionFacts, KeyTemplate, Literal, Problem, template_of

__all__ = ["Reader", "Readers", "reader_of"]


@final
class Reader:
    """One caching function; its facts are found out where they are needed, which they seldom are.

    `start` is the text that all its keys begin with.
    """

    __slots__ = ("_facts", "_find_out", "client", "key", "line", "start")

    _facts: FunctionFacts | None

    def __init__(
        self, line: int, start: str, key: str | None, client: str, find_out: Callable[[], FunctionFacts]
    ) -> None:
        self.line = line
        self.start = start
        self.key = key
        self.client = client
        self._find_out = find_out
        self._facts = None

    @property
    def facts(self) -> FunctionFacts:
        """The facts, which are found out once."""
        if self._facts is None:
            self._facts = self._find_out()
        return self._facts


def reader_of(facts: FunctionFacts, key: str | None, client: str) -> Reader:
    """Return the reader of a function that has been judged."""
    return Reader(facts.line, _start(template_of(key, facts)), key, client, lambda: facts)


@final
class Readers:
    """The caching functions of one module, as far as they have been met.

    Of two that can build the same key the later one in the text is at fault, whatever the order in which
    mypy comes across them: when it starts over, those further down are forgotten.
    """

    def __init__(self) -> None:
        self._readers: list[Reader] = []
        self._starts: dict[str, list[str]] = {}

    def add(self, reader: Reader) -> list[Problem]:
        """Add a reader; return a problem for each one above it that it can be mistaken for."""
        self._forget_from(reader.line)
        starts = self._starts.setdefault(reader.client, [])
        place = bisect.bisect_left(starts, reader.start)
        goes_on = place < len(starts) and starts[place].startswith(reader.start)
        is_alike = goes_on or reader.start.startswith(tuple(starts[:place]))
        problems = self._shared(reader) if is_alike else []
        starts.insert(place, reader.start)
        self._readers.append(reader)
        return problems

    def _shared(self, reader: Reader) -> list[Problem]:
        """The keys that a reader shares with others; those that return the same may share them."""
        rivals = list(self._rivals(reader))
        if all(rival.facts.returns == reader.facts.returns for rival in rivals):
            return []
        from typed_cache.template import CollisionRegister  # noqa: PLC0415  # that is seldom needed

        register = CollisionRegister()
        for rival in rivals:
            register.record(rival.facts, rival.key, rival.client)
        return register.record(reader.facts, reader.key, reader.client)

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
