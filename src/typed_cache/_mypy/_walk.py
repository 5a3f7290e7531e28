"""This is a walk over mypy's syntax trees; mypy's own visitors can only be subclassed by compiled code."""

from collections.abc import Iterator
from typing import Final

from mypy.nodes import Node

__all__ = ["parts_of"]

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

_names: Final[dict[type[Node], tuple[str, ...]]] = {}


def parts_of(node: Node) -> Iterator[Node]:
    """Yield the nodes directly inside a node; their order is none that one can rely on."""
    cls = type(node)
    names = _names.get(cls)
    if names is None:
        names = _names[cls] = tuple(name for name in _PARTS if hasattr(cls, name))
    for name in names:
        yield from _nodes(getattr(node, name, None))


def _nodes(part: object) -> Iterator[Node]:
    if isinstance(part, Node):
        yield part
    elif isinstance(part, list | tuple):
        for item in part:
            yield from _nodes(item)
