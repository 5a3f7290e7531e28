"""This is which texts names stand for in the files of one package.

A name is taken for every text that it stands for in any of the files.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias, final

from typed_cache._mypy._calls import UNCLEAR, Unclear
from typed_cache._mypy._meeting import Key
from typed_cache._mypy._patterns import ENDS, NAME, compiled

__all__ = ["TextNames"]


@final
class _Name(NamedTuple):
    """What another name stands for; not `is_whole` where more is added to it."""

    name: bytes
    is_whole: bool = True


_Text: TypeAlias = Key | Unclear | _Name

_DEPTH: Final = 20
"""How many names in a row are followed; a longer chain is a cycle."""

_ASSIGNED: Final = compiled(rf"""
    \n [ \t]*+ (?P<name> {NAME} ) [ \t]*+ (?: :[^=\n]*+ )? = (?!=) (?: [ \t] | \\\n | \(\s*+ )*+
    (?:
        [rRuU]? (?P<quote> ["'] ) (?P<whole> [^"'\\\n\x80-\xff]*+ ) (?P=quote) (?= [ \t]* [\n;\#] )
      | [rRuUfF]{{0,2}} (?: \"\"\" | ''' | ["'] ) (?P<begun> [^"'\\\n{{}}\x80-\xff]*+ )
      | (?: {NAME} \. )*+ (?P<other> (?![0-9]) {NAME} ) (?! [.(\[] ) (?P<ends> {ENDS} )?
    )
""")
_AS: Final = compiled(rf"[ ]as[ ]+ ( {NAME} )")
_BEFORE_AS: Final = compiled(rf"( {NAME} ) $")
_REACH: Final = 100
"""The bytes before `as` in which it is looked for what is renamed there."""


@final
class TextNames:
    """The names in some files, by what they are assigned and imported as."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        self._known: defaultdict[bytes, set[_Text]] = defaultdict(set)
        for text in texts.values():
            for name, found in (*_assigned(text), *_imported_as(text)):
                self._known[name].add(found)

    def keys_of(self, name: bytes, depth: int = _DEPTH) -> Iterator[Key | Unclear]:
        """Yield all that a name can be as a key."""
        if name not in self._known or not depth:
            yield UNCLEAR
            return
        for found in self._known[name]:
            if not isinstance(found, _Name):
                yield found
                continue
            for key in self.keys_of(found.name, depth - 1):
                yield Key(key.text, key.is_whole and found.is_whole) if isinstance(key, Key) else key


def _assigned(text: bytes) -> Iterator[tuple[bytes, _Text]]:
    for name, _, whole, begun, other, ends in _ASSIGNED.findall(text):
        if other:
            yield name, _Name(other, is_whole=bool(ends))
        elif whole or begun:
            yield name, Key((whole or begun).decode("ascii"), is_whole=bool(whole))
        else:
            yield name, UNCLEAR


def _imported_as(text: bytes) -> Iterator[tuple[bytes, _Text]]:
    for found in _AS.finditer(text):
        before = _BEFORE_AS.search(text, max(0, found.start() - _REACH), found.start())
        if before is not None:
            yield found[1], _Name(before[1])
