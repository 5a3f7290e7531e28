"""This is what a map gives reason to look at: orphans, and keys spelled in two ways."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, final

from typed_cache.checker._map import COMPUTED, Key, KeyMap, Touch, client_shown, reach
from typed_cache.template import parse

__all__ = ["Kind", "Note", "notes_of"]

Kind: TypeAlias = Literal["never-invalidated", "invalidates-nothing", "spelled-differently"]


@final
@dataclass(frozen=True, slots=True)
class Note:
    """One thing to look at: the key, the touch where it shows, and a sentence about it."""

    kind: Kind
    key: Key
    touch: Touch
    text: str


def notes_of(key_map: KeyMap) -> list[Note]:
    """Return what to look at, in the order of the map.

    Where a function invalidates keys that the source does not say, no entry is called forgotten.
    """
    all_known = all(key.pieces is not None or not key.by("invalidates") for key in key_map.keys)
    return [
        note
        for key in key_map.keys
        if key.template != COMPUTED
        for note in (
            *_never_invalidated(key, all_known=all_known),
            *_invalidates_nothing(key, key_map),
            *_spellings(key),
        )
    ]


def _never_invalidated(key: Key, *, all_known: bool) -> Iterator[Note]:
    if not all_known or any(other.by("invalidates") or other.by("writes") for other in reach(key)):
        return
    for touch in key.by("reads"):
        if touch.expire is None:
            text = "nothing invalidates or renews it and it never expires: give it expire=, or invalidate it"
            yield Note("never-invalidated", key, touch, text)


def _invalidates_nothing(key: Key, key_map: KeyMap) -> Iterator[Note]:
    if any(other.fills for other in reach(key)):
        return
    for touch in key.by("invalidates"):
        text = f"it invalidates a key that no function here fills{_offer(key, key_map)}"
        yield Note("invalidates-nothing", key, touch, text)


def _offer(key: Key, key_map: KeyMap) -> str:
    """The key that was probably meant: the same template on another client, or nearly the same one."""
    filled = {other.template: other for other in key_map.keys if other.fills}
    close = difflib.get_close_matches(key.template, filled, n=1, cutoff=0.75)
    if not close:
        return ": compare the template with the reader's"
    meant = filled[close[0]]
    where = "" if meant.client == key.client else f" of {client_shown(meant.client)}"
    return f". Did you mean {meant.template!r}{where}?"


def _spellings(key: Key) -> Iterator[Note]:
    """Templates alike but for the name of a parameter; attribute paths differ for a reason."""
    by_template = {touch.template: touch for touch in key.touches if _names_only(touch.template)}
    first, *others = by_template or [""]
    for template in others:
        text = f"the same key is written {first!r} elsewhere: one name for one thing is easier to find"
        yield Note("spelled-differently", key, by_template[template], text)


def _names_only(template: str) -> bool:
    return all(not part.attributes for part in parse(template).placeholders)
