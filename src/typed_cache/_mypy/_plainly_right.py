"""This is where a decorator is passed that is plainly right, at a fraction of what it costs to judge it.

mypy waits for the plugin, and most decorators are of one kind: a key of plain names, each of a type with a
stable text, and nothing left out. What is not as plain is left to the rules: to pass none at all would
change no answer.
"""

from collections.abc import Sequence
from functools import partial
from typing import final

from mypy.nodes import Decorator, FuncDef, TempNode, TypeInfo
from mypy.types import CallableType, Instance, Type, get_proper_type

from typed_cache._mypy._function import RECEIVERS, Site, agree, facts_of, result_of
from typed_cache._mypy._readers import Reader, Readers
from typed_cache._mypy._stability import is_used_up
from typed_cache._mypy._state import State
from typed_cache._mypy._told import Told
from typed_cache._mypy._views import view_of
from typed_cache.template import STABLE, Missing, Unknown, plain_paths

__all__ = ["PlainlyRight"]


@final
class PlainlyRight:
    """The decorators of one module, except under a daemon: what is found out here holds for one run."""

    def __init__(self, state: State, readers: Readers) -> None:
        self._state = state
        self._readers = readers
        self._stable: set[tuple[TypeInfo, str]] = set()
        self._lasting: set[TypeInfo] = set()

    def passes(self, told: Told, site: Site) -> bool:
        """Return whether no rule can find anything; then the function is among the readers.

        False says nothing: the function has to be judged.
        """
        if told.key is None or told.wrong_expire is not None or not isinstance(told.ignore, tuple):
            return False
        paths, function = plain_paths(told.key), _function(site)
        if paths is None or function is None:
            return False
        node, signature = function
        receiver = _receiver(signature)
        if not self._has_parameters(signature, receiver, paths, told, site):
            return False
        if told.invalidate:
            return True
        if not self._lasts(node, signature) or self._reads_state(node, receiver, paths, told.ignore, site):
            return False
        start = told.key.partition("{")[0]
        return told.client is None or not self._readers.add(
            Reader(site.argument, start, told.key, told.client, partial(facts_of, site))
        )

    def _has_parameters(
        self, signature: CallableType, receiver: str | None, paths: Sequence[str], told: Told, site: Site
    ) -> bool:
        """Whether each path begins at a parameter and ends in a stable text, and none is left out."""
        types = dict(zip(signature.arg_names, signature.arg_types, strict=True))
        ignored = told.ignore or ()
        used = {*ignored} if receiver is None else {receiver, *ignored}
        for path in paths:
            root, _, attributes = path.partition(".")
            typ = types.get(root)
            if typ is None or root in ignored or (root == receiver and not attributes):
                return False
            if not self._has_stable_text(typ, attributes, site):
                return False
            used.add(root)
        return types.keys() >= used and (told.invalidate or types.keys() <= used)

    def _has_stable_text(self, typ: Type, attributes: str, site: Site) -> bool:
        """Whether the values of a type have one, or what is at the end of an attribute path from there."""
        proper = get_proper_type(typ)
        known = (proper.type, attributes) if isinstance(proper, Instance) and not proper.args else None
        if known in self._stable:
            return True
        view = view_of(proper, site.place)
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
        result = get_proper_type(result_of(signature, node))
        if not isinstance(result, Instance):
            return True
        if is_used_up(result.type):
            return False
        self._lasting.add(result.type)
        return True

    def _reads_state(
        self, node: FuncDef, receiver: str | None, paths: Sequence[str], ignored: Sequence[str], site: Site
    ) -> bool:
        """Whether the body may read state that the key leaves out."""
        if "self" in ignored:
            return False
        named = [path.split(".")[1] for path in paths if path.startswith("self.")]
        return self._state.can_be_read(node, receiver, named, site.place)


def _function(site: Site) -> tuple[FuncDef, CallableType] | None:
    """The function under a decorator, where its parameters have names and no stars.

    It is one that this module writes, called as it is written.
    """
    if not isinstance(site.context, Decorator) or not isinstance(site.argument, TempNode):
        return None
    node, signature = site.context.func, get_proper_type(site.argument.type)
    if not isinstance(signature, CallableType) or not agree(node, signature) or node.is_generator:
        return None
    if signature.is_var_arg or signature.is_kw_arg or signature.is_type_obj() or node.is_async_generator:
        return None
    return node, signature


def _receiver(signature: CallableType) -> str | None:
    first = signature.arg_names[0] if signature.arg_names else None
    return first if first in RECEIVERS and signature.arg_kinds[0].is_positional() else None
