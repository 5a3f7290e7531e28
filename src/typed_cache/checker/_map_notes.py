"""This is what a map gives reason to look at: orphans, and keys spelled in two ways."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, final

from typed_cache.checker._map import ANY_CLIENT, COMPUTED, Key, KeyMap, Touch, client_shown, reach
from typed_cache.template import parse

__all__ = ["Kind", "Note", "notes_of"]

Kind: TypeAlias = Literal["never-invalidated", "invalidates-nothing", "spelled-differently", "not-judged"]


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

    An entry that a computed template may invalidate or renew is not called forgotten; the note says so there.
    """
    computed = [key for key in key_map.keys if key.pieces is None and any(_of_any_key(key))]
    excused: dict[Key, int] = dict.fromkeys(computed, 0)
    found: list[Note] = []
    for key in key_map.keys:
        if key.template != COMPUTED:
            forgotten = [*_never_invalidated(key)]
            excuses = [other for other in computed if _may_share_client(other, key)] if forgotten else []
            for other in excuses:
                excused[other] += len(forgotten)
            found += () if excuses else forgotten
            found += (*_invalidates_nothing(key, key_map), *_spellings(key))
    found += (note for key, number in excused.items() if number for note in _not_judged(key, number))
    order = {key: place for place, key in enumerate(key_map.keys)}
    return sorted(found, key=lambda note: order[note.key])


def _of_any_key(computed: Key) -> Iterator[Touch]:
    """Who may reach any key by a template that is computed; a handle reaches its own reader only."""
    return (touch for touch in computed.touches if touch.role != "reads" and not touch.by_handle)


def _may_share_client(one: Key, other: Key) -> bool:
    return one.client == other.client or ANY_CLIENT in {one.client, other.client}


def _never_invalidated(key: Key) -> Iterator[Note]:
    if any(other.by("invalidates") or other.by("writes") for other in reach(key)):
        return
    for touch in key.by("reads"):
        if touch.expire is None and not touch.by_handle:
            text = "nothing invalidates or renews it and it never expires: give it expire=, or invalidate it"
            yield Note("never-invalidated", key, touch, text)


def _not_judged(computed: Key, number: int) -> Iterator[Note]:
    entries = "1 entry that never expires" if number == 1 else f"{number} entries that never expire"
    for touch in _of_any_key(computed):
        what = "invalidates" if touch.role == "invalidates" else "writes"
        text = f"the keys that it {what} are computed: {entries} may be among them"
        yield Note("not-judged", computed, touch, text)


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
