"""These are the fields that make up a value of a record in the source, where they are annotated."""

import ast
from collections.abc import Iterator
from typing import Final

from typed_cache.checker._classes import ClassSource
from typed_cache.checker._members import Member, names_one_of

__all__ = ["fields_of"]

_MODELS: Final = ("msgspec.Struct", "pydantic.BaseModel")
"""Bases whose subclasses are records, all of them."""

_LISTED_BY_CALL: Final = frozenset({"attr.s", "attr.attrs"})
"""Decorators that make fields of what is assigned `attr.ib(...)`, and of nothing else."""

_NO_FIELDS: Final = frozenset(
    {"typing.ClassVar", "typing_extensions.ClassVar", "dataclasses.InitVar", "dataclasses.KW_ONLY"}
)


def fields_of(source: ClassSource) -> dict[str, Member]:
    """Return the annotated fields of a record by their names, those of records above it included."""
    is_model = source.inherits(*_MODELS)
    hides_private = source.inherits("pydantic.BaseModel")
    found: dict[str, Member] = {}
    for cls in reversed(source.mro):
        if isinstance(cls, ClassSource) and (is_model or cls.record):
            found.update(
                (name, member)
                for name, member in _own_fields(cls)
                if not (hides_private and name.startswith("_"))
            )
    return found


def _own_fields(source: ClassSource) -> Iterator[tuple[str, Member]]:
    by_call = any(source.name_of(decorator) in _LISTED_BY_CALL for decorator in source.node.decorator_list)
    for name, member in source.members.items():
        if not member.is_declared or member.annotation is None:
            continue
        if by_call and not isinstance(member.value, ast.Call):
            continue
        if not names_one_of(member.annotation, _NO_FIELDS, member.scope, source.project):
            yield name, member
