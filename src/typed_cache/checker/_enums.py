"""This is what the members of an enum have: `name`, and `value` as its body gives it."""

import ast
import enum
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from typed_cache.checker._classes import ClassSource
from typed_cache.checker._project import External
from typed_cache.checker._scopes import Scope, statements_of
from typed_cache.template import AnnotationView, Unseen, view_of

__all__ = ["attribute_of_member"]

TypeOf: TypeAlias = Callable[[ast.expr, Scope], AnnotationView]

_NAMES: Final = frozenset({"name", "_name_"})
_VALUES: Final = frozenset({"value", "_value_"})
_OWN_WAYS: Final = ("__new__", "_generate_next_value_")


def attribute_of_member(source: ClassSource, name: str, type_of: TypeOf) -> list[AnnotationView]:
    """Return the types that `name` or `value` of an enum's members can have; empty for another attribute."""
    if enum.Enum not in source.mro or name not in _NAMES | _VALUES:
        return []
    if name in _NAMES:
        return [view_of(str)]
    plain = next((cls for cls in (str, int, float, bytes) if cls in source.mro), None)
    if plain is not None:
        return [view_of(plain)]
    above = [cls for cls in source.mro if isinstance(cls, ClassSource)]
    if any(way in cls.members for cls in above for way in _OWN_WAYS):
        return [Unseen()]
    return [_type_of_value(value, source, type_of) for value in _values(source)] or [Unseen()]


def _type_of_value(value: ast.expr, source: ClassSource, type_of: TypeOf) -> AnnotationView:
    if isinstance(value, ast.Call):
        made = source.project.resolve(value.func, source.scope)
        if made == External("enum.auto"):
            return view_of(int)
    return type_of(value, source.scope)


def _values(source: ClassSource) -> Iterator[ast.expr]:
    for statement in statements_of(source.node.body):
        if isinstance(statement, ast.Assign):
            names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
            if names and not names[0].startswith("_"):
                yield statement.value
