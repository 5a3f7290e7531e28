"""This is a walk over mypy's syntax trees; mypy's own visitors can only be subclassed by compiled code."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, cast, final

from mypy.nodes import Node

__all__ = ["parts_of", "statements_of"]

_PARTS: Final = (
    "args",
    "arguments",
    "base",
    "begin_index",
    "bodies",
    "body",
    "callee",
    "cond",
    "condlists",
    "defs",
    "else_body",
    "else_expr",
    "end_index",
    "expr",
    "finally_body",
    "from_expr",
    "func",
    "generator",
    "guards",
    "handlers",
    "if_expr",
    "impl",
    "index",
    "indices",
    "initializer",
    "items",
    "key",
    "left",
    "left_expr",
    "lvalue",
    "lvalues",
    "msg",
    "operands",
    "patterns",
    "right",
    "rvalue",
    "sequences",
    "stride",
    "subject",
    "target",
    "types",
    "value",
    "values",
)
"""The attributes under which nodes keep what stands inside them, and not what they refer to."""

_BLOCKS: Final = frozenset(
    {"bodies", "body", "defs", "else_body", "finally_body", "func", "handlers", "impl", "items"}
)
"""Those of them under which a statement keeps statements."""


@final
class _Named(dict[type[Node], tuple[str, ...]]):
    """Which of some attributes the nodes of a class have."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self._names = tuple(names)

    def __missing__(self, cls: type[Node]) -> tuple[str, ...]:
        """Find out once for each class."""
        found = self[cls] = tuple(name for name in self._names if hasattr(cls, name))
        return found


_parts_of: Final = _Named(_PARTS)
_blocks_of: Final = _Named(name for name in _PARTS if name in _BLOCKS)


def parts_of(node: Node) -> Iterator[Node]:
    """Yield the nodes directly inside a node; their order is none that one can rely on."""
    for name in _parts_of[type(node)]:
        yield from _nodes(getattr(node, name, None))


def statements_of(node: Node) -> Sequence[Node]:
    """Return the statements and blocks directly inside a statement or block; most have none."""
    names = _blocks_of[type(node)]
    if not names:
        return ()
    found: list[Node] = []
    for name in names:
        part: list[Node] | Node | None = getattr(node, name, None)
        if isinstance(part, list):
            found += part
        elif part is not None:
            found.append(part)
    return found


def _nodes(part: object) -> Iterator[Node]:
    if isinstance(part, Node):
        yield part
    elif isinstance(part, list | tuple):
        items = cast("Sequence[object]", part)  # whatever stands in it
        for item in items:
            yield from _nodes(item)
