"""This is whether the instances of a class in the source have a stable text, as `template` judges live ones."""

import ast
from typing import Final

from typed_cache.checker._classes import ClassSource
from typed_cache.checker._scopes import Scope, statements_of
from typed_cache.template import STABLE, UNKNOWN, Stability, Unstable, view_of

__all__ = ["stability_of_source"]


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
    if any(isinstance(stability, Unstable) and _USED_UP in stability.reason for stability in live):
        return Unstable(f"{name} {_USED_UP}")
    if any(_is_used_up(cls) for cls in above):
        return Unstable(f"{name} {_USED_UP}")
    if any(cls.is_abstract for cls in above) or _has_stable_subclass(source):
        return UNKNOWN
    return Unstable(f"{name} has no stable text")


_USED_UP: Final = "can be run through once"


def _is_used_up(source: ClassSource) -> bool:
    return any(
        pair <= source.members.keys()
        for pair in ({"__iter__", "__next__"}, {"__aiter__", "__anext__"}, {"__await__"})
    )


def _has_stable_subclass(source: ClassSource) -> bool:
    """Whether a class below it, anywhere in the project, can stand in a key where this one is expected."""
    for module in source.project.modules():
        if source.node.name not in module.text:
            continue
        for scope, node in _classes_in(module.tree, module.scope):
            below = ClassSource.at(scope, node, source.project)
            if below is not source and source in below.mro and stability_of_source(below) is STABLE:
                return True
    return False


def _classes_in(node: ast.Module | ast.ClassDef, scope: Scope) -> list[tuple[Scope, ast.ClassDef]]:
    found: list[tuple[Scope, ast.ClassDef]] = []
    for statement in statements_of(node.body):
        if isinstance(statement, ast.ClassDef):
            found.append((scope, statement))
            found.extend(_classes_in(statement, scope.inner(statement)))
    return found
