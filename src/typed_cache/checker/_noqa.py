"""This is where comments silence findings: `# noqa: TC004` those of that code, a bare `# noqa` all."""

import re
from collections.abc import Iterable
from typing import Final

from typed_cache.checker._uses import CacheUse
from typed_cache.template import RULES

__all__ = ["silenced_at", "silenced_codes"]

_NOQA: Final = re.compile(
    r"#\s*noqa(?P<codes>\s*:\s*[A-Za-z]+[0-9]+(?:[\s,]+[A-Za-z]+[0-9]+)*)?", re.IGNORECASE
)
_CODE: Final = re.compile("[A-Za-z]+[0-9]+")
_NOTHING: Final[frozenset[str]] = frozenset()


def silenced_codes(line: str) -> frozenset[str]:
    """The rules that a line's comments silence.

    >>> sorted(silenced_codes("@users  # noqa: ARG001, TC004"))
    ['ARG001', 'TC004']
    """
    if "noqa" not in line.lower():
        return _NOTHING
    return _union(_codes(comment["codes"]) for comment in _NOQA.finditer(line))


def _codes(said: str | None) -> frozenset[str]:
    return frozenset(RULES if said is None else map(str.upper, _CODE.findall(said)))


def silenced_at(use: CacheUse) -> frozenset[str]:
    """The rules that the comments on a decorator's lines, and on the line of its `def`, silence."""
    lines = use.module.lines
    numbers = range(use.line, use.last_line + 1)
    texts = [lines[number - 1] for number in numbers if number <= len(lines)]
    own = use.scope.module.lines
    if use.function.lineno <= len(own):
        texts.append(own[use.function.lineno - 1])
    return _union(map(silenced_codes, texts))


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(code for codes in sets for code in codes)
