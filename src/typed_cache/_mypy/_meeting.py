"""This is which files hold keys that can be the same, as far as the texts of keys tell it without types.

A key is a text, a value, a text, a value, and so on. Where two keys have a value at the same place, it can
be the same one; where one of them has a text there, that may read as a value.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, combinations, product
from typing import Final, NamedTuple, final

from typed_cache.template import FunctionFacts, Piece, common_key, parse, pieces_of

__all__ = ["Key", "meeting"]


@final
class Key(NamedTuple):
    """A key as far as it is known: `text` is its template, or only what the template begins with."""

    text: str
    is_whole: bool = True


@final
class _Rest(NamedTuple):
    """What is left of a key behind its first values, cut at the values.

    `shape` is the whole key: a template in which all placeholders have one name.
    `read` tells for each of the values before it whether it was read off a text.
    """

    texts: tuple[str, ...]
    shape: str
    read: tuple[bool, ...] = ()

    def behind(self, length: int) -> "_Rest | None":
        """Read a value off the text, behind so many characters; None where it is not certain to end there."""
        text = self.texts[0][length:]
        value = _VALUE.match(text)
        if value is not None:
            left = text[value.end() :]
        elif len(self.texts) == 1 and text.isalnum() and text.isascii():
            left = ""
        else:
            return None
        return _Rest((left, *self.texts[1:]), self.shape, (*self.read, True))

    def behind_value(self) -> "_Rest":
        """Pass the value that comes next."""
        return _Rest(self.texts[1:], self.shape, (*self.read, False))

    def can_meet(self, other: "_Rest") -> bool:
        """Whether no value was read off both: there, their texts have been compared."""
        return not any(mine and theirs for mine, theirs in zip(self.read, other.read, strict=True))


_ANY: Final = "{x}"
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
_VALUE: Final = re.compile(r"[A-Za-z0-9]+(?=[^A-Za-z0-9(.+-])")
"""A value that is certain to end where it ends in a text: a word or a number."""


def meeting(keys: Mapping[str, Collection[Key]]) -> set[str]:
    """Return the files in which a key can be one that is built in another of them too."""
    files: defaultdict[str, set[str]] = defaultdict(set)
    begun: defaultdict[str, set[str]] = defaultdict(set)
    for file, key in _begin_alike(keys):
        if key.is_whole and "{{" not in key.text and "}}" not in key.text:
            files[_PLACEHOLDER.sub(_ANY, key.text)].add(file)
        else:
            begun[_start(key.text)].add(file)
    search = _Search(files)
    search.among([_Rest(_texts(shape), shape) for shape in files])
    for start, shape in product(begun, [*begun, *files]):
        begins = _start(shape)
        if begins.startswith(start) or start.startswith(begins) or shape.startswith(_ANY):
            search.add(begun[start] | (begun[shape] if shape in begun else files[shape]))
    return search.found


def _begin_alike(keys: Mapping[str, Collection[Key]]) -> Iterator[tuple[str, Key]]:
    """Yield the keys that begin like one of another file, as few do, each with its file."""
    starts: defaultdict[str, list[tuple[str, Key]]] = defaultdict(list)
    for file, of_file in keys.items():
        for key in of_file:
            starts[_start(key.text)].append((file, key))
    alike: set[str] = set()
    for start, text in _prefixes(starts):
        if len({file for file, _ in chain(starts[start], starts[text])}) > 1:
            alike.update((start, text))
    for start in alike:
        yield from starts[start]


def _start(text: str) -> str:
    return text.partition("{")[0].partition("}")[0]


def _texts(shape: str) -> tuple[str, ...]:
    """What stands between the values; the builder puts a comma where they would run into what follows."""
    first, *others = shape.split(_ANY)
    last = len(others) - 1
    separated = (
        f",{text}" if text[:1].isalnum() or text[:1] == "(" or (not text and place < last) else text
        for place, text in enumerate(others)
    )
    return (first, *separated)


@final
class _Search:
    """The search for shapes that can be the same key, among those of several files.

    `found` are the files in which such shapes stand; what would add none to them is passed over.
    """

    def __init__(self, files: Mapping[str, set[str]]) -> None:
        self._files = files
        self.found: set[str] = set()
        for of_shape in files.values():
            self.add(of_shape)

    def add(self, files: set[str]) -> None:
        """Add files with the same key, where they are several."""
        if len(files) > 1:
            self.found |= files

    def among(self, rests: Sequence[_Rest]) -> None:
        """Search those that have been the same so far."""
        if not self._can_add({file for rest in rests for file in self._files[rest.shape]}):
            return
        by_text: defaultdict[str, list[_Rest]] = defaultdict(list)
        for rest in rests:
            by_text[rest.texts[0]].append(rest)
        goes_on = {
            text: [rest.behind_value() for rest in of_text if len(rest.texts) > 1]
            for text, of_text in by_text.items()
        }
        for start, text in _prefixes(by_text):
            if start == text:
                self._compare_ended(rest for rest in by_text[text] if len(rest.texts) == 1)
            elif goes_on[start]:
                read = [(rest, rest.behind(len(start))) for rest in by_text[text]]
                goes_on[start] += [behind for _, behind in read if behind is not None]
                self._compare(by_text[start], [rest for rest, behind in read if behind is None])
        for of_text in goes_on.values():
            if not all(rest.read[-1] for rest in of_text):
                self.among(of_text)

    def _compare_ended(self, rests: Iterable[_Rest]) -> None:
        """Compare those that have been the same to their end, if not where a value was read off both."""
        by_read: defaultdict[tuple[bool, ...], list[_Rest]] = defaultdict(list)
        for rest in rests:
            by_read[rest.read].append(rest)
        for some, others in combinations(by_read.values(), 2):
            if some[0].can_meet(others[0]):
                self._compare(some, others)

    def _compare(self, some: Sequence[_Rest], others: Sequence[_Rest]) -> None:
        """Compare each of some with each of others."""
        for one, other in product(some, others):
            both = self._files[one.shape] | self._files[other.shape]
            if self._can_add(both) and one.can_meet(other) and _overlap(one.shape, other.shape):
                self.add(both)

    def _can_add(self, files: set[str]) -> bool:
        return len(files) > 1 and not files <= self.found


def _prefixes(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each text with itself, and with those that begin like it."""
    shorter: list[str] = []
    for text in sorted(texts):
        while shorter and not text.startswith(shorter[-1]):
            shorter.pop()
        shorter.append(text)
        yield from ((start, text) for start in shorter)


def _overlap(one: str, other: str) -> bool:
    return common_key(_pieces(one), _pieces(other)) is not None


@cache
def _pieces(shape: str) -> tuple[Piece, ...]:
    return pieces_of(parse(shape), _NOTHING_KNOWN)


_NOTHING_KNOWN: Final = FunctionFacts("", "", "", 0)
