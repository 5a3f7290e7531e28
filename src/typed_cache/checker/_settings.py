"""This is what `[tool.typed-cache]` in pyproject.toml, and the command line above it, say about a check."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final, cast, final

from typed_cache.checker._commands import UsageError
from typed_cache.checker._exclusion import anchored
from typed_cache.checker._rule_names import rule_named
from typed_cache.template import RULES

__all__ = ["Settings", "settings_below"]


@final
@dataclass(frozen=True, slots=True)
class Settings:
    """Which rules count, and which files do not.

    `select` is every rule where it is empty; `ignore` is taken off it; `exclude` holds patterns of files
    and folders, as `Exclusion` takes them.

    >>> sorted(Settings(select=("TC001", "TC002"), ignore=("TC002",)).codes)
    ['TC001']
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """The rules that count."""
        return frozenset(self.select or RULES) - frozenset(self.ignore)


def settings_below(folder: Path) -> Settings:
    """Read the nearest pyproject.toml at or above a folder that has `[tool.typed-cache]`.

    Its patterns are meant for its own folder, wherever the command runs.

    Raises:
        UsageError: The file cannot be read, or the table says something that is not understood.
    """
    for parent in (folder, *folder.parents):
        path = parent / "pyproject.toml"
        if path.is_file():
            table = _table(path)
            if table is not None:
                return Settings(
                    _codes(path, "select", table),
                    _codes(path, "ignore", table),
                    tuple(anchored(pattern, str(parent)) for pattern in _texts(path, "exclude", table)),
                )
    return Settings()


_KNOWN: Final = tuple(field.name for field in fields(Settings))
_SLIPS: Final = ("typed_cache", "typedcache", "typed-cache-client", "typed_cache_client")
"""What the table is not called, and could be taken to be."""


def _table(path: Path) -> dict[str, object] | None:
    try:
        document: dict[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    tools = _as_table(document.get("tool")) or {}
    for slip in _SLIPS:
        if slip in tools:
            raise UsageError(f"{path}: [tool.{slip}] is no name that is read. Write [tool.typed-cache].")
    if "typed-cache" not in tools:
        return None
    table = _as_table(tools["typed-cache"])
    if table is None:
        raise UsageError(
            f"{path}: tool.typed-cache is no table. Write [tool.typed-cache] above its settings."
        )
    unknown = [name for name in table if name not in _KNOWN]
    if unknown:
        raise UsageError(f"{path}: [tool.typed-cache] knows {', '.join(_KNOWN)}, not {', '.join(unknown)}.")
    return table


def _as_table(value: object) -> dict[str, object] | None:
    return cast("dict[str, object]", value) if isinstance(value, dict) else None  # TOML has no other keys


def _codes(path: Path, name: str, table: dict[str, object]) -> tuple[str, ...]:
    texts = _texts(path, name, table)
    try:
        return tuple(rule_named(text).code for text in texts)
    except UsageError as error:
        raise UsageError(f"{path}: [tool.typed-cache] {name}: {error}") from error


def _texts(path: Path, name: str, table: dict[str, object]) -> tuple[str, ...]:
    value = table.get(name, [])
    items = cast("list[object]", value) if isinstance(value, list) else [None]  # a TOML array holds anything
    texts = tuple(item for item in items if isinstance(item, str))
    if len(texts) != len(items):
        raise UsageError(f'{path}: [tool.typed-cache] {name} is a list of texts, such as {name} = ["..."].')
    return texts
