"""This is the alphabet of key text: the forms that the text of a value takes.

The first character of a value's text tells its form, and no text of a value goes on behind a complete
one except with a character of `CONTINUING`. That is what lets `_builder` keep keys injective and
`_collisions` tell two templates apart.
"""

import enum
import string
from dataclasses import dataclass
from typing import Final, final

__all__ = [
    "CONTINUING",
    "PLAIN",
    "PLAIN_IN_NAMES",
    "PLAIN_IN_QUOTES",
    "SEPARATOR",
    "Form",
    "Shape",
    "class_head",
    "escape",
]


@final
class Form(enum.Enum):
    """One form of text; the value shows an example."""

    NONE = "_"
    BOOL = "?1"
    INT = "42"
    FLOAT = "1.5"
    WORD = "AU"
    QUOTED = "'New%20York'"
    BYTES = ":AAEC:"
    TUPLE = "(1,2)"
    LIST = "[1,2]"
    DICT = "{a=1}"
    NAMED = "date(2024-01-01)"
    CLASS = "@app.models.User(id=1)"


@final
@dataclass(frozen=True, slots=True)
class Shape:
    """A form; `head` is the name before the parenthesis of `NAMED` and `CLASS`, empty for any name."""

    form: Form
    head: str = ""


CONTINUING: Final = frozenset(string.ascii_letters + string.digits + "(.")
"""What may follow a text inside a longer one: `4` and `42`, `1` and `1.5`, `date` and `date(...)`."""

SEPARATOR: Final = ","
"""Stands where a value would else run into what follows it."""

PLAIN: Final = frozenset(map(chr, range(0x21, 0x7F))) - set("%#")
"""The characters that stand for themselves: `%` starts an escape, `#` marks a shortened key."""

PLAIN_IN_QUOTES: Final = PLAIN - {"'"}
PLAIN_IN_NAMES: Final = frozenset(string.ascii_letters + string.digits + "_.<>")


def escape(text: str, plain: frozenset[str] = PLAIN) -> str:
    """Return `text` with every character outside `plain` percent-encoded as UTF-8.

    >>> escape("Zürich #1")
    'Z%C3%BCrich%20%231'
    """
    if plain.issuperset(text):
        return text
    return "".join(char if char in plain else _percent(char) for char in text)


def class_head(cls: type) -> str:
    """Return what the text of a value of a user's class begins with: `@app.models.User`."""
    return "@" + escape(f"{cls.__module__}.{cls.__qualname__}", PLAIN_IN_NAMES)


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))
