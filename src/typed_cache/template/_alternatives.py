"""This is where a live annotation comes down to the classes whose instances it stands for."""

import threading
import types
import typing
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple, final

from typed_cache.template._resolve import written
from typed_cache.template._substitute import behind_alias

__all__ = ["Alternative", "alternatives"]


@final
class Alternative(NamedTuple):
    """One member of a union, or all that there is; `cls` is None where nothing is known of it."""

    cls: type | None
    arguments: tuple[object, ...]
    text: str


def alternatives(annotation: Any) -> list[Alternative]:
    """Return the members of a union, or the one type that an annotation comes down to.

    >>> [alternative.text for alternative in alternatives(list[int] | None)]
    ['list[int]', 'None']
    """
    origin = typing.get_origin(annotation)
    arguments: tuple[object, ...] = typing.get_args(annotation)
    if origin in {typing.Union, types.UnionType}:
        return _distinct(arguments)
    if origin is typing.Literal:
        return _distinct(type(value) for value in arguments)
    if origin in _WRAPPERS:
        return alternatives(arguments[0])
    if origin is type and arguments:
        return [_of_class_object(alternative) for alternative in alternatives(arguments[0])]
    cls = _class_of(annotation, origin)
    if cls is not None:
        return [Alternative(cls, arguments if cls is origin else (), written(annotation))]
    return _distinct(_behind_name(annotation)) or [Alternative(None, (), written(annotation))]


_WRAPPERS: Final = (typing.Annotated, typing.Final, typing.ClassVar, typing.Required, typing.NotRequired)


def _distinct(annotations: Iterable[object]) -> list[Alternative]:
    """The alternatives of several annotations, each once; arguments need not be hashable, as a Callable's."""
    found = {
        (id(alternative.cls), alternative.text): alternative
        for annotation in annotations
        for alternative in alternatives(annotation)
    }
    return list(found.values())


def _of_class_object(instance: Alternative) -> Alternative:
    """What `type[...]` of a type stands for."""
    return Alternative(type, () if instance.cls is None else (instance.cls,), f"type[{instance.text}]")


def _class_of(annotation: Any, origin: Any) -> type | None:
    """The class whose instances an annotation stands for; a TypedDict's are dicts."""
    if annotation is None:
        return types.NoneType
    if typing.is_typeddict(annotation) or typing.is_typeddict(origin):
        return dict
    if isinstance(origin, type):
        return origin
    if isinstance(annotation, type) and annotation is not Any:
        return annotation
    return next((cls for function, cls in _MAKERS if annotation is function), None)


_FACTORIES: Final[tuple[Callable[[], object], ...]] = (threading.Lock, threading.RLock)
_MAKERS: Final = tuple((function, type(function())) for function in _FACTORIES)
"""What is a function on some Pythons, and annotates like a class all the same."""


def _behind_name(annotation: Any) -> tuple[object, ...]:
    """What a NewType, a type alias or a type variable stands for; empty for anything else."""
    if isinstance(annotation, typing.NewType):
        return (annotation.__supertype__,)
    if isinstance(annotation, typing.TypeVar):
        bound = annotation.__bound__
        return annotation.__constraints__ or (() if bound is None else (bound,))
    if annotation is typing.LiteralString:
        return (str,)
    return behind_alias(annotation)
