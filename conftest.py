"""Every Python block of README.md and of docs/ is a test, run by Sybil."""

from collections.abc import Callable
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path
from typing import Any

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser


def fresh_start(namespace: dict[str, Any]) -> None:
    """Begin a document with no client registered, as a reader's own file would."""
    from typed_cache import Cache, CacheClientFactory  # noqa: PLC0415  # coverage starts after this file is read

    namespace["__name__"] = "app"
    Cache.set_cache_factory(CacheClientFactory())


pytest_collect_file: Callable[..., Any] = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE), SkipParser()],
    patterns=["README.md", "docs/*.md"],
    path=str(Path(__file__).parent),
    setup=fresh_start,
    teardown=fresh_start,
).pytest()
