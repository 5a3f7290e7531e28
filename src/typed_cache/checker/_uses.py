"""This is where the uses of `Cache` are found, however they are spelled.

Decorators, `.plain`, `Cache(...)(fn)`, and decorators that were kept in variables or imported.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast, final

from typed_cache.checker._calls import CacheCall, Mode, cache_call, is_cache
from typed_cache.checker._project import Found, Module, Project
from typed_cache.checker._scopes import AnyFunction, Defined, Scope, blocks_of

__all__ = ["CacheCall", "CacheUse", "Mode", "calls_in", "uses_in"]


@final
@dataclass(frozen=True, slots=True)
class CacheUse:
    """A function that `Cache` decorates.

    `module`, `line` and `column` (from 1) are where the decorator stands; `function` and `scope` are the
    function and where it is defined, which differ from it in the form `Cache(...)(fn)`. `between` holds
    the decorators that stand nearer to the function.
    """

    call: CacheCall
    module: Module
    line: int
    column: int
    last_line: int
    function: AnyFunction
    scope: Scope
    between: tuple[ast.expr, ...]

    @property
    def qualname(self) -> str:
        """The function's qualified name."""
        return self.scope.qualname(self.function.name)

    @property
    def dotted(self) -> str:
        """Module and qualified name of the function."""
        return f"{self.scope.module.name}.{self.qualname}"

    @property
    def returns(self) -> str:
        """The return annotation as it is written; empty where there is none."""
        return ast.unparse(self.function.returns) if self.function.returns is not None else ""


def uses_in(module: Module, project: Project) -> Iterator[CacheUse]:
    """Yield every use of `Cache` in a module, in the order of the text."""
    for node, scope in _places(module, project):
        if isinstance(node, ast.Call):
            yield from _called(node, scope, project)
        else:
            yield from _decorators(node, scope, project)


def calls_in(module: Module, project: Project) -> Iterator[CacheCall]:
    """Yield every `Cache(...)` that a module writes, used as a decorator or not."""
    for node, scope in _places(module, project):
        if isinstance(node, ast.Call) and is_cache(project.resolve(node.func, scope)):
            yield cache_call(node, scope, project)


def _places(module: Module, project: Project) -> list[tuple[ast.Call | AnyFunction, Scope]]:
    """The calls and functions of a module that may use the library, each with its scope."""
    if module.places is None:
        found = _statements(module.tree.body, module.scope) if _may_use_cache(module, project) else ()
        module.places = [place for scope, statement in found for place in _in_statement(statement, scope)]
    return module.places


def _in_statement(statement: ast.stmt, scope: Scope) -> Iterator[tuple[ast.Call | AnyFunction, Scope]]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) and statement.decorator_list:
        yield statement, scope
    for node in _expressions(statement):
        if isinstance(node, ast.Call):
            yield node, scope


def _may_use_cache(module: Module, project: Project) -> bool:
    """Whether a module mentions the library, or imports from one that may."""
    return _mentions_library(module, project, set())


def _mentions_library(module: Module, project: Project, seen: set[str]) -> bool:
    known = project.mentions.get(module.path)
    if known is not None:
        return known
    if "typed_cache" in module.text:
        project.mentions[module.path] = True
        return True
    if module.path in seen:
        return False
    seen.add(module.path)
    found = any(_mentions_library(other, project, seen) for other in project.imports_of(module))
    if found or len(seen) == 1:
        project.mentions[module.path] = found
    return found


def _statements(body: list[ast.stmt], scope: Scope) -> Iterator[tuple[Scope, ast.stmt]]:
    stack = [(scope, statement) for statement in reversed(body)]
    while stack:
        here, statement = stack.pop()
        yield here, statement
        inside = here
        blocks = blocks_of(statement)
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inside, blocks = here.inner(statement), [statement.body]
        for block in blocks:
            stack.extend((inside, nested) for nested in reversed(block))


def _expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """The expressions of one statement, without the statements inside it."""
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        yield node
        for child in vars(node).values():
            if type(child) in _LEAVES:
                continue
            if isinstance(child, ast.AST):
                stack.append(child)
            elif isinstance(child, list):
                items = cast("list[object]", child)  # a field of a node, whatever it holds
                stack.extend(
                    item for item in items if isinstance(item, ast.AST) and not isinstance(item, _NO_PART)
                )


_NO_PART: Final = (ast.stmt, ast.ExceptHandler, ast.match_case)
_LEAVES: Final = frozenset({str, int, type(None), ast.Load, ast.Store})


def _decorators(function: AnyFunction, scope: Scope, project: Project) -> Iterator[CacheUse]:
    for index, decorator in enumerate(function.decorator_list):
        call = _decorator_call(decorator, scope, project)
        if call is not None:
            between = tuple(function.decorator_list[index + 1 :])
            yield _use(call, (scope.module, decorator), function, scope, between)


def _called(node: ast.Call, scope: Scope, project: Project) -> Iterator[CacheUse]:
    """`Cache(...)(fn)`, and the same through `.plain` or a variable."""
    call = _decorator_call(node.func, scope, project) if len(node.args) == 1 and not node.keywords else None
    if call is None:
        return
    if isinstance(node.args[0], ast.Lambda):
        yield _use(call, (scope.module, node), _as_function(node.args[0]), scope, ())
        return
    target = project.resolve(node.args[0], scope)
    if isinstance(target, Found) and isinstance(target.binding, Defined):
        function = target.binding.node
        if not isinstance(function, ast.ClassDef):
            between = tuple(function.decorator_list)
            yield _use(call, (scope.module, node), function, target.scope, between)


def _as_function(written: ast.Lambda) -> AnyFunction:
    """A lambda as the function that it stands for; it has no annotations."""
    (function,) = ast.parse("def _(): ...").body
    assert isinstance(function, ast.FunctionDef)  # noqa: S101  # that is what the line above says
    function.name, function.args = "<lambda>", written.args
    function.body = [ast.copy_location(ast.Return(written.body), written)]
    return ast.copy_location(function, written)


def _use(
    call: CacheCall,
    place: tuple[Module, ast.expr],
    function: AnyFunction,
    scope: Scope,
    between: tuple[ast.expr, ...],
) -> CacheUse:
    module, written = place
    last = written.end_lineno or written.lineno
    return CacheUse(call, module, written.lineno, _column(module, written), last, function, scope, between)


def _column(module: Module, written: ast.expr) -> int:
    """The column in characters, from 1; the tree counts bytes."""
    line = module.lines[written.lineno - 1].encode()
    return len(line[: written.col_offset].decode(errors="replace")) + 1


def _decorator_call(expression: ast.expr, scope: Scope, project: Project, depth: int = 0) -> CacheCall | None:
    """The `Cache(...)` that an expression stands for, if it stands for one."""
    if depth > _DEPTH:
        return None
    if isinstance(expression, ast.Call):
        return (
            cache_call(expression, scope, project)
            if is_cache(project.resolve(expression.func, scope))
            else None
        )
    if isinstance(expression, ast.Attribute) and expression.attr == "plain":
        made = _decorator_call(expression.value, scope, project, depth + 1)
        if made is not None:
            return made
    target = project.resolve(expression, scope)
    if isinstance(target, Found) and target.value is not None and target.value is not expression:
        return _decorator_call(target.value, target.scope, project, depth + 1)
    return None


_DEPTH: Final = 20
