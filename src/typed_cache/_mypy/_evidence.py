"""This is what the answers about a module rest on, so that mypy asks again once that is another.

mypy infers the attributes of a class while it checks the class's methods, and checks a module again only
when something has changed that the module itself speaks of. A key speaks of more: of `{user.account.plan}`
mypy sees a text.
"""

from typing import Final, final

from mypy.checker import TypeChecker
from mypy.nodes import Decorator, OverloadedFuncDef, SymbolNode, TypeInfo, Var
from mypy.types import PartialType

__all__ = ["Evidence", "is_inferred"]

_TELLS_STABILITY: Final = ("__cache_key__", "__init__", "__next__", "__anext__", "__await__")
"""What changes with the stability of a class; a dataclass gains an `__init__`."""


@final
class Evidence:
    """What was looked at while one module was judged.

    `is_missing` is set where the type of an attribute was asked for that mypy has not inferred yet.
    """

    __slots__ = ("_checker", "_is_daemon", "_known", "is_missing")

    def __init__(self, checker: TypeChecker, *, is_daemon: bool) -> None:
        self._checker = checker
        self._is_daemon = is_daemon
        self._known: set[TypeInfo] = set()
        self.is_missing = False

    def note(self, info: TypeInfo, name: str | None = None) -> None:
        """An answer rests on an attribute of a class, or without a name on whether its values are stable."""
        if info in self._known:
            return
        if not self._is_daemon:
            self._known.add(info)
        for base in info.mro:
            self._checker.module_refs.add(base.module_name)
            if self._is_daemon:
                self._depend_on(base.fullname, *_TELLS_STABILITY if name is None else (name,))

    def _depend_on(self, owner: str, *names: str) -> None:
        """Have the daemon come back to what it is checking now when one of these changes."""
        depends = self._checker.tree.plugin_deps
        target = self._checker.tscope.current_target()
        for symbol in (owner, *(f"{owner}.{name}" for name in names)):
            depends.setdefault(f"<{symbol}>", set()).add(target)


def is_inferred(node: SymbolNode | None) -> bool:
    """Whether mypy knows the type of an attribute by now."""
    if isinstance(node, OverloadedFuncDef):
        return node.type is not None
    var = node.var if isinstance(node, Decorator) else node
    if not isinstance(var, Var):
        return True
    return var.is_ready if var.type is None else not isinstance(var.type, PartialType)
