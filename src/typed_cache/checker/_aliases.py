"""These are the type variables of the source, and those that aliases and generic classes take types for."""

import ast
from collections.abc import Sequence
from typing import Final, TypeGuard

from typed_cache.checker._annotation import parsed_annotation
from typed_cache.checker._project import External, Found, Project, Target
from typed_cache.checker._scopes import Assigned, Scope, TypeParameter

__all__ = ["alias_parameters", "bounds_of", "class_parameters", "is_type_variable"]


def is_type_variable(target: Target | None, project: Project) -> TypeGuard[Found]:
    """Whether a name stands for a type variable, or for what the source does not say."""
    return isinstance(target, Found) and (
        isinstance(target.binding, TypeParameter) or _made_by_call(target, project) is not None
    )


def bounds_of(target: Found, project: Project) -> Sequence[ast.expr]:
    """The bound of a type variable, or the types that it chooses from; empty for one that can be anything."""
    if isinstance(target.binding, TypeParameter):
        bound = target.binding.bound
        return bound.elts if isinstance(bound, ast.Tuple) else [] if bound is None else [bound]
    made = _made_by_call(target, project)
    if made is None:
        return []
    return [keyword.value for keyword in made.keywords if keyword.arg == "bound"] or made.args[1:]


def alias_parameters(alias: Found, project: Project) -> tuple[str, ...]:
    """The type variables of an alias, in the order in which it takes its arguments."""
    if isinstance(alias.binding, Assigned) and alias.binding.parameters:
        return alias.binding.parameters
    return () if alias.value is None else _variables_in([alias.value], alias.scope, project)


def class_parameters(node: ast.ClassDef, scope: Scope, project: Project) -> tuple[str, ...]:
    """The type variables of a generic class, in the order in which it takes its arguments."""
    named = tuple(parameter.name for parameter in getattr(node, "type_params", ()))
    bases = [base for base in node.bases if isinstance(base, ast.Subscript)]
    listed = [base for base in bases if project.resolve(base.value, scope) in _LISTING]
    return named or _variables_in(listed or bases, scope, project)


_LISTING: Final = (External("typing.Generic"), External("typing.Protocol"))


def _variables_in(expressions: Sequence[ast.expr], scope: Scope, project: Project) -> tuple[str, ...]:
    """The type variables that annotations name, each once, in the order of the text."""
    found: dict[str, None] = {}
    for expression in map(parsed_annotation, expressions):
        names = [node for node in ast.walk(expression) if isinstance(node, ast.Name)]
        names.sort(key=lambda name: (name.lineno, name.col_offset))
        variables = (name for name in names if is_type_variable(project.resolve(name, scope), project))
        found.update((name.id, None) for name in variables)
    return tuple(found)


def _made_by_call(target: Found, project: Project) -> ast.Call | None:
    """The `TypeVar(...)` behind a name."""
    if not isinstance(target.value, ast.Call):
        return None
    made = project.resolve(target.value.func, target.scope)
    is_variable = isinstance(made, External) and made.dotted.endswith(".TypeVar")
    return target.value if is_variable else None
