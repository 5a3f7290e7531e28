"""This is one `Cache(...)` as the source writes it: its arguments, as far as the source tells them."""

import ast
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, TypeAlias, final

from typed_cache.checker._project import External, Found, Module, Project, Target
from typed_cache.checker._scopes import Scope
from typed_cache.checker._values import UNSAID, Unsaid, Value, value_of

__all__ = ["CacheCall", "Mode", "cache_call", "is_cache"]

Mode: TypeAlias = Literal["cache", "put", "invalidate"]

_CACHES: Final = frozenset(
    f"{module}{name}"
    for module in ("typed_cache.", "typed_cache.decorator.")
    for name in ("Cache", "AnyCache", "TypedCache", "SameCache")
)
_POSITIONS: Final[tuple[str, ...]] = ("key", "expire", "invalidate", "cache_client_name")


@final
@dataclass(frozen=True, slots=True)
class CacheCall:
    """One `Cache(...)` as the source writes it; what the source does not say is `UNSAID`.

    `client` is the name under which functions share entries: `""` for the only client registered, a
    registered name, or the variable that holds the client.
    """

    module: Module
    node: ast.Call
    key: str | Unsaid | None
    expire: Value
    mode: Mode | Unsaid
    ignore: str | tuple[str, ...] | Unsaid
    client: str | Unsaid

    @property
    def lifetime(self) -> timedelta | Unsaid | None:
        """The time to live, where it is one."""
        return self.expire if self.expire is None or isinstance(self.expire, timedelta) else UNSAID


def is_cache(target: Target | None) -> bool:
    """Whether a name stands for the library's `Cache`."""
    return isinstance(target, External) and target.dotted in _CACHES


def cache_call(node: ast.Call, scope: Scope, project: Project) -> CacheCall:
    """Read the arguments of a `Cache(...)`, as far as the source tells them."""
    given: dict[str, ast.expr] = dict(zip(_POSITIONS, node.args, strict=False))
    given.update((keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg is not None)
    hidden = any(keyword.arg is None for keyword in node.keywords) or any(
        isinstance(argument, ast.Starred) for argument in node.args
    )

    def value(name: str, default: Value) -> Value:
        if name in given:
            return value_of(given[name], scope, project)
        return UNSAID if hidden else default

    key = value("key", None)
    ignore = value("ignore", ())
    return CacheCall(
        scope.module,
        node,
        key if key is None or isinstance(key, str) else UNSAID,
        value("expire", None),
        _mode(value("invalidate", None), value("put", None)),
        _names(ignore),
        _client(given, scope, project, hidden=hidden),
    )


def _mode(invalidate: Value, put: Value) -> Mode | Unsaid:
    if UNSAID in {invalidate, put}:
        return UNSAID
    return "invalidate" if invalidate else "put" if put else "cache"


def _names(ignore: Value) -> str | tuple[str, ...] | Unsaid:
    if isinstance(ignore, str):
        return ignore
    if not isinstance(ignore, tuple):
        return UNSAID
    names = tuple(name for name in ignore if isinstance(name, str))
    return names if len(names) == len(ignore) else UNSAID


def _client(given: dict[str, ast.expr], scope: Scope, project: Project, *, hidden: bool) -> str | Unsaid:
    if "client" in given:
        target = project.resolve(given["client"], scope)
        return _variable(given["client"], target) if isinstance(target, Found) else UNSAID
    if "cache_client_name" not in given:
        return UNSAID if hidden else ""
    name = value_of(given["cache_client_name"], scope, project)
    if name is None or isinstance(name, str):
        return name or ""
    return _client_key(given["cache_client_name"], scope, project)


def _client_key(expression: ast.expr, scope: Scope, project: Project) -> str | Unsaid:
    """The name in `ClientKey[User]("users")`, kept in a variable or written in place."""
    if not isinstance(expression, ast.Call):
        target = project.resolve(expression, scope)
        if not isinstance(target, Found) or not isinstance(target.value, ast.Call):
            return UNSAID
        expression, scope = target.value, target.scope
    made = expression.func.value if isinstance(expression.func, ast.Subscript) else expression.func
    target = project.resolve(made, scope)
    if not isinstance(target, External) or not target.dotted.endswith(".ClientKey"):
        return UNSAID
    arguments = [*expression.args, *(keyword.value for keyword in expression.keywords)]
    name = value_of(arguments[0], scope, project) if arguments else UNSAID
    return name if isinstance(name, str) else UNSAID


def _variable(expression: ast.expr, target: Found) -> str:
    return f"{target.scope.module.name}:{target.scope.qualname(ast.unparse(expression).rpartition('.')[2])}"
