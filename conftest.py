"""Every Python block of README.md and of docs/ is a test, run by Sybil."""

from collections.abc import Callable
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path
from typing import Any

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser


def fresh_start(namespace: dict[str, Any]) -> None:
    """Begin a document as a program of its own: no client registered, no other function's keys to meet."""
    # Imported here because coverage starts after this file is read.
    from typed_cache import Cache, CacheClientFactory  # noqa: PLC0415
    from typed_cache.template import _collisions  # noqa: PLC0415

    namespace["__name__"] = "app"
    Cache.set_cache_factory(CacheClientFactory())
    setattr(_collisions, "_REGISTER", _collisions.CollisionRegister())  # noqa: B010  # it is Final to all others


pytest_collect_file: Callable[..., Any] = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE), SkipParser()],
    patterns=["README.md", "docs/*.md"],
    path=str(Path(__file__).parent),
    setup=fresh_start,
    teardown=fresh_start,
).pytest()
