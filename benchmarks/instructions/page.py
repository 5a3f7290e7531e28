"""Put profiles into docs/profile.md, between its markers, so that no figure is typed by hand."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from benchmarks.instructions import BASELINES, TITLES, YARDSTICKS, Profile

__all__ = ["PAGE", "overview", "publish", "steps"]

PAGE: Final = Path(__file__).parents[2] / "docs" / "profile.md"
_MARKED: Final = re.compile(r"(?<=<!-- instructions: )(\w+)( -->\n).*?(?=<!-- /instructions -->)", re.DOTALL)
_NEGLIGIBLE: Final = 60
"""Instructions of a step that is shown with the one before it."""


def publish(page: str, profiles: Mapping[str, Profile], python: str) -> str:
    """Return the page with what stands between its markers made anew."""

    def part(found: re.Match[str]) -> str:
        name, rest = found[1], found[2]
        lines = overview(profiles) if name == "overview" else steps(profiles[name])
        text = "\n".join(lines)
        return (
            f"{name}{rest}\n{text}\n\nCPython {python}.\n\n    python -m benchmarks.instructions --docs\n\n"
        )

    return _MARKED.sub(part, page)


def overview(profiles: Mapping[str, Profile]) -> Iterator[str]:
    """Write what each call takes."""
    yield "| | instructions | to `lru_cache` |"
    yield "| --- | ---: | ---: |"
    for name, title in {**YARDSTICKS, **TITLES}.items():
        taken = profiles[name].instructions
        ratio = f"{taken / profiles[BASELINES[name]].instructions:.1f}" if name in BASELINES else ""
        yield f"| {title} | {taken:,.0f} | {ratio} |"


def steps(profile: Profile) -> Iterator[str]:
    """Write what the steps of a call take, in order."""
    yield "| step | instructions | share |"
    yield "| --- | ---: | ---: |"
    for texts, taken in _folded(profile):
        shown = "<br>".join(text if text.startswith("the ") else f"`{text}`" for text in texts)
        yield f"| {shown} | {taken:,.0f} | {taken / profile.instructions:.0%} |"
    yield f"| in all | {profile.instructions:,.0f} | 100% |"


def _folded(profile: Profile) -> list[tuple[list[str], float]]:
    """Return the steps, those that take next to nothing together with the one before."""
    folded: list[tuple[list[str], float]] = []
    for step in profile.steps:
        if folded and step.instructions < _NEGLIGIBLE:
            texts, taken = folded[-1]
            folded[-1] = ([*texts, step.text], taken + step.instructions)
        else:
            folded.append(([step.text], step.instructions))
    return folded
