"""This is what the bytes of a file say of the calls of `Cache` in it, without parsing it.

It is complete rather than precise: what the bytes do not tell is said to be unclear. Texts begin with a
line break, so that every line has one before it.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias, final

from typed_cache._mypy._meeting import Key
from typed_cache._mypy._patterns import ENDS, NAME, compiled, word

__all__ = [
    "UNCLEAR",
    "Call",
    "Given",
    "Stated",
    "Unclear",
    "calls_of",
    "function_below",
    "is_only_kept",
    "plain_keys",
]


@final
class Unclear:
    """What the bytes do not tell."""


UNCLEAR: Final = Unclear()
Stated: TypeAlias = Key | bytes | Unclear
"""The key of a function: a text, or the name of a constant."""

Given: TypeAlias = Stated | None
"""The key that `Cache` is given; None where the function's name is to be it."""


@final
class Call(NamedTuple):
    """One `Cache(...)` that stores, where it stands in the text."""

    key: Given
    start: int
    end: int
    """Behind the parenthesis where there is no key; else somewhere before it."""


_GAP: Final = r"(?: [ \t\r\n] | \\\n | \#[^\n]*+ )*+"
_TEXT: Final = r"""(?: "[^"\\\n]*+" | '[^'\\\n]*+' )"""
_FLAT: Final = rf"""(?: [^()\[\]{{}}"'#,] | {_TEXT} )"""
_ITEMS: Final = rf"(?: {_FLAT} | , )*+"
_NESTED: Final = rf"(?: \({_ITEMS}\) | \[{_ITEMS}\] | \{{{_ITEMS}\}} )"
_OTHER: Final = rf"(?! key\b ) {NAME} {_GAP} = (?: {_FLAT} | {_NESTED} )*+"
_WHOLE: Final = rf"""[rRuU]? (?P<quote>["']) (?P<whole>[^"'\\\n\x80-\xff]*+) (?P=quote) {_GAP} (?= [,)] )"""
_BEGUN: Final = r"""[rRuUfF]{0,2} (?: \"\"\" | ''' | ["'] ) (?P<begun> [^"'\\\n{}\x80-\xff]++ )"""
_NAMED: Final = rf"(?: {NAME} \. )* (?P<name> {NAME} ) {_GAP} (?= [,)] )"

_ARGUMENTS: Final = compiled(rf"""
    {_GAP} (?P<before> (?: {_OTHER} , {_GAP} )*+ )
    (?:
        (?P<last> (?: {_OTHER} )? ) \)
      | (?: key {_GAP} = {_GAP} )? (?: {_WHOLE} | {_BEGUN} | {_NAMED} ) (?P<after> [^()"'\#]*+ )
    )
""")
_PLAIN: Final = rf"""\( (?: key= )? (?: {_WHOLE} | {_NAMED} ) (?P<after> [^()"'\#]*+ )"""
_INVALIDATES: Final = compiled(r"""^ [^"'\#]* \b invalidate \s* = \s* True \b""")
_ONLY_KEPT: Final = compiled(rf"[^(]* \( (?: {_FLAT} | {_NESTED} | , )*+ \) (?: \.plain )? {ENDS}")
_FUNCTION: Final = compiled(rf"""
    (?: \.plain )? [ \t]* (?: \#[^\n]* )? \n (?: [@\#][^\n]* \n )*+ (?: async [ \t]+ )? def [ \t]+ ({NAME})
""")


def plain_keys(name: bytes, text: bytes) -> list[Stated] | None:
    """Return the keys of all calls of a name that stands for `Cache`, where each is a plain decorator.

    Most are; it is several times as quick as to look at each for itself.
    """
    if name not in text:
        return []
    found = compiled(rf"@ (?: {NAME} \. )*+ {name.decode('latin-1')} {_PLAIN}").findall(text)
    calls = len(word(name, r"\s* \(").findall(text))
    if len(found) != calls or any(constant == b"None" for _, _, constant, _ in found):
        return None
    if any(b"invalidate" in after for *_, after in found):
        found = [(*key, after) for *key, after in found if not _INVALIDATES.match(after)]
    return [constant or Key(whole.decode("ascii")) for _, whole, constant, _ in found]


def calls_of(name: bytes, text: bytes) -> Iterator[Call]:
    """Yield the calls of a name that stands for `Cache`, without those that only invalidate."""
    for opened in word(name, r"\s* \(").finditer(text):
        arguments = _ARGUMENTS.match(text, opened.end())
        if arguments is None:
            yield Call(UNCLEAR, opened.start(), opened.end())
        elif not any(_INVALIDATES.match(part) for part in arguments.group("before", "last", "after") if part):
            yield Call(_given(arguments), opened.start(), arguments.end())


def _given(arguments: re.Match[bytes]) -> Given:
    whole, begun, name = arguments.group("whole", "begun", "name")
    if whole is not None:
        return Key(whole.decode("ascii"))
    if begun is not None:
        return Key(begun.decode("ascii"), is_whole=False)
    return name if name != b"None" else None


def is_only_kept(call: Call, text: bytes) -> bool:
    """Whether a call ends its statement, so that no function is decorated by it there."""
    return _ONLY_KEPT.match(text, call.start) is not None


def function_below(text: bytes, end: int) -> Key | Unclear:
    """Return the name of a function at the top of a module, under a decorator that gives no key."""
    found = _FUNCTION.match(text, end)
    return UNCLEAR if found is None else Key(found[1].decode("latin-1"))
