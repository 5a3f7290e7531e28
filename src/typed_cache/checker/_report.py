"""This is what a check reports, and the table of the formats that can write it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from typed_cache.checker._format_github import as_github
from typed_cache.checker._format_json import as_json
from typed_cache.checker._format_sarif import as_sarif
from typed_cache.checker._format_text import as_text
from typed_cache.checker._result import Result

__all__ = ["FORMATS"]

FORMATS: Final[Mapping[str, Callable[[Result], str]]] = MappingProxyType(
    {"text": as_text, "json": as_json, "sarif": as_sarif, "github": as_github}
)
"""How a result is written, by name; each returns whole lines."""
