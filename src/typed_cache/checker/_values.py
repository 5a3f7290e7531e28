"""This is what an expression is worth, as far as the source alone says."""

import ast
import enum
from collections.abc import Iterator
from datetime import timedelta
from types import EllipsisType
from typing import Final, TypeAlias, final

from typed_cache.checker._project import External, Found, Project
from typed_cache.checker._scopes import Scope

__all__ = ["UNSAID", "Unsaid", "Value", "value_of"]


@final
class Unsaid(enum.Enum):
    """The type of `UNSAID`: the source does not say what the value is."""

    UNSAID = "unsaid"


UNSAID: Final = Unsaid.UNSAID

Plain: TypeAlias = "str | int | float | bytes | complex | timedelta | None"
Value: TypeAlias = "Plain | tuple[Value, ...] | Unsaid"

_DEPTH: Final = 40
_LONGEST: Final = 10_000
"""Text and numbers beyond this are no key and no time; computing them would only cost time."""


def value_of(expression: ast.expr | None, scope: Scope, project: Project, depth: int = 0) -> Value:  # noqa: PLR0911  # one for each kind
    """Return the value of literals, constants, their sums and products, tuples, and `timedelta(...)`."""
    if depth > _DEPTH:
        return UNSAID
    match expression:
        case ast.Constant(value=literal):
            return UNSAID if isinstance(literal, EllipsisType) else literal
        case ast.Name() | ast.Attribute():
            return _of_name(project, project.resolve(expression, scope), depth)
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
            values = tuple(value_of(item, scope, project, depth + 1) for item in items)
            return UNSAID if UNSAID in values else values
        case ast.JoinedStr(values=parts):
            return _joined([value_of(part, scope, project, depth + 1) for part in parts])
        case ast.FormattedValue(value=inside, conversion=-1, format_spec=None):
            return value_of(inside, scope, project, depth + 1)
        case ast.UnaryOp(op=op, operand=operand):
            return _signed(op, value_of(operand, scope, project, depth + 1))
        case ast.BinOp(left=left, op=op, right=right):
            one, other = (value_of(side, scope, project, depth + 1) for side in (left, right))
            return _combined(one, op, other)
        case ast.Call():
            return _of_call(expression, scope, project, depth)
        case _:
            return UNSAID


def _signed(op: ast.unaryop, value: Value) -> Value:
    if not isinstance(value, int | float | timedelta):
        return UNSAID
    return -value if isinstance(op, ast.USub) else value if isinstance(op, ast.UAdd) else UNSAID


def _of_name(project: Project, target: object, depth: int) -> Value:
    if isinstance(target, Found) and target.value is not None:
        return value_of(target.value, target.scope, project, depth + 1)
    return _CONSTANTS.get(target.dotted, UNSAID) if isinstance(target, External) else UNSAID


_CONSTANTS: Final[dict[str, timedelta]] = {
    "datetime.timedelta.max": timedelta.max,
    "datetime.timedelta.min": timedelta.min,
    "datetime.timedelta.resolution": timedelta.resolution,
}


def _joined(parts: list[Value]) -> Value:
    texts = [part for part in parts if isinstance(part, str)]
    return "".join(texts) if len(texts) == len(parts) else UNSAID


def _combined(one: Value, op: ast.operator, other: Value) -> Value:
    if isinstance(one, str) and isinstance(other, str) and isinstance(op, ast.Add):
        return one + other
    if isinstance(one, tuple) and isinstance(other, tuple) and isinstance(op, ast.Add):
        return one + other
    if isinstance(one, int | float | timedelta) and isinstance(other, int | float | timedelta):
        return _computed(one, op, other)
    return UNSAID


def _computed(one: float | timedelta, op: ast.operator, other: float | timedelta) -> Value:
    combine = _ARITHMETIC.get(type(op))
    if combine is None or any(isinstance(side, int) and abs(side) > _LARGEST for side in (one, other)):
        return UNSAID
    try:
        found: object = getattr(one, f"__{combine}__")(other)
        if found is NotImplemented:
            found = getattr(other, f"__r{combine}__")(one)
    except (ArithmeticError, TypeError, AttributeError):
        return UNSAID
    return found if isinstance(found, int | float | timedelta) else UNSAID


_LARGEST: Final = 10**30
_ARITHMETIC: Final[dict[type[ast.operator], str]] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
}


def _of_call(call: ast.Call, scope: Scope, project: Project, depth: int) -> Value:
    target = project.resolve(call.func, scope)
    name = target.dotted if isinstance(target, External) else ""
    if (
        name in {"builtins.frozenset", "builtins.set", "builtins.tuple", "builtins.list"}
        and not call.keywords
    ):
        return (
            value_of(call.args[0], scope, project, depth + 1)
            if len(call.args) == 1
            else ()
            if not call.args
            else UNSAID
        )
    if name != "datetime.timedelta":
        return UNSAID
    values = [value_of(argument, scope, project, depth + 1) for argument in _arguments(call)]
    numbers = [value for value in values if isinstance(value, int | float)]
    names = [keyword.arg for keyword in call.keywords]
    if len(numbers) != len(values) or None in names:
        return UNSAID
    named = dict(zip([name for name in names if name], numbers[len(call.args) :], strict=True))
    try:
        return timedelta(*numbers[: len(call.args)], **named)
    except (TypeError, ValueError, OverflowError):
        return UNSAID


def _arguments(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args
    yield from (keyword.value for keyword in call.keywords)
