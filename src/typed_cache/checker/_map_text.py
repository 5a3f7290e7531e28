"""This is a map as a table for the terminal."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

from typed_cache.checker._map import Key, KeyMap, Role, Touch, client_shown
from typed_cache.checker._map_expiry import lifetime_shown
from typed_cache.checker._map_notes import Note, notes_of
from typed_cache.template import columns, printable

__all__ = ["as_text", "in_colour"]

Style: TypeAlias = Role | Literal["title", "head", "place"]
Paint: TypeAlias = Callable[[str, Style], str]
Row: TypeAlias = tuple[str, str, Touch, str, str]

_COLOURS: Final[dict[Style, str]] = {
    "reads": "34",
    "writes": "32",
    "invalidates": "31",
    "title": "1",
    "head": "2",
    "place": "1",
}


def in_colour(text: str, style: Style) -> str:
    """Paint a piece of text for a terminal; give it to `as_text`."""
    return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m"


def _plain(text: str, _: Style) -> str:
    return text


def as_text(key_map: KeyMap, paint: Paint = _plain) -> str:
    """Return a table for each client, then what to look at."""
    if not key_map.keys:
        where = " in what could be read" if key_map.unreadable else ""
        return f"No use of typed_cache.Cache found{where}.\n"
    blocks = [
        f"{paint(client_shown(client), 'title')}\n\n{_table(list(_rows(list(keys))), paint)}"
        for client, keys in itertools.groupby(key_map.keys, lambda key: key.client)
    ]
    notes = notes_of(key_map)
    if notes:
        head = paint(f"To look at: {len(notes)}", "title")
        blocks.append(f"{head}\n\n" + "".join(_note(note, paint) for note in notes))
    return "\n".join(blocks)


def _rows(keys: Sequence[Key]) -> Iterator[Row]:
    for key in keys:
        for index, touch in enumerate(sorted(key.touches, key=_order)):
            expires = lifetime_shown(touch.expire) if touch in key.fills else ""
            where = f"{touch.path}:{touch.line}"
            yield key.template if not index else "", expires, touch, touch.function, where


_ROLES: Final = ("reads", "writes", "invalidates")


def _order(touch: Touch) -> tuple[int, bool, str, int]:
    return _ROLES.index(touch.role), touch.by_handle, touch.path, touch.line


def _what(touch: Touch) -> str:
    return f"{touch.role}, by handle" if touch.by_handle else touch.role


_HEAD: Final = ("KEY", "EXPIRES", "WHAT", "FUNCTION", "WHERE")


def _table(rows: Sequence[Row], paint: Paint) -> str:
    cells = [[printable(_what(cell) if isinstance(cell, Touch) else cell) for cell in row] for row in rows]
    widths = [max(columns(line[place]) for line in (_HEAD, *cells)) for place in range(len(_HEAD))]
    lines = [paint(_line(_HEAD, widths, _plain, "head"), "head")]
    lines += (_line(line, widths, paint, row[2].role) for line, row in zip(cells, rows, strict=True))
    return "".join(f"{line}\n" for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], paint: Paint, style: Style) -> str:
    """Cells side by side, that of `WHAT` painted; a terminal gives some signs two columns."""
    padded = [cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True)]
    padded[-1] = cells[-1]
    padded[2] = paint(padded[2], style)
    return "  ".join(padded)


def _note(note: Note, paint: Paint) -> str:
    touch = note.touch
    place = paint(printable(f"{touch.path}:{touch.line}"), "place")
    return f"{place}: {touch.template!r} of {printable(touch.function)}: {note.text}\n"
