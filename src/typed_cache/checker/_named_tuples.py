"""This is where `namedtuple("Row", "id name")` becomes the class that it makes."""

import ast
from collections.abc import Iterator
from typing import Final

from typed_cache.checker._project import External, Project
from typed_cache.checker._scopes import Scope

__all__ = ["class_made_by"]

_MAKERS: Final = frozenset({"collections.namedtuple", "typing.NamedTuple"})
_HEAD: Final = ast.parse("from typing import Any, NamedTuple")
"""What the class itself names; the scope with it stands between the class and where it is made."""


def class_made_by(call: ast.Call, scope: Scope, project: Project) -> tuple[Scope, ast.ClassDef] | None:
    """Return the class as a statement, and the scope to read it in; None for any other call."""
    known = project.made_classes.get(call)
    if known is not None:
        return known
    target = project.resolve(call.func, scope)
    if not isinstance(target, External) or target.dotted not in _MAKERS:
        return None
    name, *fields = call.args
    listed = _fields(fields[0]) if fields else None
    if listed is None or call.keywords or not isinstance(name, ast.Constant):
        return None
    made = ast.ClassDef(str(name.value), [ast.Name("NamedTuple", ast.Load())], [], list(listed), [])
    found = project.made_classes[call] = (Scope(scope.module, _HEAD, scope), ast.copy_location(made, call))
    return found


def _fields(listed: ast.expr) -> Iterator[ast.stmt] | None:
    """The fields in `"id name"`, `["id", "name"]` or `[("id", int)]`; None where the source does not tell."""
    items = listed.elts if isinstance(listed, ast.List | ast.Tuple) else [listed]
    fields: list[tuple[str, ast.expr]] = []
    for item in items:
        match item:
            case ast.Constant(value=str(names)):
                fields += ((name, ast.Name("Any", ast.Load())) for name in names.replace(",", " ").split())
            case ast.Tuple(elts=[ast.Constant(value=str(name)), annotation]):
                fields.append((name, annotation))
            case _:
                return None
    return (ast.AnnAssign(ast.Name(name, ast.Store()), annotation, None, 1) for name, annotation in fields)
