"""This is what the command finds out about files of one package; it parses those that it is asked about."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, final

from typed_cache._mypy._meeting import Key

if TYPE_CHECKING:
    from typed_cache.checker._project import Project

__all__ = ["Parsed"]


@final
class Parsed:
    """The files, parsed at most once each; most packages need none, and the command is slow to load."""

    def __init__(self, files: Sequence[str]) -> None:
        self._files = files
        self._project: Project | None = None

    def _loaded(self) -> "Project":
        if self._project is None:
            from typed_cache.checker._project import Project  # noqa: PLC0415

            self._project = Project(self._files)
        return self._project

    def keys_in(self, file: str) -> Iterator[Key]:
        """Yield the keys of the functions of a file."""
        from typed_cache.checker._findings import keys_in  # noqa: PLC0415

        for key in keys_in(self._loaded(), file):
            yield Key(key)

    def shared_keys(self, files: Sequence[str]) -> dict[str, dict[int, str]]:
        """Return what is wrong in some of the files with keys that other modules build too, by the line."""
        from typed_cache.checker._findings import shared_keys  # noqa: PLC0415

        found: dict[str, dict[int, str]] = {}
        for finding in shared_keys(self._loaded(), files, between_modules=True):
            found.setdefault(finding.path, {})[finding.line] = f"{finding.headline}: {finding.remedy}"
        return found
