"""How the cases are written: files and their later versions, expected errors beside the lines.

`[file app/keys.py]` starts a file, `[file app/keys.py.2]` what stands in it from the second step on;
`[delete app/keys.py.2]` takes it away. `# E: TC002` marks a line that is wrong, `# E: TC002 TC004` one that
breaks two rules, `# E: arg-type` one with an error of mypy's own, `# E2: TC002` one that is wrong in the
second step alone.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

__all__ = ["CASES", "Case", "Errors", "errors_in"]

Errors: TypeAlias = dict[tuple[str, int], Counter[str]]

_SECTION: Final = re.compile(r"^\[(file|delete) ([\w/]+\.pyi?)(?:\.(\d))?\]\n", re.MULTILINE)
_MARK: Final = re.compile(r"# E(\d?): ([\w -]+?)(?=$| *#)")
_ERROR: Final = re.compile(r"^(.+?):(\d+): error: (?:(TC\d+) )?.*?\[([\w-]+)\]$")


@dataclass
class Case:
    """A project and what happens to it, step by step."""

    name: str
    steps: list[dict[str, str | None]] = field(default_factory=list)

    def write(self, step: int, folder: Path) -> None:
        """Bring the files in a folder to a step."""
        for name, text in self.steps[step].items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")

    def errors(self, step: int) -> Errors:
        """The errors that a step has to show."""
        files: dict[str, str | None] = {}
        for changes in self.steps[: step + 1]:
            files |= changes
        found: Errors = {}
        for name, text in files.items():
            for number, line in enumerate((text or "").splitlines(), start=1):
                codes = [
                    mark[2].split() for mark in _MARK.finditer(line) if int(mark[1] or step + 1) == step + 1
                ]
                if codes:
                    found[name, number] = Counter(code for group in codes for code in group)
        return found


def errors_in(output: str, folder: Path) -> Errors:
    """The errors that mypy has printed."""
    found: Errors = {}
    for line in output.splitlines():
        error = _ERROR.match(line)
        if error is not None:
            name = (folder / error[1]).relative_to(folder).as_posix()
            found.setdefault((name, int(error[2])), Counter())[error[3] or error[4]] += 1
    return found


def _read(path: Path) -> Case:
    case = Case(path.stem)
    parts = _SECTION.split(path.read_text(encoding="utf-8"))
    for kind, name, step, text in zip(parts[1::4], parts[2::4], parts[3::4], parts[4::4], strict=True):
        while len(case.steps) < int(step or 1):
            case.steps.append({})
        case.steps[int(step or 1) - 1][name] = None if kind == "delete" else text
    return case


CASES: Final = [
    _read(path) for path in sorted((Path(__file__).parent / "mypy_plugin" / "cases").glob("*.test"))
]
