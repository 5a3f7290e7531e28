"""Types taken apart: what a return annotation is made of, down to the fields of classes."""

import dataclasses
import enum
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal, NewType, Union, get_args, get_origin

import typing_extensions

from typed_cache.serializers._spelling import atom, items, spell

__all__ = ["Anatomy", "Place", "dissect", "is_class_like", "walk"]

_QUALIFIERS: Final = frozenset({"ClassVar", "Final", "Required", "NotRequired", "ReadOnly"})
# Those of Python 3.12 and the one that older Pythons have in its place.
_ALIASES: Final = (
    typing_extensions.TypeAliasType,
    getattr(typing, "TypeAliasType", typing_extensions.TypeAliasType),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Anatomy:
    """One type: what it is called, what else decides how it is written, and the types inside it."""

    name: str
    facts: tuple[str, ...] = ()
    parts: tuple[tuple[str, object], ...] = ()
    """Label and type: a field's name, or the empty text for a type argument."""


class Place(typing.NamedTuple):
    """Where in an annotation a type was found: the class and the field that name it, empty at the top."""

    owner: str = ""
    field: str = ""


def dissect(annotation: object) -> Anatomy:  # noqa: PLR0911 - a kind of type a line
    """Take `annotation` apart, one level deep; every annotation has an anatomy, known or not."""
    annotation = _bare(annotation)
    origin = get_origin(annotation)
    if origin is None and isinstance(annotation, type):
        return _dissect_class(annotation)
    if origin is Literal:
        return Anatomy("Literal", tuple(atom(value) for value in get_args(annotation)))
    if origin is Union or origin is types.UnionType:
        return Anatomy("Union", parts=_unlabelled(get_args(annotation)))
    if isinstance(annotation, list):  # the parameters of a Callable
        return Anatomy("[]", parts=_unlabelled(items(annotation)))
    if isinstance(annotation, _ALIASES):
        return _dissect_alias(annotation)
    if origin is not None:
        # A class of one's own is a part, where it is told apart from itself: Tree[T] may hold Tree[T].
        whole = dissect(origin)
        own = [origin] if whole.parts else []
        return Anatomy("" if own else whole.name, parts=_unlabelled([*own, *get_args(annotation)]))
    return Anatomy(spell(annotation))


def _bare(annotation: object) -> object:
    """Strip what changes nothing in how a value is written: `Annotated` metadata, the name of a `NewType`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif isinstance(annotation, NewType):
            annotation = annotation.__supertype__
        else:
            return annotation


def _unlabelled(parts: Iterable[object]) -> tuple[tuple[str, object], ...]:
    return tuple(("", part) for part in parts)


def walk(annotation: object) -> Iterator[tuple[object, Place]]:
    """Yield every type inside `annotation`, the innermost first, `annotation` itself last."""
    return _walk(annotation, Place(), set())


def _walk(annotation: object, place: Place, seen: set[int]) -> Iterator[tuple[object, Place]]:
    if is_class_like(annotation):
        if id(annotation) in seen:
            return
        seen.add(id(annotation))
    for label, part in dissect(annotation).parts:
        inside = Place(spell(get_origin(annotation) or annotation), label) if label else place
        yield from _walk(part, inside, seen)
    yield annotation, place


def is_class_like(annotation: object) -> bool:
    """Whether a type can hold itself: by name, as classes and type aliases do."""
    return isinstance(annotation, (type, *_ALIASES)) and get_origin(annotation) is None


def _dissect_alias(alias: Any) -> Anatomy:
    return Anatomy(f"type {spell(alias)}", parts=(("", alias.__value__),))


def _dissect_class(cls: type[Any]) -> Anatomy:  # noqa: PLR0911 - a kind of class a line
    name = spell(cls)
    if enum.Enum in cls.__mro__:
        return _dissect_enum(cls, name)
    if hasattr(cls, "__struct_fields__"):
        return _dissect_struct(cls, name)
    if hasattr(cls, "__pydantic_core_schema__") and hasattr(cls, "model_fields"):
        return _dissect_model(cls, name)
    if typing_extensions.is_typeddict(cls):
        required = sorted(getattr(cls, "__required_keys__", ()))
        return Anatomy(name, ("TypedDict", *map(ascii, required)), _fields(cls, tuple(cls.__annotations__)))
    if tuple in cls.__mro__ and hasattr(cls, "_fields"):
        return Anatomy(name, ("NamedTuple",), _fields(cls, getattr(cls, "_fields", ())))
    if dataclasses.is_dataclass(cls):
        return Anatomy(name, ("dataclass",), _fields(cls, tuple(f.name for f in dataclasses.fields(cls))))
    attributes = getattr(cls, "__attrs_attrs__", None)
    if attributes is not None:
        return Anatomy(name, ("attrs",), _fields(cls, tuple(a.name for a in attributes)))
    return Anatomy(name)


def _fields(cls: type, names: tuple[str, ...]) -> tuple[tuple[str, object], ...]:
    try:
        hints: Mapping[str, object] = typing_extensions.get_type_hints(cls, include_extras=True)
    except Exception:  # noqa: BLE001 - a forward reference may fail in any way; its text still describes it
        hints = {}
    written: dict[str, object] = {}
    for base in reversed(cls.__mro__):
        written |= vars(base).get("__annotations__", {})
    return tuple((name, _unqualified(hints.get(name, written.get(name, Any)))) for name in names)


def _unqualified(annotation: object) -> object:
    """Strip `Final`, `Required` and the like, which stand on a field and are no part of its type."""
    while (
        getattr(get_origin(annotation), "__name__", getattr(get_origin(annotation), "_name", ""))
        in _QUALIFIERS
    ):
        annotation = get_args(annotation)[0]
    return annotation


def _dissect_enum(cls: type[Any], name: str) -> Anatomy:
    members: Mapping[str, enum.Enum] = cls.__members__
    return Anatomy(name, tuple(f"{label}={atom(member.value)}" for label, member in members.items()))


def _dissect_struct(cls: type, name: str) -> Anatomy:
    config: Any = getattr(cls, "__struct_config__", None)
    facts = ["Struct", f"array_like={config.array_like}", f"tag={config.tag_field}:{config.tag!a}"]
    facts += map(ascii, getattr(cls, "__struct_encode_fields__", ()))
    if config.omit_defaults:  # a default is then not written, so the reader's own stands in for it
        facts += map(_default, getattr(cls, "__struct_defaults__", ()))
    return Anatomy(name, tuple(facts), _fields(cls, getattr(cls, "__struct_fields__", ())))


def _default(value: object) -> str:
    factory = getattr(value, "factory", None)
    return f"{spell(factory)}()" if callable(factory) else atom(value)


def _dissect_model(cls: type, name: str) -> Anatomy:
    fields: Mapping[str, Any] = getattr(cls, "model_fields", {})
    return Anatomy(name, ("model",), tuple((label, field.annotation) for label, field in fields.items()))
