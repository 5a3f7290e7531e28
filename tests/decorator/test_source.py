"""The generated wrapper reads as if written by hand."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from typed_cache import Cache, CacheClientRam

CACHED = """\
def get(user_id, *, verbose=False):
    key = build_key(user_id, verbose=verbose)
    found = read(key)
    if type(found) is Miss:
        return load(found, key, user_id, verbose=verbose)
    return found
"""

ASYNC = """\
async def get(user_id, lang=default_lang, /, *more, **rest):
    key = build_key(user_id, lang, *more, **rest)
    found = await read(key)
    if type(found) is Miss:
        return await load(found, key, user_id, lang, *more, **rest)
    return found
"""

INVALIDATING = """\
def get(user_id):
    return withdraw(build_key(user_id), user_id)
"""

PUTTING = """\
async def get():
    return await replace(build_key())
"""


def _get(user_id: int, *, verbose: bool = False) -> int:
    return user_id


async def _get_async(user_id: int, lang: str = "en", /, *more: int, **rest: int) -> int:
    return user_id


def _change(user_id: int) -> None: ...


async def _put() -> None: ...


@pytest.mark.parametrize(
    ("function", "options", "source"),
    [
        (_get, {"key": "{user_id}_{verbose}"}, CACHED),
        (_get_async, {"key": "{user_id}_{lang}_{more}_{rest}"}, ASYNC),
        (_change, {"key": "{user_id}", "invalidate": True}, INVALIDATING),
        (_put, {"key": "put", "put": True}, PUTTING),
    ],
)
def test_source(function: Callable[..., Any], options: dict[str, Any], source: str) -> None:
    """`inspect.getsource` shows it to anybody."""
    function.__qualname__ = "get"
    cached = Cache(**options, client=CacheClientRam[Any]())(function)

    assert inspect.getsource(cached.__code__) == source
