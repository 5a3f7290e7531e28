"""This is the source that was given, module by module, and what a name in it stands for.

Modules that are imported and were not given are read when a name leads there, as far as they lie beside
the given ones; nothing outside is, and nothing is ever imported.
"""

import ast
import builtins
import os
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, final

from typed_cache.checker._scopes import (
    AnyFunction,
    Assigned,
    Binding,
    Defined,
    Imported,
    Opaque,
    Scope,
    TypeParameter,
    statements_of,
)
from typed_cache.checker._sources import Unreadable, lines_of, parsed, python_files, read_source

if TYPE_CHECKING:
    from typed_cache.checker._classes import ClassSource
    from typed_cache.template import Stability

__all__ = ["External", "Found", "Module", "Project", "Target"]

_LIBRARY: Final = "typed_cache"
_STARRED: Final = frozenset({"Cache", "ClientKey"})
_DEPTH: Final = 40
"""How many names in a row are followed; a longer chain is a cycle."""


@final
class Module:
    """One source file: its dotted name, text, tree and names."""

    __slots__ = ("lines", "name", "package", "path", "places", "scope", "text", "tree")

    def __init__(self, path: str, name: str, text: str, tree: ast.Module) -> None:
        self.path = path
        self.name = name
        self.package = name if path.endswith("__init__.py") else name.rpartition(".")[0]
        self.text = text
        self.lines = lines_of(text)
        self.tree = tree
        self.scope = Scope(self, tree, None)
        self.places: list[tuple[ast.Call | AnyFunction, Scope]] | None = None
        """Where the library may be used; found by `_uses`."""


@final
@dataclass(frozen=True, slots=True)
class External:
    """Something that no given file defines, by its full name: `typed_cache.Cache`, `builtins.int`."""

    dotted: str


@final
@dataclass(frozen=True, slots=True)
class Found:
    """Something that a given file defines, and the scope in which it does."""

    scope: Scope
    binding: Assigned | Defined | TypeParameter | Opaque

    @property
    def value(self) -> ast.expr | None:
        """The expression that was assigned, if one was."""
        return self.binding.value if isinstance(self.binding, Assigned) else None


Target: TypeAlias = External | Found | Module


