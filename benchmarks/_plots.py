"""Draw results as SVG: a table as dots, a curve as lines, both on logarithmic axes.

Times differ by factors of a thousand, which bars cannot show: a dot is the median, and the line through it
reaches from the lower quartile to the upper. The colours follow the reader's scheme, light or dark. The
text is written as text, so that it can be read aloud and searched.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final, Self

from benchmarks._figures import OURS, Curve, Quartiles, Row, Table, number

_WIDTH: Final = 760
_LEFT: Final = 220
_RIGHT: Final = 90
_TOP: Final = 76
_LINE: Final = 26
_CURVE_LEFT: Final = 84
_CURVE_RIGHT: Final = 200
_CURVE_HEIGHT: Final = 300
_STYLE: Final = """
svg { --page: #ffffff; --text: #1f2328; --quiet: #59636e; --grid: #d8dee4; --ours: #0969da;
  --c1: #bc4c00; --c2: #1a7f37; --c3: #8250df; --c4: #59636e }
@media (prefers-color-scheme: dark) { svg { --page: #0d1117; --text: #e6edf3; --quiet: #9198a1;
  --grid: #30363d; --ours: #58a6ff; --c1: #f0883e; --c2: #3fb950; --c3: #bc8cff; --c4: #9198a1 } }
.page { fill: var(--page) } text { font: 13px system-ui, sans-serif; fill: var(--text) }
.title { font-size: 15px; font-weight: 600 } .quiet { fill: var(--quiet); font-size: 12px }
.ours { fill: var(--ours); font-weight: 600 } .grid { stroke: var(--grid) } .end { text-anchor: end }
.middle { text-anchor: middle } .spread { stroke: var(--quiet); stroke-width: 3; stroke-linecap: round }
.dot { fill: var(--quiet) } .our-spread { stroke: var(--ours); stroke-width: 3; stroke-linecap: round }
.our-dot { fill: var(--ours) } polyline { fill: none; stroke-width: 2 }
"""


def draw_table(table: Table) -> str:
    """Return a table as dots, the quickest at the top."""
    rows = [row for row in table.rows if row.figure.median > 0]
    height = _TOP + _LINE * len(rows) + 12
    low, high = _decades([row.figure for row in rows])
    parts = [*_open(height, table.title, f"{table.unit}, {_ratio_words(table)}logarithmic")]
    for exponent in _ticks(low, high):
        x = _x(10**exponent, low, high)
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{_TOP - 4}" x2="{x:.1f}" y2="{height - 8}"/>')
        parts.append(f'<text class="quiet middle" x="{x:.1f}" y="{_TOP - 8}">{_power(exponent)}</text>')
    for place, row in enumerate(rows):
        parts += _dot(row, _TOP + _LINE * place + _LINE // 2, low, high)
    return "\n".join([*parts, "</svg>"]) + "\n"


def draw_curve(curve: Curve) -> str:
    """Return a curve as lines, each with its name at its end."""
    axes = _Axes.around(curve)
    bottom = _TOP + _CURVE_HEIGHT
    parts = [*_open(bottom + 44, curve.title, f"{curve.unit}, logarithmic"), *_grid(curve, axes)]
    ends: list[tuple[float, str, str]] = []
    others = iter(("--c1", "--c2", "--c3"))
    for name, line in curve.lines.items():
        colour = "--ours" if name.startswith(OURS) else next(others, "--c4")
        dashes = ' stroke-dasharray="6 4"' if name.startswith(OURS) and "Memcached" in name else ""
        spots = [axes.spot(x, figure.median) for x, figure in line]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        parts.append(f'<polyline points="{points}" style="stroke: var({colour})"{dashes}/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" style="fill: var({colour})"/>' for x, y in spots]
        ends.append((spots[-1][1], name, colour))
    x = _WIDTH - _CURVE_RIGHT + 10
    for y, name, colour in _apart(ends):
        parts.append(f'<text x="{x}" y="{y + 4:.1f}" style="fill: var({colour})">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


@dataclass(frozen=True, slots=True)
class _Axes:
    """The exponents at the ends of both axes of a curve."""

    left: float
    right: float
    low: float
    high: float

    @classmethod
    def around(cls, curve: Curve) -> Self:
        """Return axes on which all of a curve lies."""
        places = [math.log10(x) for line in curve.lines.values() for x, _ in line]
        low, high = _decades([figure for line in curve.lines.values() for _, figure in line])
        return cls(min(places), max(*places, min(places) + 1), low, high)

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is drawn."""
        across = (math.log10(x) - self.left) / (self.right - self.left)
        up = (math.log10(y) - self.low) / (self.high - self.low)
        return _CURVE_LEFT + across * (_WIDTH - _CURVE_LEFT - _CURVE_RIGHT), _TOP + (1 - up) * _CURVE_HEIGHT


def _grid(curve: Curve, axes: _Axes) -> Iterator[str]:
    """Draw the lines and the numbers of both axes."""
    right, bottom = _WIDTH - _CURVE_RIGHT, _TOP + _CURVE_HEIGHT
    for exponent in _ticks(axes.low, axes.high):
        _, y = axes.spot(10**axes.left, 10**exponent)
        yield f'<line class="grid" x1="{_CURVE_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>'
        yield f'<text class="quiet end" x="{_CURVE_LEFT - 8}" y="{y + 4:.1f}">{_power(exponent)}</text>'
    for place in sorted({x for line in curve.lines.values() for x, _ in line}):
        x, _ = axes.spot(place, 10**axes.low)
        yield f'<text class="quiet middle" x="{x:.1f}" y="{bottom + 18}">{place:,.0f}</text>'
    middle = (_CURVE_LEFT + right) / 2
    yield f'<text class="quiet middle" x="{middle:.0f}" y="{bottom + 36}">{escape(curve.x_label)}</text>'


def _open(height: float, title: str, unit: str) -> Iterator[str]:
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" role="img">'
    yield f"<title>{escape(title)}</title><style>{_STYLE}</style>"
    yield f'<rect class="page" width="{_WIDTH}" height="{height:.0f}" rx="8"/>'
    yield f'<text class="title" x="14" y="24">{escape(title)}</text>'
    yield f'<text class="quiet" x="14" y="43">{escape(unit)}</text>'


def _dot(row: Row, y: int, low: float, high: float) -> Iterator[str]:
    ours = row.name.startswith(OURS)
    label, kind = (' class="ours end"', "our-") if ours else (' class="end"', "")
    left, middle, right = (
        _x(value, low, high) for value in (row.figure.low, row.figure.median, row.figure.high)
    )
    yield f'<text{label} x="{_LEFT - 14}" y="{y + 5}">{escape(row.name)}</text>'
    yield f'<line class="{kind}spread" x1="{left:.1f}" y1="{y}" x2="{right:.1f}" y2="{y}"/>'
    yield f'<circle class="{kind}dot" cx="{middle:.1f}" cy="{y}" r="5"/>'
    told = f"{number(row.ratio.median)}x" if row.ratio else number(row.figure.median)
    yield f'<text{label} x="{_WIDTH - 14}" y="{y + 5}">{told}</text>'


def _ratio_words(table: Table) -> str:
    return f"at the right the ratio to {table.baseline}; " if table.baseline else ""


def _decades(figures: Sequence[Quartiles]) -> tuple[float, float]:
    """Return the exponents between which all figures lie, with some room on both sides."""
    low = math.log10(min(figure.low for figure in figures if figure.low > 0))
    high = math.log10(max(figure.high for figure in figures))
    room = max(0.08 * (high - low), 0.1)
    return low - room, high + room


def _ticks(low: float, high: float) -> list[float]:
    """Return the powers of ten between; where there are few, halves of them too (1, 3, 10)."""
    whole = [float(exponent) for exponent in range(math.ceil(low), math.floor(high) + 1)]
    if len(whole) > 2:  # noqa: PLR2004  # three lines are enough to read by
        return whole
    steps = (math.log10(digit) for digit in (1, 2, 5))
    finer = sorted(
        whole_one + step for step in steps for whole_one in range(math.floor(low), math.ceil(high))
    )
    return [exponent for exponent in finer if low <= exponent <= high]


def _power(exponent: float) -> str:
    """Return ten to that power, in few characters."""
    value = 10**exponent
    return f"{value:,.0f}" if value >= 1 - 1e-9 else f"{value:.3g}"


def _x(value: float, low: float, high: float) -> float:
    return _LEFT + (math.log10(value) - low) / (high - low) * (_WIDTH - _LEFT - _RIGHT)


def _apart(ends: Sequence[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """Move labels that would stand on each other apart, from the top down."""
    placed = sorted(ends)
    for above, below in pairwise(range(len(placed))):
        y = max(placed[below][0], placed[above][0] + 17)
        placed[below] = (y, *placed[below][1:])
    return placed
