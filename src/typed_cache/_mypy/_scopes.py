"""This is what one scope inside a function binds, what it reads, and what is left for the one around it."""

from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias, final

from mypy.nodes import FuncDef, Node

__all__ = ["ABSOLUTE", "Binding", "Path", "Read", "Scope"]

Path: TypeAlias = tuple[str, ...]
Binding: TypeAlias = Path | None
"""What an import binds a name to, which is a path that begins with `ABSOLUTE`; None of any other name."""

ABSOLUTE: Final = ""
"""Stands where a path begins at the modules, not at a name: `("", "shop", "context", "LOCALE")`."""


@final
class Read(NamedTuple):
    """A dotted name that a body reads: an attribute of the receiver, or what `get` is called on."""

    path: Path
    is_get: bool
    text: str
    """As the body spells it, whatever an import inside makes of it."""


@final
class Scope:
    """What one function, class body or comprehension binds and reads."""

    def __init__(self, around: "Scope | None" = None, *, kind: type[Node] = FuncDef) -> None:
        self.around = around
        self.kind = kind
        self.bound: dict[str, Binding] = {}
        self.declared_outside: set[str] = set()
        self.reads: dict[Read, int] = {}

    def note(self, read: Read, line: int) -> None:
        """Keep the first line of a read."""
        self.reads[read] = min(line, self.reads.get(read, line))

    def left(self) -> Iterator[tuple[Read, int]]:
        """Yield what is read here and not bound here; what an import binds, as what it stands for."""
        for read, line in self.reads.items():
            root, *rest = read.path
            if root not in self.bound or root in self.declared_outside:
                yield read, line
                continue
            imported = self.bound[root]
            if imported is not None and read.is_get:
                yield read._replace(path=(*imported, *rest)), line
