"""This is where calls stand right above functions: in the body of a module, and in those of its classes."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from mypy.nodes import CallExpr, ClassDef, Decorator, MypyFile, Statement

__all__ = ["Above", "bodies_of"]

Above: TypeAlias = tuple[CallExpr, Decorator]
"""A call, and the function that it stands above."""


def bodies_of(tree: MypyFile) -> Iterator[Sequence[Above]]:
    """Yield what stands above the functions of each body; what is inside of functions or an `if` does not."""
    left: list[Sequence[Statement]] = [tree.defs]
    while left:
        body = left.pop()
        yield [above for statement in body if isinstance(statement, Decorator) for above in _calls(statement)]
        left += [statement.defs.body for statement in body if isinstance(statement, ClassDef)]


def _calls(decorator: Decorator) -> Iterator[Above]:
    for expression in decorator.decorators:
        if isinstance(expression, CallExpr):
            yield expression, decorator
