"""This is a walk over mypy's syntax trees; mypy's own visitors can only be subclassed by compiled code."""

from collections.abc import Iterator, Sequence
from typing import Final, cast

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

_parts: Final[dict[type[Node], tuple[str, ...]]] = {}


def parts_of(node: Node) -> Iterator[Node]:
    """Yield the nodes directly inside a node; their order is none that one can rely on."""
    for name in _parts_named(type(node)):
        yield from _nodes(getattr(node, name, None))


def statements_of(node: Node) -> Iterator[Node]:
    """Yield the statements and blocks directly inside a statement or block."""
    for name in _parts_named(type(node)):
        if name in _BLOCKS:
            yield from _nodes(getattr(node, name, None))


def _parts_named(cls: type[Node]) -> tuple[str, ...]:
    names = _parts.get(cls)
    if names is None:
        names = _parts[cls] = tuple(name for name in _PARTS if hasattr(cls, name))
    return names


def _nodes(part: object) -> Iterator[Node]:
    if isinstance(part, Node):
        yield part
    elif isinstance(part, list | tuple):
        items = cast("Sequence[object]", part)  # whatever stands in it
        for item in items:
            yield from _nodes(item)
