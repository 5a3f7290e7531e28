"""This is who reads, writes and invalidates which key in a project: the map that the formats draw.

A key is what functions on one client share: templates that differ only in the names of their values are one
key. Whether two keys can meet is decided by the rule that finds collisions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal, TypeAlias, final

from typed_cache.checker._facts import facts_of_use
from typed_cache.checker._index import Index
from typed_cache.checker._map_handles import Handle, handle_uses
from typed_cache.checker._sources import Unreadable
from typed_cache.checker._uses import CacheUse
from typed_cache.checker._values import UNSAID, Unsaid
from typed_cache.template import FunctionFacts, Piece, common_key, pieces_of, template_of

__all__ = [
    "ANY_CLIENT",
    "COMPUTED",
    "Key",
    "KeyMap",
    "Lifetime",
    "Role",
    "Touch",
    "client_shown",
    "key_map",
    "reach",
]

Role: TypeAlias = Literal["reads", "writes", "invalidates"]
Lifetime: TypeAlias = timedelta | Unsaid | None

ANY_CLIENT: Final = "?"
"""Stands for a client that the source does not name."""

COMPUTED: Final = "(computed)"
"""Stands for a template that the source does not say."""

_ROLES: Final[dict[str, Role]] = {"cache": "reads", "put": "writes", "invalidate": "invalidates"}
_HANDLES: Final[dict[Handle, Role]] = {
    "invalidate": "invalidates",
    "refresh": "writes",
    "peek": "reads",
    "entry": "reads",
}


@final
@dataclass(frozen=True, slots=True)
class Touch:
    """One function and what it does to a key: by its decorator, or by a handle that its body uses."""

    function: str
    role: Role
    path: str
    line: int
    template: str
    expire: Lifetime = None
    by_handle: bool = False


@final
@dataclass(slots=True, eq=False)
class Key:
    """One key: its client, its template, who touches it, and the other keys that can build the same text."""

    client: str
    template: str
    pieces: tuple[Piece, ...] | None
    """None where the source does not say the template."""

    touches: list[Touch] = field(default_factory=list[Touch])
    meets: list["Key"] = field(default_factory=list["Key"])

    def by(self, role: Role) -> list[Touch]:
        """The touches of one role."""
        return [touch for touch in self.touches if touch.role == role]

    @property
    def fills(self) -> list[Touch]:
        """Who stores values: the decorated functions that read or write."""
        return [touch for touch in self.touches if touch.role != "invalidates" and not touch.by_handle]


@final
@dataclass(frozen=True, slots=True)
class KeyMap:
    """All keys of a project, by client and template, and the files that could not be read."""

    keys: tuple[Key, ...]
    unreadable: tuple[Unreadable, ...] = ()


def key_map(index: Index) -> KeyMap:
    """Draw the map of a project."""
    keys: list[Key] = []
    by_skeleton: dict[tuple[str, str], list[Key]] = {}
    of_function: dict[int, list[Key]] = {}
    for use in index.uses:
        facts = facts_of_use(use, index.project)
        key = _key_of(use, facts, by_skeleton, keys)
        role = _ROLES["cache" if use.call.mode is UNSAID else use.call.mode]
        expire = None if role == "invalidates" else use.call.lifetime
        key.touches.append(
            Touch(facts.dotted, role, use.module.path, use.line, _template_text(use, facts), expire)
        )
        if role != "invalidates":
            of_function.setdefault(id(use.function), []).append(key)
    for used in handle_uses(index):
        role = _HANDLES[used.handle]
        for key in of_function.get(id(used.use.function), ()):
            touch = Touch(used.function, role, used.path, used.line, key.template, by_handle=True)
            if touch not in key.touches:
                key.touches.append(touch)
    _find_meetings(keys)
    keys.sort(key=lambda key: (key.client, key.template))
    return KeyMap(tuple(keys), index.unreadable)


def _key_of(
    use: CacheUse, facts: FunctionFacts, by_skeleton: dict[tuple[str, str], list[Key]], keys: list[Key]
) -> Key:
    """The key of a use: one that is known already, or a new one."""
    client = ANY_CLIENT if use.call.client is UNSAID else use.call.client
    pieces = None if use.call.key is UNSAID else pieces_of(template_of(use.call.key, facts), facts)
    alike = by_skeleton.setdefault((client, _skeleton(pieces)), [])
    for key in alike:
        if pieces is not None and key.pieces is not None and common_key(key.pieces, pieces) is not None:
            return key
    made = Key(client, _template_text(use, facts), pieces)
    alike.append(made)
    keys.append(made)
    return made


def _template_text(use: CacheUse, facts: FunctionFacts) -> str:
    return COMPUTED if use.call.key is UNSAID else template_of(use.call.key, facts).text


def _skeleton(pieces: Sequence[Piece] | None) -> str:
    return "" if pieces is None else "".join(piece if isinstance(piece, str) else "{}" for piece in pieces)


def _find_meetings(keys: Sequence[Key]) -> None:
    """Note which keys can build the same text: the start of one then goes on where the other's ends."""
    known = sorted((key for key in keys if key.pieces is not None), key=_start)
    for index, one in enumerate(known):
        for other in known[index + 1 :]:
            if not _start(other).startswith(_start(one)):
                break
            if one.client != other.client and ANY_CLIENT not in {one.client, other.client}:
                continue
            if one.pieces and other.pieces and common_key(one.pieces, other.pieces) is not None:
                one.meets.append(other)
                other.meets.append(one)


def _start(key: Key) -> str:
    return key.pieces[0] if key.pieces and isinstance(key.pieces[0], str) else ""


def reach(key: Key) -> Iterator[Key]:
    """The key and all that can build the same text."""
    yield key
    yield from key.meets


def client_shown(client: str) -> str:
    """Return the name of a client as a reader knows it.

    >>> client_shown("users"), client_shown("")
    ("client 'users'", 'the only client')
    """
    if client == ANY_CLIENT:
        return "a client that the source does not name"
    return f"client {client!r}" if client else "the only client"
