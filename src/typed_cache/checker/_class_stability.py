"""This is whether the instances of a class in the source have a stable text; `template` judges live ones."""

import abc
import ast
import enum
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterable, Iterator
from typing import Final, TypeAlias

from typed_cache.checker._classes import ClassSource
from typed_cache.checker._fields import fields_of
from typed_cache.checker._members import Member
from typed_cache.checker._project import Project
from typed_cache.checker._scopes import Scope, statements_of
from typed_cache.template import STABLE, UNKNOWN, Stability, Unstable, view_of

__all__ = ["is_read_once", "stability_of_source"]


_MOST: Final = 30
"""How many classes one answer looks into: a generic one can contain itself with ever other arguments."""

OfField: TypeAlias = Callable[[Member, ClassSource], Stability]


def stability_of_source(source: ClassSource, of_field: OfField, known_as: Hashable) -> Stability:
    """Judge a class by itself, its fields, what is known of its bases, and the classes below it.

    One search judges a record and all that its fields lead to, each once, so that records may contain
    each other. What was begun in the middle of a circle is judged anew when it is asked for by itself.
    `known_as` tells a generic class from itself with other arguments.
    """
    project = source.project
    known = project.stabilities.get(known_as) or project.judging.get(known_as)
    if known is not None:
        return known
    if len(project.judging) >= _MOST:
        return UNKNOWN
    is_whole_search = not project.judging
    project.judging[known_as] = UNKNOWN
    try:
        found = project.judging[known_as] = _judged(source, of_field)
    finally:
        if is_whole_search:
            project.judging.clear()
    if is_whole_search:
        project.stabilities[known_as] = found
    return found


def _judged(source: ClassSource, of_field: OfField) -> Stability:
    if _says_its_key(source):
        return STABLE
    if _has_text(source):
        reason = _unstable_field(source, of_field)
        if reason is None:
            return STABLE
        # a record below has the same field, and most likely the same fault
        opening = (_judged(below, of_field) is STABLE for below in _classes_below(source))
        return _unless_open(source, reason, opening)
    name = source.qualname
    if source.is_all_seen and is_read_once(source):
        return Unstable(f"{name} can be run through once")
    return _unless_open(source, f"{name} has no stable text", map(_has_text, _classes_below(source)))


def _unless_open(source: ClassSource, reason: str, opening: Iterable[bool]) -> Stability:
    """Unstable, where no base can change that, and no class below can come in this one's place."""
    if not source.is_all_seen or any(map(_asks_for_abilities, source.mro)) or any(opening):
        return UNKNOWN
    return Unstable(reason)


def _says_its_key(source: ClassSource) -> bool:
    return any("__cache_key__" in cls.members for cls in source.mro if isinstance(cls, ClassSource))


def _has_text(source: ClassSource) -> bool:
    """Whether a class has a text of its own, whatever its fields hold."""
    return (
        _says_its_key(source)
        or any(cls.record for cls in source.mro if isinstance(cls, ClassSource))
        or _is_stable_value(source)
    )


def _is_stable_value(source: ClassSource) -> bool:
    return any(view_of(cls).stability() is STABLE for cls in source.mro if isinstance(cls, type))


def _unstable_field(source: ClassSource, of_field: OfField) -> str | None:
    """Why a field has no stable text; an enum, and what extends a builtin, is not written by its fields."""
    if enum.Enum in source.mro:
        return None
    if _is_stable_value(source) and not source.inherits("typing.NamedTuple"):
        return None
    for name, member in fields_of(source).items():
        stability = of_field(member, source)
        if isinstance(stability, Unstable):
            return f"{source.qualname}.{name}: {stability.reason}"
    return None


def _asks_for_abilities(cls: ClassSource | type) -> bool:
    """Whether a class stands for what others bring, as an ABC or a Protocol does."""
    return cls.is_abstract if isinstance(cls, ClassSource) else isinstance(cls, abc.ABCMeta)


_READ_ONCE: Final = (Iterator, AsyncIterator, Awaitable)
_METHODS: Final = ({"__iter__", "__next__"}, {"__aiter__", "__anext__"}, {"__await__"})


def is_read_once(source: ClassSource) -> bool:
    """Whether only the first reader of an instance could use it: an iterator, an awaitable."""
    names = {name for cls in source.mro if isinstance(cls, ClassSource) for name in cls.members}
    return any(methods <= names for methods in _METHODS) or any(
        isinstance(cls, type) and issubclass(cls, _READ_ONCE) for cls in source.mro
    )


def _classes_below(source: ClassSource) -> list[ClassSource]:
    """The classes that inherit from it, at any distance."""
    direct = source.project.subclasses
    if direct is None:
        direct = source.project.subclasses = _subclasses(source.project)
    found: dict[ClassSource, None] = {source: None}
    waiting = [source]
    while waiting:
        for below in direct.get(waiting.pop(), ()):
            if below not in found:
                found[below] = None
                waiting.append(below)
    return list(found)[1:]


def _subclasses(project: Project) -> dict[ClassSource, list[ClassSource]]:
    """Which classes name another as their base: looked up once, in all modules."""
    found: dict[ClassSource, list[ClassSource]] = {}
    for module in project.modules():
        for scope, node in _classes_in(module.tree, module.scope):
            if node.bases:
                below = ClassSource.at(scope, node, project)
                for base in below.bases():
                    if isinstance(base, ClassSource):
                        found.setdefault(base, []).append(below)
    return found


def _classes_in(node: ast.Module | ast.ClassDef, scope: Scope) -> list[tuple[Scope, ast.ClassDef]]:
    found: list[tuple[Scope, ast.ClassDef]] = []
    for statement in statements_of(node.body):
        if isinstance(statement, ast.ClassDef):
            found.append((scope, statement))
            found.extend(_classes_in(statement, scope.inner(statement)))
    return found
