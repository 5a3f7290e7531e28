"""This is how mypy's daemon learns that the keys of one module matter to others of its package.

The daemon checks again what depends on a symbol that has changed. So each module shows its keys in a
symbol of its own, under a name that no code can write, and depends on those of its neighbours. A new module
says for its neighbours that they depend on it: none of them is read again to say so.
"""

from typing import Final, final

from mypy.checker import TypeChecker
from mypy.nodes import GDEF, MypyFile, SymbolTableNode, Var
from mypy.types import LiteralType

from typed_cache._mypy._neighbours import Neighbours
from typed_cache._mypy._told import Told
from typed_cache.template import FunctionFacts

__all__ = ["Shown", "depend_on_neighbours"]

_SHOWN: Final = "<cached keys>"


@final
class Shown:
    """The keys that one module has shown so far."""

    def __init__(self, checker: TypeChecker) -> None:
        self._checker = checker
        self._keys: dict[str, str] = {}

    def add(self, facts: FunctionFacts, told: Told) -> None:
        """Show one more, so that a change of it is a change of the module."""
        parameters = [f"{parameter.name}: {parameter.annotation.text}" for parameter in facts.parameters]
        self._keys[facts.qualname] = repr((facts.line, told, facts.returns, parameters))
        text = "\n".join(f"{name} {key}" for name, key in sorted(self._keys.items()))
        tree = self._checker.tree
        var = Var(_SHOWN, LiteralType(text, self._checker.named_type("builtins.str")))
        var._fullname = f"{tree.fullname}.{_SHOWN}"  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # as mypy does
        tree.names[_SHOWN] = SymbolTableNode(GDEF, var, plugin_generated=True)


def depend_on_neighbours(tree: MypyFile, neighbours: Neighbours) -> None:
    """Make a module depend on the keys of all others in its package, and all others on its own."""
    for name in neighbours.modules(tree.fullname, tree.path):
        _depend(tree, tree.fullname, on=name)
        _depend(tree, name, on=tree.fullname)


def _depend(tree: MypyFile, module: str, *, on: str) -> None:
    tree.plugin_deps.setdefault(f"<{on}.{_SHOWN}>", set()).add(module)