@final
class Project:
    """The files given, and the names in them.

    `modules` holds what could be read, in the order given; `unreadable` the rest.
    """

    def __init__(self, files: Sequence[str], unreadable: Sequence[Unreadable] = ()) -> None:
        self.files: tuple[str, ...] = tuple(files)
        self.unreadable: list[Unreadable] = list(unreadable)
        self._by_path: dict[str, Module | None] = {}
        self._by_name: dict[str, Module | None] = {}
        self._broken: dict[str, Unreadable] = {}
        self._roots: list[str] = _roots(files)
        self.classes: dict[ast.ClassDef, ClassSource] = {}
        """The classes that were asked for; filled by `_classes`."""
        self.subclasses: dict[ClassSource, list[ClassSource]] | None = None
        """Those directly below a class; by `_class_stability`."""
        self.made_classes: dict[ast.Call, tuple[Scope, ast.ClassDef]] = {}
        """The classes that a call makes; filled by `_named_tuples`."""
        self.stabilities: dict[Hashable, Stability] = {}
        self.judging: dict[Hashable, Stability] = {}
        """The classes that were judged, and those that are being; filled by `_class_stability`."""
        self.reading: set[ast.expr] = set()
        """The values whose types are being found out, one by another; filled by `_expressions`."""
        self.mentions: dict[str, bool] = {}
        """Which modules, by their path, may use the library; found out by `_uses`."""

    @classmethod
    def of(cls, paths: Sequence[str], exclude: Sequence[str] = ()) -> "Project":
        """The project at and below `paths`; see `python_files`."""
        return cls(*python_files(paths, exclude))

    def modules(self, files: Sequence[str] | None = None) -> Iterator[Module]:
        """Yield the modules of the given files that can be read, noting those that cannot."""
        for path in self.files if files is None else files:
            module = self._load(path)
            if module is not None:
                yield module
            elif (broken := self._broken.get(os.path.abspath(path))) is not None:
                self.unreadable.append(broken)

    def module(self, dotted: str) -> Module | None:
        """The module of that name, if a file beside the given ones is it."""
        if dotted not in self._by_name:
            self._by_name[dotted] = self._find(dotted)
        return self._by_name[dotted]

    def imports_of(self, module: Module) -> Iterator[Module]:
        """The modules of the project from which a module imports anything."""
        for statement in statements_of(module.tree.body):
            dotted: list[str] = []
            if isinstance(statement, ast.Import):
                dotted = [alias.name for alias in statement.names]
            elif isinstance(statement, ast.ImportFrom):
                base = _absolute(Imported(statement.module or "", "", statement.level), module)
                dotted = [base, *(f"{base}.{alias.name}".lstrip(".") for alias in statement.names)]
            yield from (found for name in dotted if (found := self.module(name)) is not None)

    def resolve(self, expression: ast.expr, scope: Scope, depth: int = 0) -> Target | None:
        """What a name, or a dotted one, stands for at the end of all imports and aliases."""
        if isinstance(expression, ast.Name):
            return self._look_up(expression.id, scope, depth + 1)
        if isinstance(expression, ast.Attribute):
            return self.member(self.resolve(expression.value, scope, depth), expression.attr, depth + 1)
        return None

    def member(self, target: Target | None, name: str, depth: int = 0) -> Target | None:
        """What a name of a module, or of the body of a class, stands for."""
        if isinstance(target, Module):
            return self._look_up(name, target.scope, depth, only_here=True) or self.module(
                f"{target.name}.{name}"
            )
        if isinstance(target, External):
            return self._outside(f"{target.dotted}.{name}".lstrip("."))
        if target is not None and isinstance(target.binding, Defined):
            node = target.binding.node
            if isinstance(node, ast.ClassDef):
                return self._look_up(name, target.scope.inner(node), depth, only_here=True)
        return None

    def _look_up(self, name: str, scope: Scope, depth: int, *, only_here: bool = False) -> Target | None:
        here: Scope | None = scope
        while here is not None and depth < _DEPTH:
            binding = here.binding(name)
            if binding is not None:
                return self._follow(binding, here, depth)
            found = self._starred(name, here, depth)
            if found is not None:
                return found
            if only_here:
                return None
            inside_of_class = here.is_of_types  # annotations see what the body of a class binds
            here = here.parent
            while not inside_of_class and here is not None and here.is_class:
                here = here.parent
        return External(f"builtins.{name}") if not only_here and hasattr(builtins, name) else None

    def _starred(self, name: str, scope: Scope, depth: int) -> Target | None:
        """What `from module import *` brought in, from a file or from the library itself."""
        for star in scope.stars:
            target = self._outside(_absolute(star, scope.module))
            if target == External(_LIBRARY) and name in _STARRED:
                return External(f"{_LIBRARY}.{name}")
            found = self.member(target, name, depth + 1) if isinstance(target, Module) else None
            if found is not None:
                return found
        return None

    def _follow(self, binding: Binding, scope: Scope, depth: int) -> Target | None:
        if isinstance(binding, Imported):
            return self._imported(binding, scope.module, depth)
        found = Found(scope, binding)
        if isinstance(found.value, ast.Name | ast.Attribute) and depth < _DEPTH:
            return self.resolve(found.value, scope, depth + 1) or found
        return found

    def _imported(self, imported: Imported, module: Module, depth: int) -> Target | None:
        target = self._outside(_absolute(imported, module))
        return self.member(target, imported.name, depth + 1) if imported.name else target

    def _outside(self, dotted: str) -> Target:
        return self.module(dotted) or External(dotted)

    def _find(self, dotted: str) -> Module | None:
        if not dotted or dotted.partition(".")[0] == _LIBRARY:
            return None  # the library is known by its names, wherever it lies
        below = dotted.replace(".", os.sep)
        for root in self._roots:
            for path in (os.path.join(root, below + ".py"), os.path.join(root, below, "__init__.py")):
                if os.path.isfile(path):
                    return self._load(path)
        return None

    def _load(self, path: str) -> Module | None:
        real = os.path.abspath(path)
        if real in self._by_path:
            return self._by_path[real]
        module: Module | None = None
        text = read_source(path)
        tree = text if isinstance(text, Unreadable) else parsed(path, text)
        if isinstance(text, str) and isinstance(tree, ast.Module):
            module = Module(path, _module_name(path), text, tree)
        elif isinstance(tree, Unreadable):
            self._broken[real] = tree
        self._by_path[real] = module
        return module


def _absolute(imported: Imported, module: Module) -> str:
    if not imported.level:
        return imported.module
    package = module.package.split(".")
    kept = package[: len(package) - imported.level + 1]
    return ".".join([*kept, *([imported.module] if imported.module else [])])


def _package_root(path: str) -> str:
    """The folder in which the outermost package of a file lies."""
    folder = os.path.dirname(os.path.abspath(path))
    while os.path.isfile(os.path.join(folder, "__init__.py")) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder


def _module_name(path: str) -> str:
    """The dotted name of a file: from its outermost package, or else from the working directory."""
    real = Path(os.path.abspath(path))
    root = _package_root(path)
    if root == str(real.parent):
        for folder in (Path.cwd() / "src", Path.cwd()):
            if real.is_relative_to(folder) and all(
                map(str.isidentifier, real.relative_to(folder).parts[:-1])
            ):
                root = str(folder)
                break
    below = real.relative_to(root).with_suffix("")
    parts = below.parts[:-1] if below.name == "__init__" and len(below.parts) > 1 else below.parts
    return ".".join(parts)


def _roots(files: Sequence[str]) -> list[str]:
    folders = dict.fromkeys(os.path.dirname(path) for path in files)
    roots = dict.fromkeys(_package_root(os.path.join(folder, "_")) for folder in folders)
    return [*roots, *dict.fromkeys([os.getcwd(), os.path.join(os.getcwd(), "src")])]
