"""This is where it is found out what a function promises to return."""

import inspect
import typing
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Final

from typed_cache.client import UNANNOTATED
from typed_cache.template import ClassView, UnionView, return_annotation, view_of

__all__ = ["is_resolved", "refused_result", "result_annotation"]

_READ_ONCE: Final = (Iterator, AsyncIterator, Awaitable)


def result_annotation(function: Callable[..., object]) -> object:
    """Return the return annotation as far as it can be resolved, or `UNANNOTATED`.

    Of a coroutine function it is the type that awaiting it gives.

    >>> result_annotation(lambda: 1)
    UNANNOTATED
    """
    annotation = return_annotation(function)
    return UNANNOTATED if annotation is inspect.Signature.empty else annotation


def is_resolved(annotation: object) -> bool:
    """Whether `result_annotation` could resolve every name in an annotation.

    >>> is_resolved(list[int]), is_resolved("User"), is_resolved(list["User"])
    (True, False, False)
    """
    if isinstance(annotation, str | typing.ForwardRef):
        return False
    if isinstance(annotation, list):  # the parameters of a Callable
        parameters = typing.cast("list[object]", annotation)  # their items can be anything
        return all(map(is_resolved, parameters))
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:  # its strings are values
        return True
    if origin is typing.Annotated:  # so is what follows the type
        arguments = arguments[:1]
    return all(map(is_resolved, arguments))


def refused_result(annotation: object) -> str | None:
    """Return the name of a result type that only its first reader could use, or None.

    Of a union that is any member: it is what the function returns when there is something to return.

    >>> refused_result(Iterator[int] | None), refused_result(list[int])
    ('Iterator', None)
    """
    view = view_of(annotation)
    members = view.members if isinstance(view, UnionView) else (view,)
    classes = [member.cls for member in members if isinstance(member, ClassView)]
    return next((cls.__qualname__ for cls in classes if issubclass(cls, _READ_ONCE)), None)
