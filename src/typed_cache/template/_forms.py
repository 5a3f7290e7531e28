"""This is the alphabet of key text: the forms that the text of a value takes.

The first character of a value's text tells its form, and no text of a value goes on behind a complete
one except with a character of `CONTINUING`. That is what lets `_builder` keep keys injective and
`_collisions` tell two templates apart.
"""

import enum
import string
from typing import Final, NamedTuple, final

__all__ = [
    "CONTINUING",
    "IN_KEY",
    "IN_NAME",
    "IN_QUOTES",
    "SEPARATOR",
    "Escapes",
    "Form",
    "Shape",
    "class_head",
    "escape",
    "named_head",
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
class Shape(NamedTuple):
    """A form; `head` is the name before the parenthesis of `NAMED` and `CLASS`, empty for any name.

    >>> Shape(Form.NAMED, "date").head
    'date'
    """

    form: Form
    head: str = ""


CONTINUING: Final = frozenset(string.ascii_letters + string.digits + "(.")
"""What may follow a text inside a longer one: `4` and `42`, `1` and `1.5`, `date` and `date(...)`."""

SEPARATOR: Final = ","
"""Stands where a value would else run into what follows it."""


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


@final
class Escapes(dict[int, str]):
    """A table for `str.translate`: `plain` stays, every other character is percent-encoded as UTF-8."""

    def __init__(self, plain: frozenset[str]) -> None:
        super().__init__(
            (ord(char), char if char in plain else _percent(char)) for char in map(chr, range(128))
        )

    def __missing__(self, code: int) -> str:
        return _percent(chr(code))


_NAME: Final = frozenset(string.ascii_letters + string.digits + "_.<>")
_PRINTABLE: Final = frozenset(map(chr, range(0x21, 0x7F))) - set("%#")

IN_KEY: Final = Escapes(_PRINTABLE)
"""For text in the open: `%` starts an escape, and `#` marks a shortened key."""

IN_QUOTES: Final = Escapes(_PRINTABLE - {"'"})
"""For text between single quotes."""

IN_NAME: Final = Escapes(_NAME)
"""For the dotted names of classes, `<locals>` included."""


def escape(text: str, escapes: Escapes = IN_KEY) -> str:
    """Return `text` as printable ASCII without spaces, from which it can be read back.

    >>> escape("Zürich #1")
    'Z%C3%BCrich%20%231'
    """
    return text.translate(escapes)


def class_head(cls: type) -> str:
    """Return what the text of a value of a user's class begins with: `@app.models.User`."""
    return named_head(f"{cls.__module__}.{cls.__qualname__}")


def named_head(dotted: str) -> str:
    """Return the same for a class that only its full name is known of.

    >>> named_head("app.models.User")
    '@app.models.User'
    """
    return "@" + escape(dotted, IN_NAME)
