"""What the corpus says of itself: which lines are wrong, by which rules, and for which front ends.

A wrong decorator's first line ends in a mark: `# !TC002`, or `# !TC004, TC010` for several codes. A code
holds for all front ends; `static:TC005` only for those that read source (`check` and `mypy`), `mypy:TC003`
only for the plugin, `check:TC003` only for the command, `import:TC007` only at import. A code stands as
often as the rule is broken. No line without a mark is wrong.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, TypeAlias

FrontEnd: TypeAlias = Literal["import", "mypy", "check"]
Marks: TypeAlias = dict[int, Counter[str]]

CORPUS: Final = Path(__file__).parent / "corpus"
FILES: Final = sorted(path for path in CORPUS.glob("*.py") if path.name != "__init__.py")

_MARK: Final = re.compile(r"# !([\w:]+(?:, [\w:]+)*)")
_MEANS: Final[dict[str, frozenset[str]]] = {
    "": frozenset({"import", "mypy", "check"}),
    "static": frozenset({"mypy", "check"}),
    "mypy": frozenset({"mypy"}),
    "check": frozenset({"check"}),
    "import": frozenset({"import"}),
}


def marks(path: Path, front_end: FrontEnd) -> Marks:
    """Return the codes that a front end has to report, by line."""
    found: Marks = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        codes = Counter(code for means, code in _codes(line) if front_end in _MEANS[means])
        if codes:
            found[number] = codes
    return found


def _codes(line: str) -> Iterator[tuple[str, str]]:
    mark = _MARK.search(line)
    for word in mark[1].split(", ") if mark else ():
        means, _, code = word.rpartition(":")
        yield means, code
