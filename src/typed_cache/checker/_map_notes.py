"""This is what a map gives reason to look at: orphans, and keys spelled in two ways."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, final

from typed_cache.checker._map import COMPUTED, Key, KeyMap, Touch, reach
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
            *_invalidates_nothing(key),
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


def _invalidates_nothing(key: Key) -> Iterator[Note]:
    if any(other.fills for other in reach(key)):
        return
    for touch in key.by("invalidates"):
        text = "it invalidates a key that no function here fills: compare the template with the reader's"
        yield Note("invalidates-nothing", key, touch, text)


def _spellings(key: Key) -> Iterator[Note]:
    """Templates alike but for the name of a parameter; attribute paths differ for a reason."""
    by_template = {touch.template: touch for touch in key.touches if _names_only(touch.template)}
    first, *others = by_template or [""]
    for template in others:
        text = f"the same key is written {first!r} elsewhere: one name for one thing is easier to find"
        yield Note("spelled-differently", key, by_template[template], text)


def _names_only(template: str) -> bool:
    return all(not part.attributes for part in parse(template).placeholders)
