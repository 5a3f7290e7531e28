"""This is where decorators are passed that are plainly right, at a fraction of what it costs to judge them.

mypy waits for the plugin, and most decorators are of one kind: a key of plain names, each of a type with a
stable text, and nothing left out. What is not as plain is left to the rules: to pass none at all would
change no answer.

Those of one body are looked at in one go. One by one, each in the midst of mypy's own work, they would
take three times as long: little of what they need would be in the processor's caches.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final, NamedTuple, final

from mypy.checker import TypeChecker
from mypy.nodes import (
    CallExpr,
    Decorator,
    Expression,
    FuncDef,
    ListExpr,
    NameExpr,
    RefExpr,
    SetExpr,
    StrExpr,
    TempNode,
    TupleExpr,
    TypeInfo,
)
from mypy.types import CallableType, Instance, Type, get_proper_type

from typed_cache._mypy._bodies import Above
from typed_cache._mypy._evidence import Evidence
from typed_cache._mypy._function import Site, agree, facts_of, receiver_of, result_of, used_up_in
from typed_cache._mypy._readers import Reader, Readers
from typed_cache._mypy._state import State
from typed_cache._mypy._told import Decorators
from typed_cache._mypy._views import Place, view_of
from typed_cache.template import STABLE, FunctionFacts, Missing, Unknown, plain_paths

__all__ = ["CACHE", "PlainlyRight"]

CACHE: Final = "typed_cache.decorator.Cache"
"""The name that mypy knows `Cache` by."""


@final
class _Told(NamedTuple):
    """What a decorator was told, as far as it is written out right there."""

    key: str
    ignore: Sequence[str]
    invalidate: bool
    client: str


@final
class PlainlyRight:
    """The decorators of one module, except under a daemon: what is found out here holds for one run."""

    def __init__(
        self,
        checker: TypeChecker,
        evidence: Evidence,
        state: State,
        readers: Readers,
        decorators: Decorators,
    ) -> None:
        self._checker = checker
        self._evidence = evidence
        self._state = state
        self._readers = readers
        self._decorators = decorators
        self._stable: set[tuple[TypeInfo, str]] = set()
        self._lasting: set[TypeInfo] = set()

    def among(self, body: Iterable[Above]) -> set[CallExpr]:
        """Return those in which no rule can find anything; their functions are among the readers then.

        Of the others nothing is said: they have to be judged.
        """
        return {call for call, decorator in body if self.passes(call, decorator)}

    def passes(self, call: CallExpr, decorator: Decorator) -> bool:
        """Return whether no rule can find anything."""
        told = self._told(call) if _is_cache(call.callee) and len(decorator.decorators) == 1 else None
        paths = None if told is None else plain_paths(told.key)
        node, signature = decorator.func, decorator.func.type
        if told is None or paths is None or not isinstance(signature, CallableType):
            return False
        place = Place(self._checker, call, self._evidence)
        receiver = receiver_of(signature, node)
        if not _has_names(node, signature) or not self._has_parameters(
            signature, receiver, paths, told, place
        ):
            return False
        if told.invalidate:
            return True
        if not self._lasts(node, signature) or self._reads_state(node, receiver, paths, told, place):
            return False
        return self._shares_nothing(told, call, decorator, signature)

    def _told(self, call: CallExpr) -> _Told | None:
        """What a decorator was told; None of one whose arguments are not plain, or are wrong."""
        key: str | None = None
        ignore: Sequence[str] | None = ()
        invalidate: bool | None = False
        client: str | None = ""
        for index, (name, given) in enumerate(zip(call.arg_names, call.args, strict=True)):
            if name == "key" or (name is None and not index):
                key = self._decorators.text(given)
            elif name == "expire":
                if self._decorators.wrong_expire(given) is not None:
                    return None
            elif name == "ignore":
                ignore = _names(given)
            elif name == "invalidate":
                invalidate = _truth(given)
            elif name == "cache_client_name":
                client = given.value if isinstance(given, StrExpr) else None
            elif name not in _NOT_IN_KEYS:
                return None
        if key is None or ignore is None or invalidate is None or client is None:
            return None
        return _Told(key, ignore, invalidate, client)

    def _has_parameters(
        self, signature: CallableType, receiver: str | None, paths: Sequence[str], told: _Told, place: Place
    ) -> bool:
        """Whether each path begins at a parameter and ends in a stable text, and none is left out."""
        types = dict(zip(signature.arg_names, signature.arg_types, strict=True))
        ignored = told.ignore
        used = {*ignored} if receiver is None else {receiver, *ignored}
        for path in paths:
            root, _, attributes = path.partition(".")
            typ = types.get(root)
            if typ is None or root in ignored or (root == receiver and not attributes):
                return False
            if not self._has_stable_text(typ, attributes, place):
                return False
            used.add(root)
        return types.keys() >= used and (told.invalidate or types.keys() <= used)

    def _has_stable_text(self, typ: Type, attributes: str, place: Place) -> bool:
        """Whether the values of a type have one, or what is at the end of an attribute path from there."""
        proper = get_proper_type(typ)
        known = (proper.type, attributes) if isinstance(proper, Instance) and not proper.args else None
        if known in self._stable:
            return True
        view = view_of(proper, place)
        for name in attributes.split(".") if attributes else ():
            found = view.attribute(name)
            if isinstance(found, Missing | Unknown):
                return False
            view = found
        if view.stability() is not STABLE:
            return False
        if known is not None:
            self._stable.add(known)
        return True

    def _lasts(self, node: FuncDef, signature: CallableType) -> bool:
        """Whether the result can be read more than once."""
        result = signature.ret_type
        if isinstance(result, Instance) and result.type in self._lasting:
            return True
        result = result_of(signature, node)
        if used_up_in(result) is not None:
            return False
        if isinstance(result, Instance):
            self._lasting.add(result.type)
        return True

    def _reads_state(
        self, node: FuncDef, receiver: str | None, paths: Sequence[str], told: _Told, place: Place
    ) -> bool:
        """Whether the body may read state that the key leaves out."""
        named = [path[5:] for path in paths if path.startswith("self.")]
        asked = None if "self" in told.ignore else receiver
        return self._state.can_be_read(node, asked, named, place)

    def _shares_nothing(
        self, told: _Told, call: CallExpr, decorator: Decorator, signature: CallableType
    ) -> bool:
        """Whether no other function can build the same key; then the function is among the readers."""
        start = told.key.partition("{")[0]
        reader = Reader(call, start, told.key, told.client, partial(self._facts, call, decorator, signature))
        if not self._readers.add(reader):
            return True
        self._readers.forget(reader.place)
        return False

    def _facts(self, call: CallExpr, decorator: Decorator, signature: CallableType) -> FunctionFacts:
        argument = TempNode(signature, context=call)
        return facts_of(Site(argument, decorator, self._checker, self._evidence, around=""))


def _is_cache(callee: Expression) -> bool:
    return isinstance(callee, RefExpr) and callee.fullname == CACHE


_NOT_IN_KEYS: Final = frozenset({"put", "version", "policy"})


def _names(given: Expression) -> Sequence[str] | None:
    if not isinstance(given, TupleExpr | ListExpr | SetExpr):
        return None
    names = [item.value for item in given.items if isinstance(item, StrExpr)]
    return names if len(names) == len(given.items) else None


def _truth(given: Expression) -> bool | None:
    fullname = given.fullname if isinstance(given, NameExpr) else None
    return True if fullname == "builtins.True" else False if fullname == "builtins.False" else None


def _has_names(node: FuncDef, signature: CallableType) -> bool:
    """Whether a function takes parameters with names and no stars, and is called as it is written."""
    if signature.is_var_arg or signature.is_kw_arg or node.is_generator or node.is_async_generator:
        return False
    return agree(node, signature)
