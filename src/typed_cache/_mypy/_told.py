"""This is what a decorator was told: read where `Cache(...)` is called, kept in the type of what it returns.

In the type it goes wherever the object goes: into a variable, another module, mypy's own cache.
"""

from ast import literal_eval
from typing import Final, NamedTuple, TypeAlias, final

from mypy.nodes import Expression, RefExpr
from mypy.plugin import CheckerPluginInterface, FunctionContext
from mypy.types import ExtraAttrs, Instance, LiteralType, NoneType, Type, get_proper_type

from typed_cache._mypy._constants import Constants, literal_text
from typed_cache.errors import ExpireError
from typed_cache.expire import check_expire

__all__ = ["Told", "keep_name", "keep_told", "told_of"]

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


Known: TypeAlias = dict[str, Told]
"""What was written down in the module that is being checked, which is read again at once."""


def keep_told(context: FunctionContext, constants: Constants, known: Known) -> Type:
    """Return the type of `Cache(...)`, with what it was told inside."""
    made = get_proper_type(context.default_return_type)
    if not isinstance(made, Instance):
        return context.default_return_type
    told = _told(_Arguments(context), constants, invalidate=made.type.name == "SameCache")
    text = repr(tuple(told))
    known[text] = told
    return _with(made, _TOLD, text, context.api)


def keep_name(context: FunctionContext, constants: Constants) -> Type:
    """Return the type of `ClientKey(...)`, with the name inside."""
    made = get_proper_type(context.default_return_type)
    arguments = _Arguments(context)
    expression = arguments.expression("name")
    name = None if expression is None else constants.text(expression, arguments.type("name"))
    if not isinstance(made, Instance) or name is None:
        return context.default_return_type
    return _with(made, _NAME, name, context.api)


def told_of(decorator: Type, known: Known) -> Told | None:
    """Return what the decorator of this type was told; None of one that was made out of sight."""
    text = _inside(decorator, _TOLD)
    if text is None:
        return None
    told = known.get(text)
    return Told(*literal_eval(text)) if told is None else told


def _with(made: Instance, label: str, text: str, api: CheckerPluginInterface) -> Instance:
    kept = LiteralType(text, api.named_generic_type("builtins.str", []))
    return Instance(made.type, made.args, made.line, made.column, extra_attrs=ExtraAttrs({label: kept}))


def _inside(typ: Type | None, label: str) -> str | None:
    proper = get_proper_type(typ)
    if not isinstance(proper, Instance) or proper.extra_attrs is None:
        return None
    return literal_text(proper.extra_attrs.attrs.get(label))


@final
class _Arguments:
    """The arguments of one call, by the names of the parameters they go to."""

    def __init__(self, context: FunctionContext) -> None:
        self._given = {
            name: (given[0], types[0])
            for name, given, types in zip(
                context.callee_arg_names, context.args, context.arg_types, strict=True
            )
            if name is not None and len(given) == 1
        }

    def expression(self, name: str) -> Expression | None:
        return self._given[name][0] if name in self._given else None

    def type(self, name: str) -> Type | None:
        return self._given[name][1] if name in self._given else None

    def is_none(self, name: str) -> bool:
        """Whether the argument is left out, or None."""
        return name not in self._given or isinstance(get_proper_type(self._given[name][1]), NoneType)


def _told(arguments: _Arguments, constants: Constants, *, invalidate: bool) -> Told:
    given = arguments.expression("key")
    key = None if given is None else constants.text(given, arguments.type("key"))
    ignore = arguments.expression("ignore")
    return Told(
        key=key,
        key_known=key is not None or arguments.is_none("key"),
        ignore=() if ignore is None else constants.names(ignore, arguments.type("ignore")),
        invalidate=invalidate,
        client=_client(arguments, constants),
        wrong_expire=_wrong_expire(arguments.expression("expire"), constants),
    )


def _client(arguments: _Arguments, constants: Constants) -> str | None:
    """The label of the client: its name, or where a client object is kept."""
    client = arguments.expression("client")
    if client is not None and not arguments.is_none("client"):
        return f"client {client.fullname}" if isinstance(client, RefExpr) and client.fullname else None
    name = arguments.expression("cache_client_name")
    if name is None or arguments.is_none("cache_client_name"):
        return ""
    typ = arguments.type("cache_client_name")
    return _inside(typ, _NAME) or constants.text(name, typ)


def _wrong_expire(expression: Expression | None, constants: Constants) -> str | None:
    """What is wrong with a time to live that is known, in the words of `expire_problem`."""
    if expression is None:
        return None
    try:
        time = constants.time(expression)
    except OverflowError:
        return "expire= beyond what a timedelta can hold"
    try:
        check_expire(time)
    except ExpireError:
        return f"expire={repr(time).removeprefix('datetime.')}"
    return None
