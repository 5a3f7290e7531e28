"""The mypy plugin: `plugins = typed_cache.mypy_plugin` in mypy's configuration.

It holds every `@Cache(...)` against the function below it, by the rules that the decorator itself applies
at import, with mypy's own types. This file says which hook is which; the features are in `_mypy`.
"""

import functools
from collections.abc import Callable
from typing import Any, Final, cast, final

from mypy.checker import TypeChecker  # noqa: TC002  # named in a cast, and in a file that only mypy loads
from mypy.nodes import MypyFile
from mypy.options import Options
from mypy.plugin import (
    CheckerPluginInterface,
    FunctionContext,
    MethodContext,
    MethodSigContext,
    Plugin,
    ReportConfigContext,
)
from mypy.types import FunctionLike, Type
from typing_extensions import override

from typed_cache._mypy._judge import judge
from typed_cache._mypy._module import Module
from typed_cache._mypy._neighbours import Neighbours
from typed_cache._mypy._told import keep_name, keep_told

__all__ = ["TypedCachePlugin", "plugin"]

_CLASSES: Final = tuple(f"typed_cache.decorator.{name}" for name in ("AnyCache", "TypedCache", "SameCache"))
_CALLS: Final = frozenset(f"{name}.__call__" for name in _CLASSES)
_PLAIN: Final = frozenset(f"{name}.plain" for name in _CLASSES)
_CACHE: Final = "typed_cache.decorator.Cache"
_CLIENT_KEY: Final = "typed_cache.registration.ClientKey"


def plugin(version: str) -> type[Plugin]:
    """Return the plugin; mypy calls this with its own version."""
    del version
    return TypedCachePlugin


@functools.cache
def _config() -> dict[str, object]:
    """What every module is checked with; asked for only where mypy keeps a cache."""
    from importlib.metadata import version  # noqa: PLC0415  # slow to load

    return {"typed_cache": version("typed-cache-client")}


@final
class TypedCachePlugin(Plugin):
    """Which function of `_mypy` mypy calls where.

    mypy looks hooks up a hundred thousand times in a run, which without a `__dict__` is half the work.
    """

    __slots__ = ("_module", "_neighbours")

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self._neighbours: Final = Neighbours()
        self._module: Module | None = None

    @override
    def report_config_data(self, ctx: ReportConfigContext) -> Any:
        """Make mypy check again what it cached with another version, or beside other modules."""
        accused = self._neighbours.accused(ctx.id, ctx.path)
        return {**_config(), "shared keys": sorted(accused.items())} if accused else _config()

    @override
    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        """Add none; a file that is read again may have other keys now."""
        self._neighbours.forget()
        return []

    @override
    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        """Keep what decorators and names of clients are told."""
        if fullname == _CACHE:
            return self._keep_told
        if fullname == _CLIENT_KEY:
            return lambda context: keep_name(context, self._module_of(context.api).known)
        return None

    @override
    def get_method_signature_hook(self, fullname: str) -> Callable[[MethodSigContext], FunctionLike] | None:
        """Judge `@Cache(...)`; here, since an error inside a call would only reject one overload."""
        return self._judge_call if fullname in _CALLS else None

    @override
    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        """Judge `@Cache(...).plain`, whose signature mypy asks no hook for."""
        return self._judge_plain if fullname in _PLAIN else None

    def _keep_told(self, context: FunctionContext) -> Type:
        return keep_told(context, self._module_of(context.api).known)

    def _judge_call(self, context: MethodSigContext) -> FunctionLike:
        if context.args and context.args[0]:
            judge(context.type, context.args[0][0], context.context, self._module_of(context.api))
        return context.default_signature

    def _judge_plain(self, context: MethodContext) -> Type:
        if context.args and context.args[0]:
            judge(context.type, context.args[0][0], context.context, self._module_of(context.api))
        return context.default_return_type

    def _module_of(self, api: CheckerPluginInterface) -> Module:
        """The module that is being checked; mypy checks one after the other."""
        checker = cast("TypeChecker", api)  # it is what mypy gives to the hooks of its checker
        module = self._module
        if module is None or module.checker is not checker or module.tree is not checker.tree:
            module = self._module = Module(checker, self._neighbours)
        return module
