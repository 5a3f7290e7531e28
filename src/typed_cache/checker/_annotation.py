"""This is how an annotation is taken apart: out of its quotes, into its head and its items."""

import ast

__all__ = ["head_of_annotation", "is_ellipsis", "items_of", "parsed_annotation"]


def parsed_annotation(expression: ast.expr) -> ast.expr:
    """The expression in a quoted annotation; any other is returned as it is."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        try:
            return ast.parse(expression.value.strip(), mode="eval").body
        except (SyntaxError, ValueError):
            return expression
    return expression


def head_of_annotation(expression: ast.expr) -> ast.expr:
    """`list` of `list[int]`."""
    return expression.value if isinstance(expression, ast.Subscript) else expression


def items_of(expression: ast.expr) -> tuple[ast.expr, ...]:
    """`str` and `int` of `dict[str, int]`."""
    if not isinstance(expression, ast.Subscript):
        return ()
    inside = expression.slice
    return tuple(inside.elts) if isinstance(inside, ast.Tuple) else (inside,)


def is_ellipsis(expression: ast.expr) -> bool:
    """Whether an item is the `...` of `tuple[int, ...]`."""
    return isinstance(expression, ast.Constant) and expression.value is Ellipsis
