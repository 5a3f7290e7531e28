"""This is where readers of one package that stand in different modules are held against each other.

mypy checks modules in an order of its own, in several processes, and those that have not changed not at
all. So nothing is remembered between modules: the files are the only source, read as the command reads
them, and only those in which two keys can begin alike. All processes see the same files.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias, final

__all__ = ["Neighbours"]

Accused: TypeAlias = Mapping[int, str]
"""What is wrong by the line of the decorator."""

_TEMPLATES: Final = tuple(  # one for each quote: what begins with a character of its own is searched for in C
    re.compile(quote + rb"""(?<!\w.)([^"'\\\n{}]++(?:\{\{[^"'\\\n{}]*+)*+)\{[A-Za-z_]""")
    for quote in (b'"', b"'")
)
_DECORATED: Final = re.compile(rb"""@[\w.]+\(\s*(?:key\s*=\s*)?["']([^"'\\\n{}]*+)""")
_FOREIGN: Final = frozenset({"site-packages", "dist-packages", "typeshed"})


@final
class Neighbours:
    """The packages of one run of mypy; `forget` when files have changed."""

    def __init__(self) -> None:
        self._packages: dict[tuple[Path, bool], dict[str, Accused]] = {}
        self._of_folders: dict[tuple[str, int], dict[str, Accused]] = {}
        self._starts: dict[Path, tuple[int, frozenset[bytes]]] = {}

    def forget(self) -> None:
        """Look at the files again."""
        self._packages.clear()
        self._of_folders.clear()

    def accused(self, module: str, path: str) -> Accused:
        """Return which decorators of a module build a key that one of another module builds too."""
        if not path.endswith(".py"):
            return {}
        folder, name = os.path.split(path)
        steps = module.count(".") + (name == "__init__.py")
        found = self._of_folders.get((folder, steps))
        if found is None:
            found = self._of_folders[folder, steps] = self._of_package(module, Path(path))
        return found.get(str(Path(path).absolute()), {}) if found else {}

    def _of_package(self, module: str, path: Path) -> dict[str, Accused]:
        """What is wrong in the package of a module, by the file."""
        if not _FOREIGN.isdisjoint(path.parts):
            return {}
        place = _package(module, path)
        if place not in self._packages:
            self._packages[place] = _shared_keys(
                [str(file) for file in self._meeting(place[0], deep=place[1])]
            )
        return self._packages[place]

    def modules(self, module: str, path: str) -> Iterator[str]:
        """Yield the names of the other modules of the package in which keys seem to stand."""
        folder, deep = _package(module, Path(path))
        base = folder.parent if deep else folder
        for file in _files(folder, deep=deep):
            parts = file.relative_to(base).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if name != module and self._starts_in(file):
                yield name

    def _meeting(self, folder: Path, *, deep: bool) -> list[Path]:
        """The files in which two keys can begin alike."""
        starts = sorted(
            (start, file) for file in _files(folder, deep=deep) for start in self._starts_in(file)
        )
        meeting: set[Path] = set()
        open_starts: list[tuple[bytes, Path]] = []
        for start, file in starts:
            while open_starts and not start.startswith(open_starts[-1][0]):
                open_starts.pop()
            others = [other for _, other in open_starts if other != file]
            if others:
                meeting.update((file, *others))
            open_starts.append((start, file))
        return sorted(meeting)

    def _starts_in(self, file: Path) -> frozenset[bytes]:
        """The texts that keys in a file may begin with: rather one too many than one too few."""
        try:
            changed = file.stat().st_mtime_ns
            known = self._starts.get(file)
            if known is None or known[0] != changed:
                text = file.read_bytes()
                found = frozenset(_DECORATED.findall(text)).union(
                    *(template.findall(text) for template in _TEMPLATES)
                )
                known = self._starts[file] = changed, found
        except OSError:
            return frozenset()
        return known[1]


def _package(module: str, path: Path) -> tuple[Path, bool]:
    """The folder of the outermost package; of a module outside any, its own folder without those below."""
    steps = module.count(".") + (path.name == "__init__.py")
    return (path.absolute().parents[steps - 1], True) if steps else (path.absolute().parent, False)


def _files(folder: Path, *, deep: bool) -> list[Path]:
    return sorted(folder.rglob("*.py") if deep else folder.glob("*.py"))


def _shared_keys(files: list[str]) -> dict[str, Accused]:
    """What the command finds in files, as far as it is about keys that two functions build."""
    if not files:
        return {}
    # Most projects have no such files, and the command is slow to load.
    from typed_cache.checker._findings import shared_keys  # noqa: PLC0415
    from typed_cache.checker._project import Project  # noqa: PLC0415

    accused: dict[str, dict[int, str]] = {}
    project = Project(files)
    for finding in shared_keys(project, project.files):
        of_file = accused.setdefault(str(Path(finding.path).absolute()), {})
        of_file[finding.line] = f"{finding.headline}: {finding.remedy}"
    return dict(accused)
