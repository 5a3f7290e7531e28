"""This is where the caching functions of one module are held against each other."""

from dataclasses import dataclass
from typing import final

from typed_cache.template import CollisionRegister, FunctionFacts, Problem

__all__ = ["Readers"]


@final
@dataclass(frozen=True, slots=True)
class _Reader:
    facts: FunctionFacts
    key: str | None
    client: str


@final
class Readers:
    """The caching functions of one module, as far as they have been met.

    Of two that can build the same key the later one in the text is at fault, whatever the order in which
    mypy comes across them: when it starts over, those further down are forgotten.
    """

    def __init__(self) -> None:
        self._readers: list[_Reader] = []
        self._register = CollisionRegister()

    def add(self, facts: FunctionFacts, key: str | None, client: str) -> list[Problem]:
        """Add a reader; return a problem for each one above it that it can be mistaken for."""
        above = [reader for reader in self._readers if reader.facts.line < facts.line]
        if len(above) < len(self._readers):
            self._register = CollisionRegister()
            for reader in above:
                self._register.record(reader.facts, reader.key, reader.client)
        self._readers = [*above, _Reader(facts, key, client)]
        return self._register.record(facts, key, client)
