"""This is where the text of a key template is read: literals and placeholders, each with its place.

    template    := (literal | placeholder)*
    placeholder := "{" name ("." name)* "}" | "{...}"
    literal     := any text; "{{" and "}}" stand for one brace

"{...}" is where the text of a key function goes.

Reading never raises: what does not fit the grammar becomes a `Fault`, and reading goes on behind it.
"""

import functools
import keyword
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias, final

from typing_extensions import override

__all__ = [
    "KEY_FUNCTION",
    "Fault",
    "KeyTemplate",
    "Literal",
    "Part",
    "Placeholder",
    "Span",
    "parse",
    "plain_paths",
]

KEY_FUNCTION: Final = "..."
"""What stands in braces where a key function has its place, as if it were a parameter."""

Span: TypeAlias = tuple[int, int]
"""Start and end offset in the template's text, the end excluded."""


@final
class Literal(NamedTuple):
    """Text that every key has, braces already unescaped.

    >>> parse("{{x}}").parts
    (Literal(text='{x}', span=(0, 5)),)
    """

    text: str
    span: Span


@final
class Placeholder(NamedTuple):
    """A parameter, or an attribute path that starts at one; `span` lies inside the braces.

    >>> parse("{user.id}").placeholders[0].attributes
    ('id',)
    """

    path: tuple[str, ...]
    span: Span

    @property
    def parameter(self) -> str:
        """The name of the parameter."""
        return self.path[0]

    @property
    def attributes(self) -> tuple[str, ...]:
        """What is read from the parameter; empty for the parameter itself."""
        return self.path[1:]

    @property
    def is_key_function(self) -> bool:
        """Whether this is `{...}`, the place of a key function.

        >>> parse("user_{...}").placeholders[0].is_key_function
        True
        """
        return self.path == (KEY_FUNCTION,)

    def span_of(self, index: int) -> Span:
        """The place of one name of the path."""
        start = self.span[0] + sum(len(name) + 1 for name in self.path[:index])
        return start, start + len(self.path[index])


Part: TypeAlias = Literal | Placeholder


@final
class Fault(NamedTuple):
    """One place where a text leaves the grammar: what is wrong, and what to write instead.

    >>> parse("{price:.2f}").faults[0].remedy
    "Write '{price}': every value has one text."
    """

    message: str
    remedy: str
    span: Span


@final
@dataclass(frozen=True, slots=True)
class KeyTemplate:
    """A key template that was read; one with `faults` builds no keys.

    >>> template = parse("user_{user.id}")
    >>> template.placeholders[0].path
    ('user', 'id')
    >>> str(template)
    'user_{user.id}'
    """

    text: str
    parts: tuple[Part, ...]
    faults: tuple[Fault, ...] = ()
    placeholders: tuple[Placeholder, ...] = field(init=False, repr=False, compare=False)
    """The placeholders, in order."""

    def __post_init__(self) -> None:
        found = tuple([part for part in self.parts if isinstance(part, Placeholder)])
        object.__setattr__(self, "placeholders", found)

    @classmethod
    def literal(cls, text: str) -> "KeyTemplate":
        """A template without placeholders, whatever braces `text` holds."""
        return cls(_escape(text), (Literal(text, (0, len(text))),))

    @property
    def has_key_function(self) -> bool:
        """Whether a key function makes a part of the key."""
        return any(part.is_key_function for part in self.placeholders)

    @override
    def __str__(self) -> str:
        """The text that reads back to the same parts."""
        return "".join(
            _escape(part.text) if isinstance(part, Literal) else "{" + ".".join(part.path) + "}"
            for part in self.parts
        )


