"""The generated wrapper reads as if written by hand."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from typed_cache import Cache, CacheClientRam

CACHED = """\
def get(user_id, *, verbose=False):
    if type(user_id) is int and type(verbose) is bool:
        entries, clock = ram
        try:
            entry = entries[user_id, verbose]
        except KeyError:
            pass
        else:
            value = entry.value
            if clock() < entry.expires:
                entry.uses += 1
                return value
        place = user_id, verbose
    else:
        place = UNPLACED
    key = build_key(user_id, verbose=verbose)
    index = ram_index
    if index is not None:
        entry = index.begin(key, place)
        if entry is not None:
            try:
                value = function(user_id, verbose=verbose)
            except BaseException:
                index.abandon(entry)
                raise
            index.finish(entry, value)
            return value
    found = read(key)
    if type(found) is Miss:
        return load(found, key, user_id, verbose=verbose)
    return found
"""

ASYNC = """\
async def get(user_id, lang=default_lang, /, *more, **rest):
    key = build_key(user_id, lang, *more, **rest)
    index = ram_index
    if index is not None:
        entry = index.begin(key, UNPLACED)
        if entry is not None:
            try:
                value = await function(user_id, lang, *more, **rest)
            except BaseException:
                index.abandon(entry)
                raise
            index.finish(entry, value)
            return value
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


ONE = """\
def get(type, /):
    if type_(type) is str or type is None:
        entries, clock, give = ram
        try:
            entry = entries[type]
        except KeyError:
            pass
        else:
            value = entry.value
            if clock() < entry.expires:
                try:
                    if give is not None:
                        value = give(value)
                    entry.uses += 1
                    return value
                except Exception:
                    pass
        place = type
    else:
        place = UNPLACED
    key = build_key(type)
    index = ram_index
    if index is not None:
        entry = index.begin(key, place)
        if entry is not None:
            try:
                value = function(type)
            except BaseException:
                index.abandon(entry)
                raise
            index.finish(entry, value)
            return value
    found = read(key)
    if type_(found) is Miss:
        return load(found, key, type)
    return found
"""

NONE = """\
def get():
    entries, clock = ram
    try:
        entry = entries[()]
    except KeyError:
        pass
    else:
        value = entry.value
        if clock() < entry.expires:
            entry.uses += 1
            return value
    place = ()
    key = build_key()
    index = ram_index
    if index is not None:
        entry = index.begin(key, place)
        if entry is not None:
            try:
                value = function()
            except BaseException:
                index.abandon(entry)
                raise
            index.finish(entry, value)
            return value
    found = read(key)
    if type(found) is Miss:
        return load(found, key)
    return found
"""


def _get(user_id: int, *, verbose: bool = False) -> int:
    return user_id


async def _get_async(user_id: int, lang: str = "en", /, *more: int, **rest: int) -> int:
    return user_id


def _get_one(type: str | None, /) -> list[int]:  # noqa: A002  # a name that the wrapper uses itself
    return []


def _get_none() -> str:
    return ""


def _change(user_id: int) -> None: ...


async def _put() -> None: ...


@pytest.mark.parametrize(
    ("function", "options", "source"),
    [
        (_get, {"key": "{user_id}_{verbose}"}, CACHED),
        (_get_async, {"key": "{user_id}_{lang}_{more}_{rest}"}, ASYNC),
        (_get_one, {"key": "{type}"}, ONE),
        (_get_none, {"key": None}, NONE),
        (_change, {"key": "{user_id}", "invalidate": True}, INVALIDATING),
        (_put, {"key": "put", "put": True}, PUTTING),
    ],
)
def test_source(function: Callable[..., Any], options: dict[str, Any], source: str) -> None:
    """`inspect.getsource` shows it to anybody."""
    function.__qualname__ = "get"
    cached = Cache(**options, client=CacheClientRam[Any]())(function)

    assert inspect.getsource(cached.__code__) == source
