"""This is a map as text for Mermaid and for Graphviz: functions left and right, keys between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, final

from typed_cache.checker._map import Key, KeyMap, Touch, client_shown
from typed_cache.checker._map_expiry import expiry_of
from typed_cache.checker._map_notes import notes_of
from typed_cache.template import printable

__all__ = ["as_dot", "as_mermaid"]


@final
@dataclass(frozen=True, slots=True)
class _Language:
    """How one of the two writes things down: patterns for `str.format`, and what a label must not hold."""

    key: str
    function: str
    arrow: str
    line: str
    marked: str
    escapes: dict[int, str]


_MERMAID: Final = _Language(
    key='  {name}(["{label}"])',
    function='  {name}["{label}"]',
    arrow="  {start} -- {label} --> {end}",
    line="  {start} -. {label} .- {end}",
    marked="  class {name} odd",
    escapes=str.maketrans(
        {"#": "#35;", '"': "#quot;", "&": "#amp;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\n": "<br>"}
    ),
)
_DOT: Final = _Language(
    key='  {name} [label="{label}", shape=ellipse];',
    function='  {name} [label="{label}"];',
    arrow='  {start} -> {end} [label="{label}"];',
    line='  {start} -> {end} [label="{label}", dir=none, style=dashed];',
    marked="  {name} [style=dashed];",
    escapes=str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"}),
)


def as_mermaid(key_map: KeyMap) -> str:
    """Return a Mermaid flowchart; keys with something to look at are dashed."""
    odd = "  classDef odd stroke:#c2410c,stroke-width:2px,stroke-dasharray:4 3"
    return "\n".join(["flowchart LR", odd, *_drawn(key_map, _MERMAID)]) + "\n"


def as_dot(key_map: KeyMap) -> str:
    """Return a Graphviz digraph; keys with something to look at are dashed."""
    head = ["digraph keys {", "  rankdir=LR;", '  node [shape=box, fontname="sans-serif"];']
    return "\n".join([*head, *_drawn(key_map, _DOT), "}"]) + "\n"


def _drawn(key_map: KeyMap, language: _Language) -> Iterator[str]:
    keys = {key: f"k{number}" for number, key in enumerate(key_map.keys)}
    functions: dict[tuple[str, str], str] = {}
    for key, key_name in keys.items():
        yield language.key.format(name=key_name, label=_label(key).translate(language.escapes))
        for touch in key.touches:
            function = (touch.path, touch.function)
            if function not in functions:
                functions[function] = f"f{len(functions)}"
                label = printable(touch.function).translate(language.escapes)
                yield language.function.format(name=functions[function], label=label)
            ends = (functions[function], key_name)
            start, end = reversed(ends) if touch.role == "reads" else ends
            yield language.arrow.format(start=start, end=end, label=_role(touch))
    drawn: set[Key] = set()
    for key, key_name in keys.items():
        drawn.add(key)
        for other in key.meets:
            if other not in drawn:
                yield language.line.format(start=key_name, end=keys[other], label="can be the same")
    for odd in dict.fromkeys(note.key for note in notes_of(key_map)):
        yield language.marked.format(name=keys[odd])


def _label(key: Key) -> str:
    return f"{printable(key.template)}\n{client_shown(key.client)}, {expiry_of(key)}"


def _role(touch: Touch) -> str:
    return f"{touch.role}, by handle" if touch.by_handle else touch.role
