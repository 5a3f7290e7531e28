"""This is a map as a table for the terminal."""

import itertools
from collections.abc import Iterator, Sequence

from typed_cache.checker._map import Key, KeyMap, Touch, client_shown
from typed_cache.checker._map_expiry import lifetime_shown
from typed_cache.checker._map_notes import Note, notes_of

__all__ = ["as_text"]

_HEAD = ("KEY", "EXPIRES", "WHAT", "FUNCTION", "WHERE")


def as_text(key_map: KeyMap) -> str:
    """Return a table for each client, then what to look at."""
    if not key_map.keys:
        return "No use of typed_cache.Cache found.\n"
    blocks = [
        f"{client_shown(client)}\n\n{_table(_rows(list(keys)))}"
        for client, keys in itertools.groupby(key_map.keys, lambda key: key.client)
    ]
    notes = notes_of(key_map)
    if notes:
        blocks.append(f"To look at: {len(notes)}\n\n" + "".join(map(_note, notes)))
    return "\n".join(blocks)


def _rows(keys: Sequence[Key]) -> Iterator[tuple[str, ...]]:
    for key in keys:
        for index, touch in enumerate(sorted(key.touches, key=_order)):
            expires = lifetime_shown(touch.expire) if touch in key.fills else ""
            where = f"{touch.path}:{touch.line}"
            yield key.template if not index else "", expires, _what(touch), touch.function, where


_ROLES = ("reads", "writes", "invalidates")


def _order(touch: Touch) -> tuple[int, bool, str, int]:
    return _ROLES.index(touch.role), touch.by_handle, touch.path, touch.line


def _what(touch: Touch) -> str:
    return f"{touch.role}, by handle" if touch.by_handle else touch.role


def _table(rows: Iterator[tuple[str, ...]]) -> str:
    lines = [_HEAD, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in lines
    )


def _note(note: Note) -> str:
    touch = note.touch
    return f"{touch.path}:{touch.line}: {touch.template!r} of {touch.function}: {note.text}\n"
