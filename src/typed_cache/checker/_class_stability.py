"""This is whether the instances of a class in the source have a stable text; `template` judges live ones."""

import abc
import ast
from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import Final

from typed_cache.checker._classes import ClassSource
from typed_cache.checker._project import Project
from typed_cache.checker._scopes import Scope, statements_of
from typed_cache.template import STABLE, UNKNOWN, Stability, Unstable, view_of

__all__ = ["is_read_once", "stability_of_source"]


def stability_of_source(source: ClassSource) -> Stability:
    """Judge a class by itself, then by what is known of its bases, then by the classes below it."""
    name = source.qualname
    above = [cls for cls in source.mro if isinstance(cls, ClassSource)]
    if any("__cache_key__" in cls.members or cls.record for cls in above):
        return STABLE
    live = [view_of(cls).stability() for cls in source.mro if isinstance(cls, type)]
    if any(stability is STABLE for stability in live):
        return STABLE
    if not source.is_all_seen:
        return UNKNOWN
    if is_read_once(source):
        return Unstable(f"{name} can be run through once")
    if any(_asks_for_abilities(cls) for cls in source.mro) or _has_stable_subclass(source):
        return UNKNOWN
    return Unstable(f"{name} has no stable text")


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


def _has_stable_subclass(source: ClassSource) -> bool:
    """Whether a class below it, anywhere in the project, can stand in a key where this one is expected."""
    known = source.project.stable_below
    if source not in known:
        known[source] = False  # what a class that inherits from itself sees
        known[source] = any(stability_of_source(below) is STABLE for below in _classes_below(source))
    return known[source]


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
