"""This is what the names of one scope are bound to, read off its statements; nothing is evaluated."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, final

if TYPE_CHECKING:
    from typed_cache.checker._project import Module

__all__ = [
    "AnyFunction",
    "Assigned",
    "Binding",
    "Defined",
    "Imported",
    "Opaque",
    "Scope",
    "TypeParameter",
    "blocks_of",
    "statements_of",
]

AnyFunction: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@final
@dataclass(frozen=True, slots=True)
class Imported:
    """`import module` where `name` is empty, else `from module import name`; `level` counts the dots."""

    module: str
    name: str
    level: int


@final
@dataclass(frozen=True, slots=True)
class Assigned:
    """`name: annotation = value`; `value` is None where there is only an annotation.

    `parameters` are those of `type name[T] = value`.
    """

    value: ast.expr | None
    annotation: ast.expr | None
    parameters: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class Defined:
    """A `def` or a `class`."""

    node: AnyFunction | ast.ClassDef


@final
@dataclass(frozen=True, slots=True)
class TypeParameter:
    """The `T` of `def first[T: bound](...)`; `bound` is None where it stands for anything."""

    bound: ast.expr | None


@final
@dataclass(frozen=True, slots=True)
class Opaque:
    """Bound in a way that says nothing about the value: a parameter, a loop, several assignments."""


Binding: TypeAlias = Imported | Assigned | Defined | TypeParameter | Opaque
_OPAQUE: Final = Opaque()


@final
class Scope:
    """The names of a module, a class or a function; they are collected when one is first asked for."""

    __slots__ = ("_bindings", "_stars", "is_of_types", "module", "node", "parent")

    def __init__(
        self, module: "Module", node: ast.Module | ast.ClassDef | AnyFunction, parent: "Scope | None"
    ) -> None:
        self.module = module
        self.node = node
        self.parent = parent
        self.is_of_types = False
        self._bindings: dict[str, Binding] | None = None
        self._stars: list[Imported] = []

    @property
    def is_class(self) -> bool:
        """Whether this is the body of a class, whose names its functions do not see."""
        return isinstance(self.node, ast.ClassDef)

    @property
    def stars(self) -> list[Imported]:
        """The modules of `from module import *`."""
        self.binding("")
        return self._stars

    def binding(self, name: str) -> Binding | None:
        """What a name is bound to in this very scope."""
        if self._bindings is None:
            self._bindings = self._collect()
        return self._bindings.get(name)

    def inner(self, node: AnyFunction | ast.ClassDef) -> "Scope":
        """The scope of a function or class that is defined in this one."""
        return Scope(self.module, node, self)

    def of_annotations(self, node: AnyFunction) -> "Scope":
        """The scope of a function's annotations: this one, and the function's own type parameters."""
        if not getattr(node, "type_params", ()):
            return self
        scope = self.inner(node)
        scope.is_of_types = True
        return scope

    def qualname(self, name: str) -> str:
        """The qualified name of what is defined here as `name`."""
        if isinstance(self.node, ast.Module) or self.parent is None:
            return name
        own = self.parent.qualname(self.node.name)
        return f"{own}.{name}" if self.is_class else f"{own}.<locals>.{name}"

    def _collect(self) -> dict[str, Binding]:
        found: dict[str, Binding] = {}
        for name, binding in self._all():
            if name == "*" and isinstance(binding, Imported):
                self._stars.append(binding)
            else:
                found[name] = _both(found[name], binding) if name in found else binding
        return found

    def _all(self) -> Iterator[tuple[str, Binding]]:
        node = self.node
        if not isinstance(node, ast.Module | ast.ClassDef) and not self.is_of_types:
            spec = node.args
            for group in (spec.posonlyargs, spec.args, spec.kwonlyargs, [spec.vararg, spec.kwarg]):
                yield from ((argument.arg, _OPAQUE) for argument in group if argument is not None)
        for parameter in getattr(node, "type_params", ()):
            yield parameter.name, TypeParameter(getattr(parameter, "bound", None))
        for statement in () if self.is_of_types else statements_of(node.body):
            yield from _bound_by(statement)
        if isinstance(node, ast.Module) and "global " in self.module.text:
            for inside in ast.walk(node):
                if isinstance(inside, ast.Global):
                    yield from ((name, _OPAQUE) for name in inside.names)


def _both(before: Binding, after: Binding) -> Binding:
    """What a name is that is bound twice: an import with a fallback is the import, a `def` the last one."""
    if isinstance(before, Imported):
        return before
    if isinstance(after, Imported):
        return after
    if isinstance(before, Assigned) and before.value is None and isinstance(after, Assigned):
        return Assigned(after.value, before.annotation)
    if isinstance(before, Defined) and isinstance(after, Defined):
        return after
    return _OPAQUE


def statements_of(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Every statement of one scope, those inside `if`, `try`, `with` and loops included."""
    stack = [*body][::-1]
    while stack:
        statement = stack.pop()
        yield statement
        for block in blocks_of(statement):
            stack.extend(reversed(block))


