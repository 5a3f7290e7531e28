"""This is where readers of one package that stand in different modules are held against each other.

mypy checks modules in an order of its own, in several processes, and those that have not changed not at
all. So nothing is remembered between modules: the files are the only source, read as the command reads
them, and only those in which two keys can be the same are parsed. All processes see the same files.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, final

from typed_cache._mypy._package import Accused, Package

__all__ = ["Neighbours"]

_FOREIGN: Final = frozenset({"site-packages", "dist-packages", "typeshed"})
_LIBRARY: Final = "typed_cache"


@final
class Neighbours:
    """The packages of one run of mypy; `forget` when files have changed."""

    def __init__(self) -> None:
        self._packages: dict[tuple[Path, bool], Package] = {}
        self._of_folders: dict[tuple[str, int], Package | None] = {}

    def forget(self) -> None:
        """Look at the files again."""
        for package in self._packages.values():
            package.forget()

    def accused(self, module: str, path: str) -> Accused:
        """Return which decorators of a module build a key that one of another module builds too."""
        package = self._package_of(module, path)
        return {} if package is None else package.accused(_real(path))

    def modules(self, module: str, path: str) -> Iterator[str]:
        """Yield the names of the other modules of the package in which keys seem to stand."""
        package = self._package_of(module, path)
        return (name for name in (package.modules() if package is not None else ()) if name != module)

    def _package_of(self, module: str, path: str) -> Package | None:
        """The package of a module; None where the module is nobody's to mend."""
        if not path.endswith(".py"):
            return None
        folder, name = os.path.split(path)
        steps = module.count(".") + (name == "__init__.py")
        if (folder, steps) not in self._of_folders:
            self._of_folders[folder, steps] = self._found(module, Path(_real(path)), steps)
        return self._of_folders[folder, steps]

    def _found(self, module: str, path: Path, steps: int) -> Package | None:
        if not _FOREIGN.isdisjoint(path.parts) or module.partition(".")[0] == _LIBRARY:
            return None
        # A module outside any package is beside those in its own folder.
        place = (path.parents[steps - 1], True) if steps else (path.parent, False)
        if place not in self._packages:
            self._packages[place] = Package(place[0], is_package=place[1])
        return self._packages[place]


def _real(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100  # takes out "..", and follows no links
