"""This is the register of caching functions, which finds two that can build the same key.

It holds text and shapes, never a function, a class or a module, so nothing is kept alive by it, and a
module that is loaded again takes the place of its earlier self. Threads may record at once.
"""

import bisect
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, final

from typed_cache.template._codes import RULES
from typed_cache.template._facts import FunctionFacts
from typed_cache.template._overlap import common_key
from typed_cache.template._pieces import Piece, pieces_of
from typed_cache.template._problem import Problem, shown_path
from typed_cache.template._rules import template_of

__all__ = ["CollisionRegister", "record"]

Identity: TypeAlias = tuple[str, str]


@final
@dataclass(frozen=True, slots=True)
class _Caching:
    """What is kept of one caching function."""

    module: str
    qualname: str
    file: str
    line: int
    pieces: tuple[Piece, ...]
    returns: str

    @property
    def identity(self) -> Identity:
        """What a later decoration of the same function has in common with this one."""
        return self.module, self.qualname

    @property
    def start(self) -> str:
        """The text that all its keys begin with."""
        first = self.pieces[0] if self.pieces else ""
        return first if isinstance(first, str) else ""


@final
class _Shelf:
    """The caching functions on one client, by the text that their keys begin with."""

    def __init__(self) -> None:
        self._starts: list[str] = []
        self._by_start: dict[str, dict[Identity, _Caching]] = {}
        self._start_of: dict[Identity, str] = {}

    def put(self, caching: _Caching) -> None:
        identity = caching.identity
        self._forget(identity)
        start = self._start_of[identity] = caching.start
        if start not in self._by_start:
            bisect.insort(self._starts, start)
        self._by_start.setdefault(start, {})[identity] = caching

    def _forget(self, identity: Identity) -> None:
        start = self._start_of.pop(identity, None)
        if start is None:
            return
        del self._by_start[start][identity]
        if not self._by_start[start]:
            del self._by_start[start]
            del self._starts[bisect.bisect_left(self._starts, start)]

    def rivals(self, caching: _Caching) -> Iterator[_Caching]:
        """The others whose keys may begin like this: one start must go on where the other ends."""
        start = caching.start
        starts = [start[:length] for length in range(len(start))]
        index = bisect.bisect_left(self._starts, start)
        while index < len(self._starts) and self._starts[index].startswith(start):
            starts.append(self._starts[index])
            index += 1
        for shared in starts:
            for rival in self._by_start.get(shared, {}).values():
                if rival.identity != caching.identity and _live_together(rival, caching):
                    yield rival


def _live_together(one: _Caching, other: _Caching) -> bool:
    """Whether both can be in use at once; what two functions made inside them, as two tests do, cannot."""
    makers = {
        (caching.module, caching.qualname.partition(".<locals>")[0])
        for caching in (one, other)
        if "<locals>" in caching.qualname
    }
    return len(makers) <= 1


@final
class CollisionRegister:
    """Caching functions, held against each other client by client.

    >>> register = CollisionRegister()
    >>> users = FunctionFacts("app", "get_user", "app.py", 14, returns="app.User")
    >>> names = FunctionFacts("app", "get_name", "app.py", 20, returns="str")
    >>> register.record(users, "me")
    []
    >>> [problem.code for problem in register.record(names, "me")]
    ['TC009']
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shelves: dict[str, _Shelf] = {}

    def record(self, facts: FunctionFacts, key: str | None, client: str = "") -> list[Problem]:
        """Add a caching function; return a problem for each other one that it can be mistaken for.

        Functions that return the same type, or do not say what they return, may share keys. `client` is
        the name of the client that the function uses; the key must have passed `check`.
        """
        template = template_of(key, facts)
        pieces = pieces_of(template, facts)
        caching = _Caching(facts.module, facts.qualname, facts.file, facts.line, pieces, facts.returns)
        with self._lock:
            shelf = self._shelves.setdefault(client, _Shelf())
            rivals = list(shelf.rivals(caching))
            shelf.put(caching)
        return [
            _problem(caching, rival, shared, template.text)
            for rival in rivals
            if _differ(caching.returns, rival.returns)
            and (shared := common_key(caching.pieces, rival.pieces)) is not None
        ]


_REGISTER: Final = CollisionRegister()


def record(facts: FunctionFacts, key: str | None, client: str = "") -> list[Problem]:
    """Add a caching function to the register of this process; see `CollisionRegister.record`.

    >>> facts = FunctionFacts("app.docs", "get_user", "app/docs.py", 14)
    >>> record(facts, "docs_user", client="docs")
    []
    """
    return _REGISTER.record(facts, key, client)


def _problem(caching: _Caching, rival: _Caching, shared: str, text: str) -> Problem:
    name = ".".join(part for part in rival.identity if part)
    what = f"keys shared with {name}"
    where = f"{shown_path(rival.file)}:{rival.line}"
    remedy = (
        f"Both can build {shared!r}, and {name} ({where}) returns {rival.returns}, "
        f"not {caching.returns}. {RULES['TC009'].remedy}"
    )
    return Problem("TC009", what, remedy, text)


def _differ(one: str, other: str) -> bool:
    """Whether two annotations certainly differ: a name that is not resolved can be the full one."""
    short, other_short = _short(one), _short(other)
    if one == other or not _SAY_NOTHING.isdisjoint((short, other_short)):
        return False
    return short != other_short or ("." in one and "." in other)


_SAY_NOTHING: Final = frozenset({"", "Any"})


def _short(annotation: str) -> str:
    return re.sub(r"\w+\.(?=\w)", "", annotation)
