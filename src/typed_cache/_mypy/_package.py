"""This is one package as the files show it: which of its modules have keys, and which keys they share."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias, final

from typed_cache._mypy._calls import UNCLEAR, Unclear
from typed_cache._mypy._keys import stated_in
from typed_cache._mypy._meeting import Key, meeting
from typed_cache._mypy._parsed import Parsed
from typed_cache._mypy._text_names import TextNames
from typed_cache.checker._sources import python_files

__all__ = ["Accused", "Package"]

Accused: TypeAlias = Mapping[int, str]
"""What is wrong by the line of the decorator."""

Listing: TypeAlias = dict[str, tuple[int, int]]
"""The files, each with when it was changed and how long it is."""

_NOTHING: Final[Accused] = {}


@final
class Package:
    """The files at and below a folder; of the folder alone where it is no package."""

    def __init__(self, folder: Path, *, is_package: bool) -> None:
        self._folder = folder
        self._is_package = is_package
        self._listing: Listing | None = None
        self._is_current = False
        self._with_keys: list[str] = []
        self._meeting: list[str] = []
        self._accused: Mapping[str, Accused] = {}

    def forget(self) -> None:
        """Look at the files again before the next answer."""
        self._is_current = False

    def accused(self, path: str) -> Accused:
        """What is wrong in a file with keys that another module builds too."""
        self._look()
        if path in self._accused and not all(map(os.path.exists, self._meeting)):
            # mypy's daemon tells nobody that a file is gone.
            self._is_current = False
            self._look()
        return self._accused.get(path, _NOTHING)

    def modules(self) -> Iterator[str]:
        """Yield the names of the modules in which keys seem to stand."""
        self._look()
        base = self._folder.parent if self._is_package else self._folder
        for file in self._with_keys:
            parts = Path(file).relative_to(base).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def _look(self) -> None:
        if self._is_current:
            return
        self._is_current = True
        listing = _listed(self._folder, deep=self._is_package)
        if listing != self._listing:
            self._listing = listing
            self._search([*listing])

    def _search(self, files: list[str]) -> None:
        texts = {file: text for file in files if (text := _padded(file)) is not None}
        parsed = Parsed(files)
        keys = _keys(texts, parsed)
        self._with_keys = sorted(keys)
        self._meeting = sorted(meeting(keys))
        self._accused = parsed.shared_keys(self._meeting) if self._meeting else {}


def _listed(folder: Path, *, deep: bool) -> Listing:
    files = python_files([str(folder)])[0] if deep else [str(file) for file in sorted(folder.glob("*.py"))]
    found: Listing = {}
    for file in files:
        try:
            state = Path(file).stat()
        except OSError:
            continue
        found[file] = state.st_mtime_ns, state.st_size
    return found


def _padded(file: str) -> bytes | None:
    """The bytes of a file, between line breaks."""
    try:
        return b"\n" + Path(file).read_bytes() + b"\n"
    except OSError:
        return None


def _keys(texts: Mapping[str, bytes], parsed: Parsed) -> dict[str, set[Key]]:
    """The keys of the functions in each file; files in which the bytes do not tell all of them are parsed."""
    names: TextNames | None = None
    found: dict[str, set[Key]] = {}
    for file, of_file in stated_in(texts).items():
        known: set[Key | Unclear] = set()
        for key in of_file:
            if isinstance(key, bytes):
                names = names or TextNames(texts)
                known.update(names.keys_of(key))
            else:
                known.add(key)
        keys = {key for key in known if isinstance(key, Key)}
        if UNCLEAR in known:
            keys = set(parsed.keys_in(file))
        if keys:
            found[file] = keys
    return found
