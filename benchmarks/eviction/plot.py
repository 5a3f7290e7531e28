"""This is where the plot is drawn: a bar for each contestant and trace, as long as its share of the optimum.

The colours stand out on a light page and on a dark one.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from benchmarks.eviction import Row
from benchmarks.eviction.contestants import OPTIMUM, OURS

__all__ = ["draw"]

_LABELS: Final = 170
_COLUMN: Final = 108
_BAR: Final = 62
_LINE: Final = 22
_TOP: Final = 44
_TEXT: Final = "#808080"
_STYLE: Final = f"text {{ font: 12px sans-serif; fill: {_TEXT} }} .ours {{ font-weight: bold }}"


def draw(rows: Sequence[Row], entries: int) -> str:
    """Return an SVG of what each contestant reached with room for `entries`."""
    chosen = [row for row in rows if row.entries == entries]
    traces = list(dict.fromkeys(row.trace for row in chosen))
    names = list(dict.fromkeys(row.contestant for row in chosen))
    optimum = {row.trace: row.hit_ratio for row in chosen if row.contestant == OPTIMUM}
    width, height = _LABELS + _COLUMN * len(traces), _TOP + _LINE * len(names) + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>Requests answered by a cache of {entries:,} entries, in percent</title>",
        f"<style>{_STYLE}</style>",
        _text(
            0,
            14,
            f"% of requests answered by {entries:,} entries; a bar's length is its share of the optimum",
        ),
        *(_text(_LABELS + _COLUMN * place, _TOP - 8, trace) for place, trace in enumerate(traces)),
        *(_text(0, _middle(line), name, ours=name == OURS) for line, name in enumerate(names)),
    ]
    for row in chosen:
        best = optimum.get(row.trace)
        if row.hit_ratio is not None and best:
            x = _LABELS + _COLUMN * traces.index(row.trace)
            parts += _bar(row, row.hit_ratio / best, x, names.index(row.contestant))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _bar(row: Row, share: float, x: int, line: int) -> Iterator[str]:
    """Draw one figure; a cache that held more than it was to gets an outline instead of a bar."""
    colour = "#e8590c" if row.contestant == OURS else "#868e96" if row.contestant == OPTIMUM else "#4c8dc9"
    over = row.most_held > row.entries
    paint = f'fill="none" stroke="{colour}"' if over else f'fill="{colour}"'
    length = _BAR * min(share, 1.0)
    yield f'<rect x="{x}" y="{_TOP + _LINE * line + 4}" width="{length:.1f}" height="{_LINE - 8}" {paint}/>'
    figure = f"{100 * (row.hit_ratio or 0):.1f}{'*' if over else ''}"
    yield _text(x + _BAR + 6, _middle(line), figure, ours=row.contestant == OURS)


def _middle(line: int) -> int:
    return _TOP + _LINE * line + _LINE // 2 + 4


def _text(x: int, y: int, text: str, *, ours: bool = False) -> str:
    kind = ' class="ours"' if ours else ""
    return f'<text x="{x}" y="{y}"{kind}>{escape(text)}</text>'
