"""This is what a decorated function offers a key template, as mypy knows it."""

import re
from collections.abc import Collection
from typing import Final, NamedTuple, final

from mypy.checker import TypeChecker
from mypy.nodes import (
    ARG_NAMED,
    ARG_NAMED_OPT,
    ARG_OPT,
    ARG_POS,
    ARG_STAR,
    ARG_STAR2,
    ArgKind,
    Context,
    Decorator,
    Expression,
    FuncDef,
    FuncItem,
    LambdaExpr,
    Node,
    OverloadedFuncDef,
    RefExpr,
    TempNode,
)
from mypy.types import (
    CallableType,
    Instance,
    Overloaded,
    Parameters,
    ProperType,
    Type,
    UnionType,
    flatten_nested_unions,
    get_proper_type,
)

from typed_cache._mypy._evidence import Evidence
from typed_cache._mypy._stability import is_used_up
from typed_cache._mypy._state import State
from typed_cache._mypy._type_text import type_text
from typed_cache._mypy._views import Place, view_of
from typed_cache.template import FunctionFacts, Parameter, ParameterKind

__all__ = [
    "RECEIVERS",
    "Decorated",
    "Site",
    "agree",
    "comes_back",
    "decorated_by",
    "facts_of",
    "receiver_of",
    "result_of",
    "site_of",
    "used_up_in",
]

RECEIVERS: Final = frozenset({"self", "cls", "mcs", "mcls"})
_KINDS: Final[dict[ArgKind, ParameterKind]] = {
    ARG_POS: ParameterKind.POSITIONAL_OR_KEYWORD,
    ARG_OPT: ParameterKind.POSITIONAL_OR_KEYWORD,
    ARG_NAMED: ParameterKind.KEYWORD_ONLY,
    ARG_NAMED_OPT: ParameterKind.KEYWORD_ONLY,
    ARG_STAR: ParameterKind.VAR_POSITIONAL,
    ARG_STAR2: ParameterKind.VAR_KEYWORD,
}


@final
class Decorated(NamedTuple):
    """One function under one decorator."""

    facts: FunctionFacts
    parameters_known: bool
    """Whether there is a signature to hold a template against: not the `(*args, **kwargs)` of a wrapper."""

    read_once: str | None
    """The name of a result type that only its first reader could use."""


@final
class Site(NamedTuple):
    """Where a decorator meets its function.

    `argument` stands for the function; where the decorator is called by hand, it is the expression that
    names it. `around` is what the qualified name begins with inside other functions.
    """

    argument: Expression
    context: Context
    checker: TypeChecker
    evidence: Evidence
    around: str

    @property
    def place(self) -> Place:
        """Where the types of the function are looked at."""
        return Place(self.checker, self.argument, self.evidence)


def site_of(argument: Expression, context: Context, checker: TypeChecker, evidence: Evidence) -> Site:
    """Return the place that the checker is at."""
    around = "" if checker.scope.top_level_function() is None else _around(checker)
    return Site(argument, context, checker, evidence, around)


def _around(checker: TypeChecker) -> str:
    outer = [_name_in_class(node, checker) for node in checker.scope.stack if isinstance(node, FuncDef)]
    return "".join(f"{name}.<locals>." for name in outer)


def comes_back(site: Site) -> bool:
    """Have mypy come back to a decorator in its next pass, when it has inferred more; whether it will.

    It comes back to functions, so to a call that decorates one it does only inside of another.
    """
    checker = site.checker
    if checker.pass_num >= checker.last_pass:
        return False
    outer = checker.scope.top_level_function()
    if isinstance(outer, FuncDef):
        checker.defer_node(outer, checker.scope.enclosing_class(outer))
        return True
    if outer is not None or not isinstance(site.context, Decorator):
        return False
    checker.defer_node(site.context, checker.scope.active_class())
    return True


def facts_of(site: Site) -> FunctionFacts:
    """Return the facts about a function, except for the state that it reads."""
    return decorated_by(site, None, ()).facts


def decorated_by(site: Site, state: State | None, named: Collection[str]) -> Decorated:
    """Return what stands under a decorator.

    `state` knows what the function reads, None where that does not matter; `named` are the attributes of
    the receiver that the key names.
    """
    argument, context, checker, _, around = site
    place = site.place
    typ = argument.type if isinstance(argument, TempNode) else checker.get_expression_type(argument)
    signature = _signature(get_proper_type(typ), checker)
    function = _definition(argument, context, checker)
    own = function if function is not None and signature is not None and agree(function, signature) else None
    parameters = None if signature is None else _parameters(signature, own, place)
    receiver = None
    if signature is not None:
        in_class = isinstance(argument, LambdaExpr) and checker.scope.active_class() is not None
        receiver = receiver_of(signature, argument if in_class else function or signature.definition)
    result = None if signature is None else result_of(signature, own)
    facts = FunctionFacts(
        module=checker.tree.fullname,
        qualname=around + _name(argument, function, checker),
        file=checker.path,
        line=context.line if function is None else function.line,
        parameters=parameters or (),
        receiver=receiver,
        is_generator=own is not None and result is not None and _gives_what_it_yields(own, result),
        returns="" if result is None else type_text(result),
        reads=() if own is None or state is None else tuple(state.reads(own, receiver, named, place)),
    )
    return Decorated(facts, parameters is not None, None if result is None else used_up_in(result))


