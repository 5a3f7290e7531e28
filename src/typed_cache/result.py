"""This is where it is found out what a function promises to return."""

import inspect
import typing
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Final

from typed_cache.client import UNANNOTATED
from typed_cache.template import return_annotation

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

    >>> is_resolved(list[int]), is_resolved("User")
    (True, False)
    """
    return not isinstance(annotation, str | typing.ForwardRef)


def refused_result(function: Callable[..., object]) -> str | None:
    """Return the name of a result type that only its first reader could use, or None.

    >>> def rows() -> Iterator[int]: ...
    >>> refused_result(rows)
    'Iterator'
    """
    annotation = result_annotation(function)
    origin = typing.get_origin(annotation) or annotation
    if isinstance(origin, type) and issubclass(origin, _READ_ONCE):
        return origin.__qualname__
    return None
