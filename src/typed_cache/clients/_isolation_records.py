"""This is where objects with fields are copied, without a call of their `__init__`.

A value of a subclass is copied deep: it may have what its parent has not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy, deepcopy
from types import MemberDescriptorType
from typing import Any, TypeAlias, get_origin

from typing_extensions import is_typeddict

from typed_cache.clients._isolation_fields import UNKNOWN, fields_of, hints_of
from typed_cache.clients._isolation_shape import DEEP, Copier, Shape, exactly

__all__ = ["record_shape"]

Copiers: TypeAlias = Mapping[str, Copier | None]


def record_shape(annotation: object) -> Shape | None:
    """Return the shape of a class with fields; None where it is none.

    Raises:
        NameError: A name in its annotations is not known here; other exceptions where they are no types.
    """
    kind: Any = get_origin(annotation) or annotation
    if is_typeddict(kind):
        return _typed_dict_shape(annotation)
    if kind.__base__ is tuple and hasattr(kind, "_fields"):
        return _named_tuple_shape(annotation, kind)
    if hasattr(kind, "__private_attributes__"):
        return _model_shape(kind)
    fields = fields_of(annotation)
    return None if fields is None else _object_shape(kind, fields)


def _object_shape(kind: Any, fields: Mapping[str, object]) -> Shape:
    if hasattr(kind, "__struct_fields__"):
        return Shape(tuple(fields.values()), kind.__struct_config__.frozen, _over(fields, _struct, kind))
    if hasattr(kind, "__deepcopy__") or kind.__new__ is not object.__new__:
        return DEEP  # it knows better, or holds more than its fields: a dict, an exception
    return Shape(tuple(fields.values()), _is_frozen(kind), _over(fields, _instance, kind))


def _over(
    names: Iterable[str], make: Callable[[type, Copiers], Copier], kind: type
) -> Callable[[Sequence[Copier | None]], Copier]:
    return lambda copiers: make(kind, dict(zip(names, copiers, strict=True)))


def _is_frozen(kind: type) -> bool:
    parameters = vars(kind).get("__dataclass_params__")
    if parameters is not None:
        return bool(parameters.frozen)
    # attrs has said it in no other way for long.
    return kind.__setattr__.__name__ == "_frozen_setattrs" and "__attrs_attrs__" in vars(kind)


def _copied(copiers: Copiers, items: Mapping[str, Any]) -> dict[str, Any]:
    """Return `items`, each copied as its field is; one that is no field is copied deep."""
    return {
        name: item if (copier := copiers.get(name, deepcopy)) is None else copier(item)
        for name, item in items.items()
    }


def _instance(kind: type[Any], copiers: Copiers) -> Copier:
    """Copy slots and `__dict__`, whatever guards them."""
    slots = _slots(kind)

    def copied(value: Any) -> Any:
        new: Any = object.__new__(kind)
        for name, slot in slots:
            try:
                item = slot.__get__(value)
            except AttributeError:  # never set
                continue
            copier = copiers.get(name, deepcopy)
            slot.__set__(new, item if copier is None else copier(item))
        if hasattr(value, "__dict__"):
            new.__dict__.update(_copied(copiers, value.__dict__))
        return new

    return exactly(kind, copied)


def _slots(kind: type) -> list[tuple[str, MemberDescriptorType]]:
    return [
        (name, slot)
        for owner in kind.__mro__
        for name, slot in vars(owner).items()
        if isinstance(slot, MemberDescriptorType)
    ]


def _struct(kind: type[Any], copiers: Copiers) -> Copier:
    """Copy a msgspec Struct, the `__dict__` that one may have included."""
    changing = [(name, copier) for name, copier in copiers.items() if copier is not None]

    def copied(value: Any) -> Any:
        from msgspec.structs import force_setattr  # noqa: PLC0415  # there are Structs, so it is loaded

        new: Any = copy(value)
        for name, copier in changing:
            force_setattr(new, name, copier(getattr(value, name)))
        if hasattr(value, "__dict__"):
            new.__dict__.update(_copied({}, value.__dict__))
        return new

    return exactly(kind, copied)


def _typed_dict_shape(annotation: object) -> Shape:
    hints = hints_of(annotation)

    def build(copiers: Sequence[Copier | None]) -> Copier:
        of_key = dict(zip(hints, copiers, strict=True))

        return exactly(dict, lambda value: _copied(of_key, value))

    return Shape(tuple(hints.values()), build=build)


def _named_tuple_shape(annotation: object, kind: Any) -> Shape:
    hints = hints_of(annotation)

    def build(copiers: Sequence[Copier | None]) -> Copier:
        def copied(value: Any) -> Any:
            return kind._make(
                item if copier is None else copier(item) for copier, item in zip(copiers, value, strict=True)
            )

        return exactly(kind, copied)

    return Shape(tuple(hints.get(name, UNKNOWN) for name in kind._fields), immutable=True, build=build)


def _model_shape(kind: Any) -> Shape:
    """Return the shape of a pydantic model: copied by its own `__deepcopy__`, which validates nothing."""
    settings = kind.model_config
    frozen = settings.get("frozen", False) and settings.get("extra") != "allow"
    if not frozen or kind.__private_attributes__:
        return DEEP
    return Shape(tuple(field.annotation for field in kind.model_fields.values()), immutable=True)