def _gives_what_it_yields(function: FuncDef, result: Type) -> bool:
    """Whether a function is a generator, and no decorator below makes something else of what it yields."""
    if not function.is_generator and not function.is_async_generator:
        return False
    own = function.type
    return not isinstance(own, CallableType) or type_text(own.ret_type) == type_text(result)


def _signature(typ: ProperType, checker: TypeChecker) -> CallableType | None:
    """The one signature that a type is called with."""
    if isinstance(typ, Overloaded):
        return None
    if isinstance(typ, CallableType):
        return None if typ.is_ellipsis_args or typ.is_type_obj() else typ
    if isinstance(typ, Instance) and typ.type.fullname == "typed_cache.cached.Cached":
        parameters, returns = map(get_proper_type, typ.args)
        if isinstance(parameters, Parameters) and not parameters.is_ellipsis_args:
            function = checker.named_type("builtins.function")
            return CallableType(
                parameters.arg_types, parameters.arg_kinds, parameters.arg_names, returns, function
            )
    return None


def _definition(argument: Expression, context: Context, checker: TypeChecker) -> FuncDef | None:
    """The function as this module writes it; one from elsewhere has no body any more."""
    if isinstance(context, Decorator):
        return context.func
    if not isinstance(argument, RefExpr):
        return None
    node = argument.node.func if isinstance(argument.node, Decorator) else argument.node
    if isinstance(node, OverloadedFuncDef):
        return None
    if not isinstance(node, FuncDef):
        return None
    is_here = "." not in node.fullname or node.fullname == f"{checker.tree.fullname}.{node.name}"
    return node if is_here else None


def agree(function: FuncDef, signature: CallableType) -> bool:
    """Whether no decorator below has changed what the function is called with."""
    return function.arg_kinds == signature.arg_kinds and function.arg_names == signature.arg_names


def _parameters(
    signature: CallableType, function: FuncDef | None, place: Place
) -> tuple[Parameter, ...] | None:
    """The parameters; None where one that is positional-only has no name to be seen."""
    found: list[Parameter] = []
    for index, (name, kind, typ) in enumerate(
        zip(signature.arg_names, signature.arg_kinds, signature.arg_types, strict=True)
    ):
        shown = name if function is None else function.arguments[index].variable.name
        if shown is None:
            return None
        view = view_of(_inside(typ, kind, place.checker), place)
        shown_kind = ParameterKind.POSITIONAL_ONLY if name is None else _KINDS[kind]
        found.append(Parameter(shown, shown_kind, has_default=kind.is_optional(), annotation=view))
    return tuple(found)


def _inside(typ: Type, kind: ArgKind, checker: TypeChecker) -> Type:
    """The type that a parameter has inside the function: `*args: int` is a tuple."""
    if kind is ARG_STAR:
        return checker.named_generic_type("builtins.tuple", [typ])
    if kind is ARG_STAR2:
        return checker.named_generic_type("builtins.dict", [checker.named_type("builtins.str"), typ])
    return typ


def receiver_of(signature: CallableType, function: Node | None) -> str | None:
    """Return the name of the receiver: the first parameter, where the function stands in a class.

    A lambda is given where it does.
    """
    in_class = isinstance(function, LambdaExpr) or (isinstance(function, FuncDef) and bool(function.info))
    if not isinstance(function, FuncItem) or not in_class or not signature.arg_names:
        return None
    first = function.arguments[0].variable.name if function.arguments else None
    is_first = signature.arg_kinds[0].is_positional() and signature.arg_names[0] in {None, first}
    return first if first in RECEIVERS and is_first else None


def result_of(signature: CallableType, function: FuncDef | None) -> Type:
    """What a call gives, and of a coroutine function what awaiting it gives."""
    result = get_proper_type(signature.ret_type)
    is_async = function is None or function.is_coroutine
    if is_async and isinstance(result, Instance) and result.type.fullname == "typing.Coroutine":
        return result.args[2]
    return signature.ret_type


def used_up_in(result: Type) -> str | None:
    """Return the name of what only its first reader could use: of the result, or of a member of a union."""
    proper = get_proper_type(result)
    members = flatten_nested_unions(proper.items) if isinstance(proper, UnionType) else [proper]
    for member in map(get_proper_type, members):
        if isinstance(member, Instance) and is_used_up(member.type):
            return member.type.name
    return None


def _name(argument: Expression, function: FuncDef | None, checker: TypeChecker) -> str:
    """The qualified name at run time, without the functions around: `Repo.get`."""
    if function is not None:
        return _name_in_class(function, checker)
    return argument.fullname.rpartition(".")[2] if isinstance(argument, RefExpr) else "<lambda>"


def _name_in_class(function: FuncDef, checker: TypeChecker) -> str:
    if not function.info:
        return function.name
    inside = function.info.fullname.removeprefix(f"{checker.tree.fullname}.")
    return f"{_LOCAL_LINE.sub('', inside) if '@' in inside else inside}.{function.name}"


_LOCAL_LINE: Final = re.compile(r"@\d+")
"""What mypy adds to the names of classes inside functions."""