def _escape(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def parse(text: str) -> KeyTemplate:
    """Read a template; never raises, see `KeyTemplate.faults`.

    >>> parse("user_{0}").faults[0].message
    "a positional field '{0}'"
    """
    return _parsed(text)


def plain_paths(text: str) -> list[str] | None:
    """Return the placeholders of a template that has no faults, no literal braces and no key function.

    None stands for any other text. Where the names are all that matters, this is several times as quick as
    `parse`.

    >>> plain_paths("user_{user.id}_{lang}")
    ['user.id', 'lang']
    >>> plain_paths("user_{user_id") is None
    True
    """
    if not text or _PLAIN.fullmatch(text) is None:
        return None
    paths: list[str] = _INSIDE.findall(text)
    names = ".".join(paths).split(".")
    return paths if _KEYWORDS.isdisjoint(names) else None


@functools.lru_cache(maxsize=32)  # rules, register and builder each read the same text
def _parsed(text: str) -> KeyTemplate:
    if not text:
        return KeyTemplate(text, (), (_EMPTY_KEY,))
    parts: list[Part] = []
    faults: list[Fault] = []
    for item in _read(text):
        if isinstance(item, Fault):
            faults.append(item)
        elif isinstance(item, Literal) and parts and isinstance(before := parts[-1], Literal):
            parts[-1] = Literal(before.text + item.text, (before.span[0], item.span[1]))
        else:
            parts.append(item)
    return KeyTemplate(text, tuple(parts), tuple(faults))


_EMPTY_KEY: Final = Fault("an empty key", 'Write a key such as "user_{user_id}".', (0, 0))


_LITERAL: Final = re.compile("[^{}]+")
_NAMES: Final = re.compile(r"\{([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\}", re.ASCII)
_PLAIN: Final = re.compile(rf"(?:[^{{}}]++|{_NAMES.pattern})*+", re.ASCII)
_INSIDE: Final = re.compile(r"\{([^}]+)")
_KEYWORDS: Final = frozenset(keyword.kwlist)


def _read(text: str) -> Iterator[Part | Fault]:
    position = 0
    while position < len(text):
        literal = _LITERAL.match(text, position)
        if literal is not None:
            yield Literal(literal[0], literal.span())
            position = literal.end()
        elif text[position : position + 2] in {"{{", "}}"}:
            yield Literal(text[position], (position, position + 2))
            position += 2
        elif text[position] == "}":
            span = (position, position + 1)
            yield Fault("a '}' that closes nothing", "Write '}}' for a literal brace.", span)
            position += 1
        else:
            item, position = _placeholder(text, position)
            yield item


def _placeholder(text: str, brace: int) -> tuple[Placeholder | Fault, int]:
    """Read the placeholder that opens at `brace`; also where reading goes on."""
    names = _NAMES.match(text, brace)  # as nearly all are; the others are looked at one by one
    if names is not None and _KEYWORDS.isdisjoint(path := tuple(names[1].split("."))):
        return Placeholder(path, names.span(1)), names.end()
    close = text.find("}", brace)
    nested = text.find("{", brace + 1)
    if close < 0 or 0 <= nested < close:
        end = len(text) if nested < 0 else nested
        remedy = "Close it with '}', or write '{{' for a literal brace."
        return Fault("a '{' that is never closed", remedy, (brace, brace + 1)), end
    inside = text[brace + 1 : close]
    span = (brace + 1, close)
    if inside == KEY_FUNCTION:
        return Placeholder((KEY_FUNCTION,), span), close + 1
    # as Python reads the names in its source: an e and its accent are one letter
    path = tuple(unicodedata.normalize("NFKC", inside).split("."))
    fault = _fault_in(inside, path, (brace, close + 1))
    return fault or Placeholder(path, span), close + 1


def _fault_in(inside: str, path: tuple[str, ...], span: Span) -> Fault | None:
    shown = "{" + inside + "}"
    if not inside or inside.isdecimal():
        return Fault(f"a positional field '{shown}'", "Name the parameter, as in '{user_id}'.", span)
    for mark, (what, remedy) in _FORMAT_SYNTAX.items():
        if mark in inside:
            return Fault(f"{what} in '{shown}'", remedy.format(inside.partition(mark)[0]), span)
    for name in path:
        if not name:
            return Fault(f"an empty name in '{shown}'", "Put one name on each side of a dot.", span)
        if not name.isidentifier():
            return Fault(f"{name!r}, which is no name, in '{shown}'", _LITERAL_BRACES, span)
        if name in _KEYWORDS:
            return Fault(f"the keyword {name!r} in '{shown}'", "Nothing can have that name.", span)
    return None


_FORMAT_SYNTAX: Final = {
    "[": ("indexing", "Pass the item as a parameter of its own."),
    "!": ("a conversion", "Write '{{{}}}': every value has one text."),
    ":": ("a format spec", "Write '{{{}}}': every value has one text."),
}
_LITERAL_BRACES: Final = "Write the name of a parameter, or '{{' and '}}' for literal braces."
