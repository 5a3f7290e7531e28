"""This is what an expression is known to stand for: a text, a tuple of texts, a time to live.

What is read off a type holds wherever the expression stands: a literal, a `Final` name, here or imported.
A plain name is followed only inside its own module: of modules that are done mypy keeps no assignments,
its daemon does, and the answers must not depend on that.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, TypeAlias, final

from mypy.nodes import (
    CallExpr,
    Expression,
    FloatExpr,
    IntExpr,
    ListExpr,
    MemberExpr,
    MypyFile,
    OpExpr,
    RefExpr,
    SetExpr,
    StrExpr,
    TupleExpr,
    TypeInfo,
    UnaryExpr,
    Var,
)
from mypy.types import Instance, LiteralType, TupleType, Type, get_proper_type

from typed_cache._mypy._assignments import assigned_in

__all__ = ["Constants", "literal_text"]

Amount: TypeAlias = int | float | timedelta

_DEPTH: Final = 20
"""How many names in a row are followed; a longer chain is a cycle."""


def literal_text(typ: Type | None) -> str | None:
    """Return the text that every value of a type is, as of a literal's or a `Final` name's; else None."""
    proper = get_proper_type(typ)
    if isinstance(proper, Instance) and proper.last_known_value is not None:
        proper = proper.last_known_value
    if not isinstance(proper, LiteralType) or not isinstance(proper.value, str):
        return None
    return _member_text(proper) if proper.fallback.type.is_enum else proper.value


def _member_text(member: LiteralType) -> str | None:
    """The text that a member of an enum of texts is; mypy knows it by its name."""
    symbol = member.fallback.type.get(str(member.value))
    typ = symbol.node.type if symbol is not None and isinstance(symbol.node, Var) else None
    value = get_proper_type(typ)
    return literal_text(value) if isinstance(value, Instance) and not value.type.is_enum else None


@final
class Constants:
    """The expressions of one module.

    Where functions are trusted, they are taken not to rebind what stands outside them: what is known then
    may be wrong, but what is unknown then is unknown for certain, and that is found out at once.
    """

    _assigned: Mapping[str, Expression] | None

    def __init__(self, tree: MypyFile, *, trusting: bool = False) -> None:
        self.tree = tree
        self._assigned = None
        self._trusting = trusting

    def text(self, expression: Expression, typ: Type | None = None) -> str | None:
        """Return the text that an expression stands for; None where that is not known."""
        if isinstance(expression, StrExpr):
            return expression.value
        known = literal_text(typ)
        return known if known is not None else self._text(expression, _DEPTH)

    def names(self, expression: Expression, typ: Type | None) -> str | tuple[str, ...] | None:
        """Return the names that a collection holds; the text itself where it is one, None if not known."""
        proper = get_proper_type(typ)
        if isinstance(proper, TupleType):
            texts = [literal_text(item) for item in proper.items]
            known = tuple(text for text in texts if text is not None)
            if len(known) == len(texts):
                return known
        text = self.text(expression, typ)
        return text if text is not None else self._names(expression, _DEPTH)

    def time(self, expression: Expression) -> timedelta | None:
        """Return the time that an expression stands for; None where that is not known.

        Raises:
            OverflowError: The time is beyond what a timedelta can hold.
        """
        amount = self._amount(expression, _DEPTH)
        return amount if isinstance(amount, timedelta) else None

    def _text(self, expression: Expression, depth: int) -> str | None:
        if isinstance(expression, StrExpr):
            return expression.value
        if isinstance(expression, OpExpr) and expression.op == "+":
            left, right = self._text(expression.left, depth), self._text(expression.right, depth)
            return left + right if left is not None and right is not None else None
        var = _variable(expression)
        if var is not None and isinstance(var.final_value, str):
            return var.final_value
        behind = self._behind(expression)
        return self._text(behind, depth - 1) if behind is not None and depth else None

    def _names(self, expression: Expression, depth: int) -> str | tuple[str, ...] | None:
        if isinstance(expression, TupleExpr | ListExpr | SetExpr):
            texts = [self._text(item, depth) for item in expression.items]
            known = tuple(text for text in texts if text is not None)
            return known if len(known) == len(texts) else None
        if isinstance(expression, CallExpr) and _calls(expression, _COLLECTIONS):
            return self._names(expression.args[0], depth) if len(expression.args) == 1 else ()
        behind = self._behind(expression)
        return self._names(behind, depth - 1) if behind is not None and depth else None

    def _amount(self, expression: Expression, depth: int) -> Amount | None:
        if isinstance(expression, IntExpr | FloatExpr):
            return expression.value
        if isinstance(expression, UnaryExpr) and expression.op in _SIGNS:
            amount = self._amount(expression.expr, depth)
            return None if amount is None else -amount if expression.op == "-" else amount
        var = _variable(expression)
        if var is not None and isinstance(var.final_value, int | float):
            return var.final_value
        if isinstance(expression, OpExpr):
            left, right = self._amount(expression.left, depth), self._amount(expression.right, depth)
            return _computed(left, expression.op, right)
        if isinstance(expression, CallExpr) and _calls(expression, _TIMEDELTA):
            return self._timedelta(expression, depth)
        behind = self._behind(expression)
        return self._amount(behind, depth - 1) if behind is not None and depth else None

    def _timedelta(self, call: CallExpr, depth: int) -> timedelta | None:
        named: dict[str, int | float] = {}
        for place, (name, argument) in enumerate(zip(call.arg_names, call.args, strict=True)):
            amount = self._amount(argument, depth)
            if amount is None or isinstance(amount, timedelta) or place >= len(_UNITS):
                return None
            named[name or _UNITS[place]] = amount
        return timedelta(**named) if named.keys() <= set(_UNITS) else None

    def _behind(self, expression: Expression) -> Expression | None:
        """The value of a name that is assigned once in this module, at its top or in a class body."""
        var = _variable(expression)
        if var is None:
            return None
        if var.info:
            return (
                assigned_in(var.info.defn.defs.body, inside=not self._trusting).get(var.name)
                if var.info.module_name == self.tree.fullname
                else None
            )
        symbol = self.tree.names.get(var.name)
        if symbol is None or symbol.node is not var:
            return None
        if self._assigned is None:
            self._assigned = assigned_in(self.tree.defs, inside=not self._trusting)
        return self._assigned.get(var.name)


_COLLECTIONS: Final = frozenset({"builtins.frozenset", "builtins.set", "builtins.tuple", "builtins.list"})
_TIMEDELTA: Final = frozenset({"datetime.timedelta"})
_SIGNS: Final = frozenset({"-", "+"})
_UNITS: Final = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")


def _variable(expression: Expression) -> Var | None:
    """The variable that an expression names: `KEY`, `keys.KEY`, `Keys.USER`."""
    if not isinstance(expression, RefExpr):
        return None
    node = expression.node
    if isinstance(expression, MemberExpr) and isinstance(expression.expr, RefExpr):
        owner = expression.expr.node
        symbol = owner.get(expression.name) if isinstance(owner, TypeInfo) else None
        node = node if symbol is None else symbol.node
    return node if isinstance(node, Var) else None


def _calls(call: CallExpr, names: frozenset[str]) -> bool:
    return isinstance(call.callee, RefExpr) and call.callee.fullname in names


def _computed(left: Amount | None, op: str, right: Amount | None) -> Amount | None:
    if isinstance(left, timedelta) and isinstance(right, timedelta):
        return left + right if op == "+" else left - right if op == "-" else None
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left * right if op == "*" else left + right if op == "+" else None
    if op == "*" and isinstance(left, timedelta) and isinstance(right, int | float):
        return left * right
    if op == "*" and isinstance(right, timedelta) and isinstance(left, int | float):
        return left * right
    return None
