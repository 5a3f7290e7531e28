"""This is what `[tool.typed-cache]` in pyproject.toml, and the command line above it, say about a check."""

import difflib
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import cast, final

from typed_cache.checker._commands import UsageError
from typed_cache.template import RULES

__all__ = ["Settings", "settings_below"]


@final
@dataclass(frozen=True, slots=True)
class Settings:
    """Which rules count, and which files do not.

    `select` is every rule where it is empty; `ignore` is taken off it; `exclude` holds patterns as in a
    shell for files and folders that are found below a folder.

    >>> sorted(Settings(select=("TC001", "TC002"), ignore=("TC002",)).codes)
    ['TC001']
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for code in (*self.select, *self.ignore):
            if code not in RULES:
                close = difflib.get_close_matches(code.upper(), RULES, n=1)
                hint = f" Did you mean {close[0]}?" if close else ""
                raise UsageError(f"there is no rule {code!r}.{hint} `typed-cache explain` lists them.")

    @property
    def codes(self) -> frozenset[str]:
        """The rules that count."""
        return frozenset(self.select or RULES) - frozenset(self.ignore)


def settings_below(folder: Path) -> Settings:
    """Read the nearest pyproject.toml at or above a folder that has `[tool.typed-cache]`.

    Raises:
        UsageError: The file cannot be read, or the table says something that is not understood.
    """
    for parent in (folder, *folder.parents):
        path = parent / "pyproject.toml"
        if path.is_file():
            table = _table(path)
            if table is not None:
                return Settings(**{name: _names(path, name, value) for name, value in table.items()})
    return Settings()


_KNOWN = tuple(field.name for field in fields(Settings))


def _table(path: Path) -> dict[str, object] | None:
    try:
        document: dict[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    table = _below(_below(document, "tool"), "typed-cache")
    if table is None:
        return None
    unknown = [name for name in table if name not in _KNOWN]
    if unknown:
        raise UsageError(f"{path}: [tool.typed-cache] knows {', '.join(_KNOWN)}, not {', '.join(unknown)}.")
    return table


def _below(table: dict[str, object] | None, name: str) -> dict[str, object] | None:
    found = table.get(name) if table is not None else None
    return cast("dict[str, object]", found) if isinstance(found, dict) else None  # TOML has no other keys


def _names(path: Path, name: str, value: object) -> tuple[str, ...]:
    items = cast("list[object]", value) if isinstance(value, list) else [None]  # a TOML array holds anything
    names = tuple(item for item in items if isinstance(item, str))
    if len(names) != len(items):
        raise UsageError(f'{path}: [tool.typed-cache] {name} is a list of texts, such as {name} = ["..."].')
    return names
