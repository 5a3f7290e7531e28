"""This is where the caching functions of one module are held against each other."""

from typing import NamedTuple, final

from typed_cache.template import CollisionRegister, FunctionFacts, KeyTemplate, Literal, Problem, template_of

__all__ = ["Readers"]


@final
class _Reader(NamedTuple):
    start: str
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

    def add(self, facts: FunctionFacts, key: str | None, client: str) -> list[Problem]:
        """Add a reader; return a problem for each one above it that it can be mistaken for."""
        above = [reader for reader in self._readers if reader.facts.line < facts.line]
        start = _start(template_of(key, facts))
        self._readers = [*above, _Reader(start, facts, key, client)]
        rivals = [
            reader
            for reader in above
            if reader.client == client and (start.startswith(reader.start) or reader.start.startswith(start))
        ]
        if not rivals:
            return []
        register = CollisionRegister()
        for rival in rivals:
            register.record(rival.facts, rival.key, client)
        return register.record(facts, key, client)


def _start(template: KeyTemplate) -> str:
    """The text that all keys of a template begin with."""
    first = template.parts[0] if template.parts else None
    return first.text if isinstance(first, Literal) else ""
