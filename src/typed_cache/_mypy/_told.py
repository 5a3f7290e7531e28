"""This is what the decorators of a module were told: the arguments of `Cache(...)`, as far as they are known.

Right above a function they are read where the two meet. Elsewhere they are kept in the type of what
`Cache(...)` returns, and go wherever the object goes: into a variable, another module, mypy's own cache.
"""

from ast import literal_eval
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias, final

from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    Context,
    Decorator,
    Expression,
    MypyFile,
    NameExpr,
    Node,
    RefExpr,
    SymbolNode,
)
from mypy.plugin import CheckerPluginInterface, FunctionContext
from mypy.types import ExtraAttrs, Instance, LiteralType, NoneType, Type, get_proper_type

from typed_cache._mypy._constants import Constants, literal_text
from typed_cache._mypy._walk import statements_of
from typed_cache.errors import ExpireError
from typed_cache.expire import check_expire, written_expire

__all__ = ["Decorators", "Told", "wrong_expire"]

_TOLD: Final = "<what Cache was told>"
_NAME: Final = "<the name of a ClientKey>"
_INVALIDATES: Final = "SameCache"


@final
class Told(NamedTuple):
    """The arguments of `Cache(...)`, as far as they are known without running it."""

    key: str | None
    key_known: bool
    ignore: str | tuple[str, ...] | None
    """None where it is not known."""

    invalidate: bool
    client: str | None
    """What tells functions that share a client from those that do not; None where that is not known."""

    wrong_expire: str | None


@final
class Decorators:
    """The decorators of the module that is being checked."""

    _text_type: Instance | None

    def __init__(self, tree: MypyFile, above: Iterable[CallExpr]) -> None:
        self._tree = tree
        self._constants = Constants(tree)
        self._trusting = Constants(tree, trusting=True)
        self._above: dict[Context, FunctionContext | Told | None] = dict.fromkeys(above)
        self._wrong_expires: dict[SymbolNode, str | None] = {}
        self._text_type = None

    def keep(self, context: FunctionContext) -> Type:
        """Keep what `Cache(...)` is told; return its type."""
        if context.context in self._above:
            self._above[context.context] = context
            return context.default_return_type
        made = get_proper_type(context.default_return_type)
        if not isinstance(made, Instance):
            return context.default_return_type
        told = self._told(context, made)
        if told.wrong_expire is not None and _is_named(context.context, self._tree):
            told = told._replace(wrong_expire=None)  # it is reported where the name is assigned
        return self._with(made, _TOLD, repr(tuple(told)), context.api)

    def keep_name(self, context: FunctionContext) -> Type:
        """Keep what `ClientKey(...)` is called; return its type."""
        made = get_proper_type(context.default_return_type)
        expression, typ = _arguments(context).get("name", _NOT_GIVEN)
        name = None if expression is None else self._constants.text(expression, typ)
        if not isinstance(made, Instance) or name is None:
            return context.default_return_type
        return self._with(made, _NAME, name, context.api)

    def told(self, decorator: Type, argument: Expression, context: Context) -> Told | None:
        """Return what the decorator of this type was told; None of one that was made out of sight."""
        made = get_proper_type(decorator)
        if not isinstance(made, Instance):
            return None
        if isinstance(context, Decorator):
            for call in context.decorators:
                kept = self._above.get(call)
                if kept is None or call.column != argument.column or call.line != argument.line:
                    continue
                if not isinstance(kept, Told):
                    kept = self._above[call] = self._told(kept, made)
                return kept
        text = _inside(made, _TOLD)
        return None if text is None else Told(*literal_eval(text))

    def text(self, expression: Expression) -> str | None:
        """Return the text that an expression stands for; None where its type would have to tell."""
        return self._constants.text(expression)

    def wrong_expire(self, expression: Expression) -> str | None:
        """Return what is wrong with a time to live; most decorators name one of a few."""
        node = expression.node if isinstance(expression, NameExpr) else None
        if node is None:
            return self._wrong_expire(expression)
        if node not in self._wrong_expires:
            self._wrong_expires[node] = self._wrong_expire(expression)
        return self._wrong_expires[node]

    def _wrong_expire(self, expression: Expression) -> str | None:
        trusting = wrong_expire(expression, self._trusting)
        return None if trusting is None else wrong_expire(expression, self._constants)

    def _told(self, context: FunctionContext, made: Instance) -> Told:
        key, key_known = None, True
        ignore: str | tuple[str, ...] | None = ()
        client: str | None = ""
        wrong = None
        for name, given, types in zip(context.callee_arg_names, context.args, context.arg_types, strict=True):
            if len(given) != 1:
                continue
            if name == "key":
                key = self._constants.text(given[0], types[0])
                key_known = key is not None or _is_none(types[0])
            elif name == "expire":
                wrong = self.wrong_expire(given[0])
            elif name == "ignore":
                ignore = self._constants.names(given[0], types[0])
            elif name in _CLIENTS:
                client = _client(_arguments(context), self._constants)
        return Told(key, key_known, ignore, made.type.name == _INVALIDATES, client, wrong)

    def _with(self, made: Instance, label: str, text: str, api: CheckerPluginInterface) -> Instance:
        """The type of an object, with a text inside."""
        if self._text_type is None:
            self._text_type = api.named_generic_type("builtins.str", [])
        kept = ExtraAttrs({label: LiteralType(text, self._text_type)})
        return Instance(made.type, made.args, made.line, made.column, extra_attrs=kept)


def wrong_expire(expression: Expression, constants: Constants) -> str | None:
    """Return what is wrong with a time to live that is known, in the words of `expire_problem`."""
    try:
        time = constants.time(expression)
    except OverflowError:
        return "expire= beyond what a timedelta can hold"
    if time is None:
        return None
    try:
        check_expire(time)
    except ExpireError:
        return f"expire={written_expire(time)}"
    return None


def _is_named(call: Context, inside: Node) -> bool:
    """Whether the decorator that a call makes is kept in a variable."""
    if isinstance(inside, AssignmentStmt) and inside.rvalue is call:
        return isinstance(inside.lvalues[0], NameExpr)
    return any(_is_named(call, statement) for statement in statements_of(inside))


def _inside(typ: Type | None, label: str) -> str | None:
    proper = get_proper_type(typ)
    if not isinstance(proper, Instance) or proper.extra_attrs is None:
        return None
    return literal_text(proper.extra_attrs.attrs.get(label))


Arguments: TypeAlias = Mapping[str | None, tuple[Expression, Type]]


def _arguments(context: FunctionContext) -> Arguments:
    """The arguments of a call, by the names of the parameters they go to."""
    return {
        name: (given[0], types[0])
        for name, given, types in zip(context.callee_arg_names, context.args, context.arg_types, strict=True)
        if len(given) == 1
    }


_CLIENTS: Final = frozenset({"client", "cache_client_name"})


def _client(arguments: Arguments, constants: Constants) -> str | None:
    """The label of the client: its name, or where a client object is kept."""
    client, typ = arguments.get("client", _NOT_GIVEN)
    if client is not None and not _is_none(typ):
        return f"client {client.fullname}" if isinstance(client, RefExpr) and client.fullname else None
    name, typ = arguments.get("cache_client_name", _NOT_GIVEN)
    if name is None or _is_none(typ):
        return ""
    return _inside(typ, _NAME) or constants.text(name, typ)


_NOT_GIVEN: Final = (None, None)


def _is_none(typ: Type | None) -> bool:
    return isinstance(get_proper_type(typ), NoneType)
