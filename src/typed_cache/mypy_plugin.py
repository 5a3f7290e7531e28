"""The mypy plugin: `plugins = typed_cache.mypy_plugin` in mypy's configuration.

It holds every `@Cache(...)` against the function below it, by the rules that the decorator itself applies
at import, with mypy's own types. This file says which hook is which; the features are in `_mypy`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, cast, final

from mypy.checker import TypeChecker  # noqa: TC002  # named in a cast, and in a file that only mypy loads
from mypy.nodes import MypyFile
from mypy.options import Options
from mypy.plugin import (
    CheckerPluginInterface,
    DynamicClassDefContext,
    FunctionContext,
    MethodContext,
    MethodSigContext,
    Plugin,
    ReportConfigContext,
)
from mypy.types import FunctionLike, Type
from typing_extensions import override

from typed_cache._mypy._judge import judge, judge_expire
from typed_cache._mypy._module import Module
from typed_cache._mypy._neighbours import Neighbours
from typed_cache._mypy._plainly_right import CACHE
from typed_cache._version import VERSION

__all__ = ["TypedCachePlugin", "plugin"]

_CLASSES: Final = tuple(f"typed_cache.decorator.{name}" for name in ("AnyCache", "TypedCache", "SameCache"))
_CONFIG: Final = {"typed_cache": VERSION}
"""What every module is checked with."""
_CLIENT_KEY: Final = "typed_cache.registration.ClientKey"

Hook: TypeAlias = (
    Callable[[DynamicClassDefContext], None]
    | Callable[[FunctionContext], Type]
    | Callable[[MethodContext], Type]
    | Callable[[MethodSigContext], FunctionLike]
)


def plugin(version: str) -> type[Plugin]:
    """Return the plugin; mypy calls this with its own version."""
    del version
    return TypedCachePlugin


@final
class TypedCachePlugin(Plugin):
    """Which function of `_mypy` mypy calls where."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self._neighbours: Final = Neighbours()
        self._checked: dict[TypeChecker, Module] = {}
        self._module: Module | None = None
        hooks: Mapping[str, Mapping[str, Hook]] = {
            "get_dynamic_class_hook": {CACHE: judge_expire},
            "get_function_hook": {CACHE: self._keep_told, _CLIENT_KEY: self._keep_name},
            # Not the hook of the method itself: an error inside a call would only reject one overload.
            "get_method_signature_hook": {f"{name}.__call__": self._judge_call for name in _CLASSES},
            # mypy asks no hook for the signature of this one.
            "get_method_hook": {f"{name}.plain": self._judge_plain for name in _CLASSES},
        }
        for kind, by_name in hooks.items():
            # mypy asks a hundred thousand times in a run, and a dict answers in a fifth of a method's time.
            setattr(self, kind, by_name.get)

    @override
    def report_config_data(self, ctx: ReportConfigContext) -> Any:
        """Make mypy check again what it cached with another version, or beside other modules."""
        accused = self._neighbours.accused(ctx.id, ctx.path)
        return {"typed_cache": VERSION, "shared keys": sorted(accused.items())} if accused else _CONFIG

    @override
    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        """Add none; a file that is read again may have other keys now."""
        self._neighbours.forget()
        return []

    def _keep_told(self, context: FunctionContext) -> Type:
        return self._module_of(context.api).keep_told(context)

    def _keep_name(self, context: FunctionContext) -> Type:
        return self._module_of(context.api).decorators.keep_name(context)

    def _judge_call(self, context: MethodSigContext) -> FunctionLike:
        if context.args and context.args[0]:
            judge(context.type, context.args[0][0], context.context, self._module_of(context.api))
        return context.default_signature

    def _judge_plain(self, context: MethodContext) -> Type:
        if context.args and context.args[0]:
            judge(context.type, context.args[0][0], context.context, self._module_of(context.api))
        return context.default_return_type

    def _module_of(self, api: CheckerPluginInterface) -> Module:
        """The module that is being checked; mypy goes back and forth between those that import each other."""
        checker = cast("TypeChecker", api)  # it is what mypy gives to the hooks of its checker
        module = self._module
        if module is None or module.checker is not checker:
            module = self._module = self._checked.get(checker)
        if module is None or module.tree is not checker.tree:
            module = self._module = self._checked[checker] = Module(checker, self._neighbours)
        return module