_NO_BLOCKS: Final[tuple[list[ast.stmt], ...]] = ()
_SIMPLE: Final = (ast.Expr, ast.Assign, ast.AnnAssign, ast.Return, ast.Import, ast.ImportFrom)


def blocks_of(statement: ast.stmt) -> Iterable[list[ast.stmt]]:
    """The blocks of a compound statement that belong to the same scope as it does."""
    if isinstance(statement, (*_SIMPLE, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return _NO_BLOCKS
    if isinstance(statement, ast.If | ast.For | ast.AsyncFor | ast.While):
        return statement.body, statement.orelse
    if isinstance(statement, ast.With | ast.AsyncWith):
        return (statement.body,)
    if isinstance(statement, ast.Try | ast.TryStar):
        handlers = [handler.body for handler in statement.handlers]
        return statement.body, *handlers, statement.orelse, statement.finalbody
    if isinstance(statement, ast.Match):
        return [case.body for case in statement.cases]
    return _NO_BLOCKS


def _bound_by(  # noqa: C901, PLR0912  # one case for each kind of statement
    statement: ast.stmt,
) -> Iterator[tuple[str, Binding]]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name, Defined(statement)
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, Assigned(value, None)
                else:
                    yield from _opaque(target)
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
            yield name, Assigned(value, annotation)
        case ast.Import(names=names):
            for alias in names:
                top = alias.name.partition(".")[0]
                yield alias.asname or top, Imported(alias.name if alias.asname else top, "", 0)
        case ast.ImportFrom(module=module, names=names, level=level):
            for alias in names:
                yield alias.asname or alias.name, Imported(module or "", alias.name, level)
        case ast.AugAssign(target=target) | ast.For(target=target) | ast.AsyncFor(target=target):
            yield from _opaque(target)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                yield from _opaque(item.optional_vars)
        case ast.Match(cases=cases):
            for case in cases:
                yield from _opaque(case.pattern)
        case ast.Delete(targets=targets):
            for target in targets:
                yield from _opaque(target)
        case ast.Try(handlers=handlers) | ast.TryStar(handlers=handlers):
            yield from ((handler.name, _OPAQUE) for handler in handlers if handler.name)
        case _:
            if type(statement).__name__ == "TypeAlias":  # from Python 3.12 on
                alias_name: object = getattr(getattr(statement, "name", None), "id", None)
                if isinstance(alias_name, str):
                    parameters = tuple(each.name for each in getattr(statement, "type_params", ()))
                    yield alias_name, Assigned(getattr(statement, "value", None), None, parameters)


def _opaque(target: ast.AST | None) -> Iterator[tuple[str, Binding]]:
    for node in ast.walk(target) if target is not None else ():
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id, _OPAQUE
        elif isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name, _OPAQUE
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest, _OPAQUE
