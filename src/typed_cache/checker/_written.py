"""This is an annotation as text that is the same for the same type, as `template` writes live ones."""

import ast
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, final

from typed_cache.checker._aliases import alias_parameters, is_type_variable
from typed_cache.checker._annotation import items_of, parsed_annotation
from typed_cache.checker._classes import ClassSource
from typed_cache.checker._live import live_object
from typed_cache.checker._project import External, Found, Project
from typed_cache.checker._scopes import Scope
from typed_cache.template import written

__all__ = ["written_source"]

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def written_source(expression: ast.expr | None, scope: Scope, project: Project) -> str:
    """Return the type that an annotation names; empty where there is none, or where it can be any."""
    if expression is None:
        return ""
    text = _written(expression, _Where(scope, project))
    return "" if text == "Any" else text


@final
class _Where(NamedTuple):
    """Where an annotation stands, the aliases that led there, and what stands for their type variables."""

    scope: Scope
    project: Project
    behind: tuple[ast.expr, ...] = ()
    given: Mapping[str, str] = _NOTHING


def _written(expression: ast.expr, where: _Where) -> str:
    members = _members(expression, where)
    return "" if "" in members else " | ".join(sorted(members))


def _members(expression: ast.expr, where: _Where) -> set[str]:
    """The members of a union, those of the aliases in it included, or the one type that is named."""
    expression = parsed_annotation(expression)
    match expression:
        case ast.Constant(value=None):
            return {"None"}
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _members(left, where) | _members(right, where)
        case ast.Name(id=name) if name in where.given:
            return {where.given[name]}
        case ast.Subscript(value=head):
            return _generic(head, items_of(expression), where)
        case ast.Name() | ast.Attribute():
            return _named(expression, (), where)
        case _:
            return {ast.unparse(expression)}


def _generic(head: ast.expr, items: Sequence[ast.expr], where: _Where) -> set[str]:
    target = where.project.resolve(head, where.scope)
    name = (
        target.dotted.removeprefix("typing_extensions.").removeprefix("typing.")
        if isinstance(target, External)
        else ""
    )
    if name in {"Optional", "Union"}:
        more = {"None"} if name == "Optional" else set[str]()
        return more.union(*(_members(item, where) for item in items))
    if name == "Annotated":
        return _members(items[0], where)
    if name == "Literal":
        return {f"Literal[{ast.unparse(item)}]" for item in items}
    return _named(head, items, where)


def _named(head: ast.expr, items: Sequence[ast.expr], where: _Where) -> set[str]:
    """A class, with its arguments, or what an alias makes of them."""
    target = where.project.resolve(head, where.scope)
    given = [_argument(item, where) for item in items]
    source = ClassSource.of(target, where.project)
    if source is None and isinstance(target, Found):
        if is_type_variable(target, where.project):
            return {""}
        if _is_alias(target) and target.value is not None and target.value not in where.behind:
            names = alias_parameters(target, where.project)
            stands_for = dict(zip(names, given, strict=False))
            behind = (*where.behind, target.value)
            return _members(target.value, _Where(target.scope, where.project, behind, stands_for))
    name = source.dotted if source is not None else _name(head, target)
    return {f"{name}[{', '.join(given)}]" if given else name}


def _argument(item: ast.expr, where: _Where) -> str:
    if isinstance(item, ast.Constant) and item.value is Ellipsis:
        return "..."
    if isinstance(item, ast.List):
        return f"[{', '.join(_argument(each, where) for each in item.elts)}]"
    return _written(item, where) or ast.unparse(item)


def _name(expression: ast.expr, target: object) -> str:
    if isinstance(target, External):
        live = live_object(target.dotted)
        return written(getattr(live, "__origin__", live)) if live is not None else target.dotted
    return ast.unparse(expression)


def _is_alias(target: Found) -> bool:
    return target.value is not None and not isinstance(target.value, ast.Call)
