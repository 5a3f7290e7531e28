"""This is which keys the functions of each file have, as far as the bytes of a package tell it.

The names of `Cache`, and of the decorators that it made, are taken for all that they stand for in any of
the files, and under whatever name they are imported.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from typed_cache._mypy._calls import (
    UNCLEAR,
    Call,
    Given,
    Stated,
    calls_of,
    function_below,
    is_only_kept,
    plain_keys,
)
from typed_cache._mypy._patterns import ENDS, NAME, compiled, word

__all__ = ["Texts", "stated_in"]

Texts: TypeAlias = Mapping[str, bytes]
"""The bytes of files; each text begins with a line break, so that every line has one before it."""

_CACHES: Final = (b"Cache", b"AnyCache", b"TypedCache", b"SameCache")
_REACH: Final = 300
"""The bytes before a name in which it is looked for what the name is assigned to."""

_ASSIGNED: Final = compiled(rf"""
    [\n;:] [ \t]*+ ( {NAME} ) [ \t]*+ (?: :[^=\n]*+ )? = (?: [\s(] | \\\n )*+ (?: {NAME} \s* \. \s* )*+ $
""")
_DECORATES: Final = compiled(rf"@ [ \t]* (?: {NAME} [ \t]* \. [ \t]* )*+ $")
_RENAMED: Final = rf"(?: \s+ as \s+ (?P<other> {NAME} ) | (?: \.plain )? {ENDS} )"
_CALLED: Final = r"(?: \.plain )? \s* \("


def stated_in(texts: Texts) -> dict[str, set[Stated]]:
    """Return the keys of the functions in each file, as far as the bytes tell them."""
    found: defaultdict[str, set[Stated]] = defaultdict(set)
    made: defaultdict[bytes, set[Given]] = defaultdict(set)
    for name in _with_other_names(_CACHES, texts):
        for file in _mentioning(name, texts):
            text = texts[file]
            plain = plain_keys(name, text)
            if plain is not None:
                found[file].update(plain)
                continue
            for call in calls_of(name, text):
                kept_as = _assigned_to(text, call.start)
                if kept_as is not None:
                    made[kept_as].add(call.key)
                if kept_as is None or not is_only_kept(call, text):
                    found[file].add(_of_function(call, text))
    for name, keys in made.items():
        for other in _with_other_names([name], texts):
            for file in _mentioning(other, texts):
                found[file].update(_by_object(other, keys, texts[file]))
    return dict(found)


def _mentioning(name: bytes, texts: Texts) -> list[str]:
    return [file for file, text in texts.items() if name in text]


def _with_other_names(names: Iterable[bytes], texts: Texts) -> list[bytes]:
    """Names, and all others that are given to what they stand for."""
    known = dict.fromkeys(names)
    ahead = list(known)
    while ahead:
        name = ahead.pop()
        for file in _mentioning(name, texts):
            new = [other for other in _renamed(name, texts[file]) if other not in known]
            known.update(dict.fromkeys(new))
            ahead += new
    return list(known)


def _renamed(name: bytes, text: bytes) -> Iterator[bytes]:
    """What is imported `as`, or is another name for, what a name stands for."""
    for found in word(name, _RENAMED).finditer(text):
        other = found["other"] or _assigned_to(text, found.start())
        if other is not None:
            yield other


def _assigned_to(text: bytes, start: int) -> bytes | None:
    """The name to which an expression is assigned that begins there, or with a name and a dot before."""
    if text[start - 1 : start] == b"@":
        return None
    assigned = _ASSIGNED.search(text, max(0, start - _REACH), start)
    return assigned[1] if assigned is not None else None


def _decorates(text: bytes, start: int) -> bool:
    return _DECORATES.search(text, max(0, start - _REACH), start) is not None


def _of_function(call: Call, text: bytes) -> Stated:
    if call.key is not None:
        return call.key
    return function_below(text, call.end) if _decorates(text, call.start) else UNCLEAR


def _by_object(name: bytes, keys: Iterable[Given], text: bytes) -> Iterator[Stated]:
    """The keys of the functions that an object of this name decorates."""
    for found in word(name, rf"(?P<called> {_CALLED} )?").finditer(text):
        if not _decorates(text, found.start()):
            if found["called"] is not None:
                yield from (UNCLEAR if key is None else key for key in keys)
        else:
            yield from (function_below(text, found.end()) if key is None else key for key in keys)
