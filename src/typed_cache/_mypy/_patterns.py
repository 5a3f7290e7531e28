"""This is what patterns over the bytes of Python source are made of."""

import re
from typing import Final

__all__ = ["ENDS", "NAME", "compiled", "word"]

NAME: Final = r"[\w\x80-\xff]++"
"""A name, in any encoding that Python source has."""

ENDS: Final = r"(?: [ \t)]* (?: [\n;\#] | $ ) )"
"""The end of a statement."""


def compiled(pattern: str) -> re.Pattern[bytes]:
    """Compile a pattern in which spaces mean nothing."""
    return re.compile(pattern.encode("latin-1"), re.VERBOSE)


def word(name: bytes, behind: str) -> re.Pattern[bytes]:
    """Compile what finds a name and what is behind it; it begins with the name, which is quick to find."""
    text = name.decode("latin-1")
    return compiled(rf"{text} (?<! [\w\x80-\xff]{text} ) {behind}")
