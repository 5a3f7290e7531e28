"""This is what a decorator was told: read where `Cache(...)` is called, kept in the type of what it returns.

In the type it goes wherever the object goes: into a variable, another module, mypy's own cache.
"""

from ast import literal_eval
from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias, final

from mypy.nodes import Expression, MypyFile, NameExpr, RefExpr, SymbolNode
from mypy.plugin import CheckerPluginInterface, FunctionContext
from mypy.types import ExtraAttrs, Instance, LiteralType, NoneType, Type, get_proper_type

from typed_cache._mypy._constants import Constants, literal_text
from typed_cache.errors import ExpireError
from typed_cache.expire import check_expire

__all__ = ["Known", "Told", "keep_name", "keep_told", "told_of"]

_TOLD: Final = "<what Cache was told>"
_NAME: Final = "<the name of a ClientKey>"


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
class Known:
    """What was found out in the module that is being checked, and is asked for again at once."""

    __slots__ = ("_text_type", "_wrong_expires", "constants", "trusting", "written")

    _text_type: Instance | None

    def __init__(self, tree: MypyFile) -> None:
        self.constants = Constants(tree)
        self.trusting = Constants(tree, trusting=True)
        self.written: dict[str, Told] = {}
        self._text_type = None
        self._wrong_expires: dict[SymbolNode, str | None] = {}

    def text(self, text: str, api: CheckerPluginInterface) -> LiteralType:
        """Return the type of a text."""
        if self._text_type is None:
            self._text_type = api.named_generic_type("builtins.str", [])
        return LiteralType(text, self._text_type)

    def wrong_expire(self, expression: Expression) -> str | None:
        """Return what is wrong with a time to live that is known, in the words of `expire_problem`."""
        node = expression.node if isinstance(expression, NameExpr) else None
        if node is None:
            return self._wrong_expire(expression)
        if node not in self._wrong_expires:
            self._wrong_expires[node] = self._wrong_expire(expression)
        return self._wrong_expires[node]

    def _wrong_expire(self, expression: Expression) -> str | None:
        if _wrong_expire(expression, self.trusting) is None:
            return None
        return _wrong_expire(expression, self.constants)


def keep_told(context: FunctionContext, known: Known) -> Type:
    """Return the type of `Cache(...)`, with what it was told inside."""
    made = get_proper_type(context.default_return_type)
    if not isinstance(made, Instance):
        return context.default_return_type
    told = _told(context, known, invalidate=made.type.name == "SameCache")
    text = repr(tuple(told))
    known.written[text] = told
    return _with(made, _TOLD, known.text(text, context.api))


def keep_name(context: FunctionContext, known: Known) -> Type:
    """Return the type of `ClientKey(...)`, with the name inside."""
    made = get_proper_type(context.default_return_type)
    expression, typ = _arguments(context).get("name", _NOT_GIVEN)
    name = None if expression is None else known.constants.text(expression, typ)
    if not isinstance(made, Instance) or name is None:
        return context.default_return_type
    return _with(made, _NAME, known.text(name, context.api))


def told_of(decorator: Type, known: Known) -> Told | None:
    """Return what the decorator of this type was told; None of one that was made out of sight."""
    text = _inside(decorator, _TOLD)
    if text is None:
        return None
    told = known.written.get(text)
    return Told(*literal_eval(text)) if told is None else told


def _with(made: Instance, label: str, kept: LiteralType) -> Instance:
    return Instance(made.type, made.args, made.line, made.column, extra_attrs=ExtraAttrs({label: kept}))


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


def _told(context: FunctionContext, known: Known, *, invalidate: bool) -> Told:
    key, key_known = None, True
    ignore: str | tuple[str, ...] | None = ()
    client: str | None = ""
    wrong_expire = None
    for name, given, types in zip(context.callee_arg_names, context.args, context.arg_types, strict=True):
        if len(given) != 1:
            continue
        if name == "key":
            key = known.constants.text(given[0], types[0])
            key_known = key is not None or _is_none(types[0])
        elif name == "expire":
            wrong_expire = known.wrong_expire(given[0])
        elif name == "ignore":
            ignore = known.constants.names(given[0], types[0])
        elif name in _CLIENTS:
            client = _client(_arguments(context), known.constants)
    return Told(key, key_known, ignore, invalidate, client, wrong_expire)


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


def _wrong_expire(expression: Expression, constants: Constants) -> str | None:
    try:
        time = constants.time(expression)
    except OverflowError:
        return "expire= beyond what a timedelta can hold"
    try:
        check_expire(time)
    except ExpireError:
        return f"expire={repr(time).removeprefix('datetime.')}"
    return None
