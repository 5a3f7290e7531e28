"""This is where it is found out what a function promises to return."""

import functools
import inspect
import types
import typing
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Final

from typed_cache.client import UNANNOTATED

__all__ = ["is_resolved", "refused_result", "result_annotation"]

_READ_ONCE: Final = (Iterator, AsyncIterator, Awaitable)


def result_annotation(function: Callable[..., object]) -> object:
    """Return the return annotation, resolved; as it is written where a name in it is not known yet.

    Of a coroutine function it is the type that awaiting it gives.

    >>> def totals() -> "list[int]": ...
    >>> result_annotation(totals)
    list[int]
    """
    body = _body(function)
    annotation = getattr(body, "__annotations__", {}).get("return", UNANNOTATED)
    if annotation is UNANNOTATED:
        return UNANNOTATED
    names = dict(zip(getattr(body, "__type_params__", ()), getattr(body, "__type_params__", ()), strict=True))
    local_names = {str(name): name for name in names} | _closed_over(body)
    holder = types.SimpleNamespace(__annotations__={"return": annotation})
    try:
        hints = typing.get_type_hints(
            holder, getattr(body, "__globals__", {}), local_names, include_extras=True
        )
    except (NameError, AttributeError, TypeError, SyntaxError):
        return annotation
    resolved: object = hints["return"]
    return resolved


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


def _body(function: Callable[..., object]) -> object:
    while isinstance(function, functools.partial):
        function = function.func
    function = inspect.unwrap(function)
    if hasattr(function, "__annotations__"):
        return function
    return type(function).__call__


def _closed_over(body: object) -> dict[str, object]:
    code, cells = getattr(body, "__code__", None), getattr(body, "__closure__", None) or ()
    found: dict[str, object] = {}
    for name, cell in zip(getattr(code, "co_freevars", ()), cells, strict=False):
        try:
            found[name] = cell.cell_contents
        except ValueError:  # bound later
            continue
    return found


def is_resolved(annotation: object) -> bool:
    """Whether `result_annotation` could resolve every name in an annotation.

    >>> is_resolved(list[int]), is_resolved("User")
    (True, False)
    """
    return not isinstance(annotation, str | typing.ForwardRef)
