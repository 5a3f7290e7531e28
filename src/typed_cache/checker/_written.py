"""This is an annotation as text that is the same for the same type, as `template` writes live ones."""

import ast
from typing import Final

from typed_cache.checker._annotation import parsed_annotation
from typed_cache.checker._classes import ClassSource
from typed_cache.checker._live import live_object
from typed_cache.checker._project import External, Found, Project
from typed_cache.checker._scopes import Scope
from typed_cache.template import written

__all__ = ["written_source"]

_DEPTH: Final = 30


def written_source(expression: ast.expr | None, scope: Scope, project: Project, depth: int = 0) -> str:
    """Return the type that an annotation names; empty where there is none, or where it varies."""
    if expression is None or depth > _DEPTH:
        return ""
    expression = parsed_annotation(expression)
    match expression:
        case ast.Constant(value=None):
            return "None"
        case ast.BinOp(op=ast.BitOr()):
            return _union(_branches(expression), scope, project, depth)
        case ast.Subscript(value=head, slice=inside):
            items = inside.elts if isinstance(inside, ast.Tuple) else [inside]
            return _generic(head, items, scope, project, depth)
        case ast.Name() | ast.Attribute():
            return _name(expression, scope, project, depth)
        case _:
            return ast.unparse(expression)


def _branches(expression: ast.expr) -> list[ast.expr]:
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.BitOr):
        return [*_branches(expression.left), *_branches(expression.right)]
    return [expression]


def _union(members: list[ast.expr], scope: Scope, project: Project, depth: int, *more: str) -> str:
    texts = [written_source(member, scope, project, depth + 1) for member in members]
    return " | ".join(sorted({part for text in (*texts, *more) for part in text.split(" | ")}))


def _generic(head: ast.expr, items: list[ast.expr], scope: Scope, project: Project, depth: int) -> str:
    target = project.resolve(head, scope)
    name = (
        target.dotted.removeprefix("typing_extensions.").removeprefix("typing.")
        if isinstance(target, External)
        else ""
    )
    if name in {"Optional", "Union"}:
        return _union(items, scope, project, depth, *(["None"] if name == "Optional" else []))
    if name == "Annotated":
        return written_source(items[0], scope, project, depth + 1)
    if name == "Literal":
        return f"Literal[{', '.join(map(ast.unparse, items))}]"
    inside = [_argument(item, scope, project, depth + 1) for item in items]
    return f"{_name(head, scope, project, depth)}[{', '.join(inside)}]"


def _argument(item: ast.expr, scope: Scope, project: Project, depth: int) -> str:
    if isinstance(item, ast.Constant) and item.value is Ellipsis:
        return "..."
    if isinstance(item, ast.List):
        return f"[{', '.join(_argument(each, scope, project, depth) for each in item.elts)}]"
    return written_source(item, scope, project, depth) or ast.unparse(item)


def _name(expression: ast.expr, scope: Scope, project: Project, depth: int) -> str:
    target = project.resolve(expression, scope)
    source = ClassSource.of(target, project)
    if source is not None:
        return source.dotted
    if isinstance(target, External):
        live = live_object(target.dotted)
        return written(getattr(live, "__origin__", live)) if live is not None else target.dotted
    if isinstance(target, Found) and target.value is not None and not isinstance(target.value, ast.Call):
        return written_source(target.value, target.scope, project, depth + 1)
    if isinstance(target, Found) and _is_type_variable(target, project):
        return ""
    return ast.unparse(expression)


def _is_type_variable(target: Found, project: Project) -> bool:
    if target.value is None:
        return True  # a type parameter without a bound
    made = project.resolve(target.value.func, target.scope) if isinstance(target.value, ast.Call) else None
    return isinstance(made, External) and made.dotted.endswith(".TypeVar")
