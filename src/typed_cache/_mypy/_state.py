"""This is the state that a function reads besides its parameters: attributes of `self`, `ContextVar`s."""

from collections.abc import Collection, Iterator, Sequence
from typing import final

from mypy.checker import TypeChecker
from mypy.nodes import FuncDef, TypeInfo, Var
from mypy.typevars import fill_typevars

from typed_cache._mypy._context_vars import argument_of, context_var_at, is_in_reach
from typed_cache._mypy._evidence import is_inferred
from typed_cache._mypy._identity import identifies, is_data_of, is_mark_of_member, leads_on
from typed_cache._mypy._reads import bound_in, reads_in
from typed_cache._mypy._scopes import ABSOLUTE, Path
from typed_cache._mypy._varying import node_of, varies
from typed_cache._mypy._views import Place, view_of
from typed_cache.template import Missing, StateRead, Unknown, Unseen

__all__ = ["State"]


@final
class State:
    """What the functions of one module can read besides their parameters."""

    def __init__(self, checker: TypeChecker) -> None:
        # What other modules say may change under a daemon's feet.
        self._keeps = not checker.options.fine_grained_incremental
        self._context_vars: bool | None = None
        self._attributes: dict[str, frozenset[str]] = {}

    def reads(
        self, function: FuncDef, receiver: str | None, named: Collection[str], place: Place
    ) -> Iterator[StateRead]:
        """Yield what the body reads and a key could name, each once, in the order of the text.

        `named` are the attributes of the receiver that the key names. An attribute counts where its type is
        one that tells calls apart, and its value is not the same for every instance: a number, a text, a
        date, an enum, a record of these; not a connection, a list of rows, a constant of the class.
        """
        if not self.can_be_read(function, receiver, named, place):
            return
        attributes: Collection[str] = ()
        if receiver == "self" and function.info:
            attributes = self._attributes_of(function.info, place).difference(named)
        found = sorted(reads_in(function, receiver).items(), key=lambda item: (item[1], item[0].text))
        told: set[str] = set()
        for read, line in found:
            if read.text in told:
                continue
            is_state = (
                _is_context_var(read.path, place)
                if read.is_get
                else read.path[1] in attributes and _tells_apart(function.info, read.path[1:], place)
            )
            if is_state:
                told.add(read.text)
                yield StateRead(read.text, line, nameable=not read.is_get)

    def can_be_read(
        self, function: FuncDef, receiver: str | None, named: Collection[str], place: Place
    ) -> bool:
        """Return whether there is anything that `reads` might yield, whatever the body says."""
        if self._context_vars is None or not self._keeps:
            self._context_vars = is_in_reach(place.checker)
        if self._context_vars:
            return True
        if receiver != "self" or not function.info:
            return False
        return not self._attributes_of(function.info, place).issubset(named)

    def _attributes_of(self, info: TypeInfo, place: Place) -> frozenset[str]:
        """The attributes in which two instances can differ, and which could stand in a key or lead there.

        Those whose types mypy has not inferred yet are among them.
        """
        found = self._attributes.get(info.fullname)
        if found is None:
            tree = place.checker.tree
            names = {name for base in info.mro[:-1] for name in base.names}
            varying = [name for name in names if varies(info, name, tree)]
            later = [name for name in varying if not is_inferred(node_of(info, name))]
            now = [name for name in varying if name not in later and _matters(info, name, place)]
            found = frozenset([*now, *later])
            if self._keeps and not later:
                self._attributes[info.fullname] = found
        return found


def _matters(info: TypeInfo, name: str, place: Place) -> bool:
    """Whether an attribute could stand in a key, or is of a class whose attributes could."""
    view = view_of(fill_typevars(info), place)
    if is_mark_of_member(view, name):
        return True
    found = view.attribute(name)
    return not isinstance(found, Missing | Unknown) and (identifies(found) or leads_on(found))


def _tells_apart(info: TypeInfo, names: Sequence[str], place: Place) -> bool:
    """Whether what is at the end of an attribute path could stand in a key.

    A constant of a class on the way is none, and of a class that could not stand in a key itself only what
    it keeps, not what it computes.
    """
    view = view_of(fill_typevars(info), place)
    for index, name in enumerate(names):
        if is_mark_of_member(view, name):
            return True
        if index and not is_data_of(view, name):
            return False
        found = view.attribute(name)
        if isinstance(found, Missing | Unknown):
            return False
        view = found
    return identifies(view)


def _is_context_var(path: Path, place: Place) -> bool:
    """Whether a dotted name stands for a `ContextVar` of what tells calls apart, or of nobody knows what."""
    checker = place.checker
    if path[0] != ABSOLUTE:
        around = [node for node in checker.scope.stack if isinstance(node, FuncDef)]
        for function in reversed(around):
            bound = bound_in(function)
            if path[0] in bound:
                imported = bound[path[0]]
                if imported is None:
                    return False
                path = (*imported, *path[1:])
                break
    node = context_var_at(path, checker)
    return node is not None and _is_told_apart_by(node, place)


def _is_told_apart_by(node: Var, place: Place) -> bool:
    held = argument_of(node)
    if held is None:
        place.evidence.is_missing = True
        return True
    view = view_of(held, place)
    return isinstance(view, Unseen) or identifies(view)
