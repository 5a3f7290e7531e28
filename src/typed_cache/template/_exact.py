"""This is which arguments tell two keys apart by themselves, so that an entry can be found without its key.

Equal arguments of one of these exact types have equal texts, and unequal ones unequal texts. That holds of
each type alone, and not across types: `True == 1`. So a parameter that could be either is looked up as one.
"""

from typing import Final, NamedTuple, final

from typed_cache.template._facts import FunctionFacts
from typed_cache.template._forms import Form
from typed_cache.template._grammar import KEY_FUNCTION, KeyTemplate
from typed_cache.template._pieces import Slot, pieces_of

__all__ = ["ExactParameter", "exact_parameters", "is_exact_tuple"]

_UNANNOTATED: Final = frozenset({Form.INT, Form.WORD, Form.NONE})
_CLASSES: Final = {
    Form.INT: "int",
    Form.WORD: "str",
    Form.BOOL: "bool",
    Form.BYTES: "bytes",
    Form.TUPLE: "tuple",
    Form.NONE: "None",
}
_MEETS: Final = ((Form.INT, Form.BOOL), (Form.WORD, Form.BYTES))
"""Values of these pairs can be equal, or are warned about (`python -b`); the first one is kept."""


@final
class ExactParameter(NamedTuple):
    """A parameter that keys use whole, and the names of the exact types that it is looked up as."""

    name: str
    types: tuple[str, ...]


def exact_parameters(template: KeyTemplate, facts: FunctionFacts) -> tuple[ExactParameter, ...] | None:
    """Return the parameters that decide the key of a call; None where not all of them can be looked up.

    >>> from typed_cache.template import facts_of, parse
    >>> def get_user(user_id: int, lang: str | None = None, *, verbose: bool = False): ...
    >>> exact = exact_parameters(parse("user_{user_id}_{lang}"), facts_of(get_user))
    >>> [(parameter.name, parameter.types) for parameter in exact]
    [('user_id', ('int',)), ('lang', ('str', 'None'))]
    """
    exact: dict[str, ExactParameter] = {}
    for slot in pieces_of(template, facts):
        if not isinstance(slot, Slot):
            continue
        name, *attributes = slot.path
        types = _types(slot)
        if attributes or name == KEY_FUNCTION or not types:
            return None
        exact[name] = ExactParameter(name, types)
    return tuple(exact.values())


def _types(slot: Slot) -> tuple[str, ...]:
    forms = {shape.form for shape in slot.shapes} if isinstance(slot.shapes, frozenset) else set(_UNANNOTATED)
    for kept, dropped in _MEETS:
        if kept in forms:
            forms.discard(dropped)
    return tuple(name for form, name in _CLASSES.items() if form in forms)


_ITEMS: Final = frozenset({int, str, type(None)})


def is_exact_tuple(value: tuple[object, ...]) -> bool:
    """Whether `value` is a tuple of exact ints, strs and None, which are not equal to each other's kind.

    >>> is_exact_tuple((1, "a", None)), is_exact_tuple((True,)), is_exact_tuple([1])
    (True, False, False)
    """
    return type(value) is tuple and _ITEMS.issuperset(map(type, value))
