"""This is where the caching functions of one module are held against each other."""

import bisect
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, final

from mypy.nodes import Expression

from typed_cache.template import FunctionFacts, KeyTemplate, Literal, Problem, template_of

__all__ = ["Reader", "Readers", "reader_of"]

Place: TypeAlias = tuple[int, int]


@final
class Reader:
    """One caching function; its facts are found out where they are needed, which they seldom are.

    `argument` is where problems are reported; `start` is the text that all its keys begin with.
    """

    __slots__ = ("_facts", "_find_out", "argument", "client", "key", "start")

    _facts: FunctionFacts | None

    def __init__(
        self,
        argument: Expression,
        start: str,
        key: str | None,
        client: str,
        find_out: Callable[[], FunctionFacts],
    ) -> None:
        self.argument = argument
        self.start = start
        self.key = key
        self.client = client
        self._find_out = find_out
        self._facts = None

    @property
    def place(self) -> Place:
        """Where it stands in the text."""
        return self.argument.line, self.argument.column

    @property
    def facts(self) -> FunctionFacts:
        """The facts, which are found out once."""
        if self._facts is None:
            self._facts = self._find_out()
        return self._facts


def reader_of(argument: Expression, facts: FunctionFacts, key: str | None, client: str) -> Reader:
    """Return the reader of a function that has been judged."""
    return Reader(argument, _start(template_of(key, facts)), key, client, lambda: facts)


@final
class Readers:
    """The caching functions of one module, as far as they have been met.

    mypy may come across them in any order, and more than once. Of two that can build the same key the one
    further down is at fault.
    """

    def __init__(self) -> None:
        self._readers: dict[Place, Reader] = {}
        self._starts: dict[str, list[str]] = {}

    def add(self, reader: Reader) -> list[tuple[Reader, Problem]]:
        """Add a reader; return who is at fault where it can be mistaken for another one, and the problem."""
        place, start = reader.place, reader.start
        self.forget(place)
        self._readers[place] = reader
        starts = self._starts.setdefault(reader.client, [])
        at = bisect.bisect_left(starts, start)
        goes_on = at < len(starts) and starts[at].startswith(start)
        found = list(self._shared(reader)) if goes_on or start.startswith(tuple(starts[:at])) else []
        starts.insert(at, start)
        return found

    def forget(self, place: Place) -> None:
        """Forget the reader in a place, where there is one."""
        known = self._readers.pop(place, None)
        if known is not None:
            self._starts[known.client].remove(known.start)

    def _shared(self, reader: Reader) -> Iterator[tuple[Reader, Problem]]:
        """The keys that a reader shares with others; those that return the same may share them."""
        rivals = [rival for rival in self._rivals(reader) if rival.facts.returns != reader.facts.returns]
        below = [rival for rival in rivals if rival.place > reader.place]
        above = [rival for rival in rivals if rival not in below]
        for later, earlier in ((reader, above), *((rival, [reader]) for rival in below)):
            for problem in _shared_with(earlier, later):
                yield later, problem

    def _rivals(self, reader: Reader) -> Iterator[Reader]:
        """The others on the same client whose keys may begin alike."""
        for rival in self._readers.values():
            alike = rival.start.startswith(reader.start) or reader.start.startswith(rival.start)
            if alike and rival is not reader and rival.client == reader.client:
                yield rival


def _shared_with(others: Iterable[Reader], reader: Reader) -> list[Problem]:
    from typed_cache.template import CollisionRegister  # noqa: PLC0415  # that is seldom needed

    register = CollisionRegister()
    for other in others:
        register.record(other.facts, other.key, other.client)
    return register.record(reader.facts, reader.key, reader.client)


def _start(template: KeyTemplate) -> str:
    """The text that all keys of a template begin with."""
    first = template.parts[0] if template.parts else None
    return first.text if isinstance(first, Literal) else ""
