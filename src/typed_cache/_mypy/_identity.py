"""This is whether the values of a type tell one call from another."""

from typing import Final

from mypy.nodes import TypeInfo

from typed_cache._mypy._library import is_of_library
from typed_cache._mypy._names import is_code
from typed_cache._mypy._stability import MUTABLE
from typed_cache._mypy._varying import is_data, node_of, varies
from typed_cache._mypy._views import NONE, ClassObjectView, InstanceView
from typed_cache.template import STABLE, AnnotationView, UnionView

__all__ = ["identifies", "is_data_of", "is_mark_of_member", "leads_on"]


def identifies(view: AnnotationView) -> bool:
    """Whether values of the type tell one call from another: they have a text, and are no pile of data."""
    if isinstance(view, UnionView):
        return all(member == NONE or identifies(member) for member in view.members)
    if isinstance(view, ClassObjectView):
        return True
    if not isinstance(view, InstanceView) or view.stability() is not STABLE:
        return False
    return not any(base.fullname in MUTABLE for base in view.instance.type.mro)


def leads_on(view: AnnotationView) -> bool:
    """Whether a value is read for what it holds, as settings are, though it tells no call from another.

    What does things, as a session does, is there for what it does: its url is its own affair.
    """
    if isinstance(view, UnionView):
        return all(identifies(member) or member == NONE or leads_on(member) for member in view.members)
    if not isinstance(view, InstanceView) or is_of_library(view.instance.type):
        return False
    return not any(map(_does_things, view.instance.type.mro))


def _does_things(info: TypeInfo) -> bool:
    return not is_of_library(info) and any(
        not name.startswith("_") and not symbol.plugin_generated and is_code(symbol.node)
        for name, symbol in info.names.items()
    )


def is_data_of(view: AnnotationView, name: str) -> bool:
    """Whether an attribute is a value that is not the same for all instances of its class.

    Of a class whose values tell no call from another only what they keep is, not what they compute.
    """
    if isinstance(view, UnionView):
        return any(is_data_of(member, name) for member in view.members)
    if not isinstance(view, InstanceView) or is_of_library(view.instance.type):
        return True
    info = view.instance.type
    if not varies(info, name, view.place.checker.tree):
        return False
    return identifies(view) or (is_data(node_of(info, name)) and leads_on(view))


def is_mark_of_member(view: AnnotationView, name: str) -> bool:
    """Whether an attribute tells one member of an enumeration from another, of whatever type it may be."""
    return isinstance(view, InstanceView) and view.instance.type.is_enum and name in _OF_MEMBERS


_OF_MEMBERS: Final = frozenset({"_name_", "_value_", "name", "value"})
