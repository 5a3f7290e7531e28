"""This is where a live callable tells what it offers a key template."""

import contextlib
import functools
import inspect
from collections.abc import Callable
from typing import Any, Final

from typed_cache.errors import DecorationError
from typed_cache.template._annotations import view_of_parameter
from typed_cache.template._facts import FunctionFacts, Parameter, ParameterKind
from typed_cache.template._resolve import Scope, resolved, written

__all__ = ["facts_of", "return_annotation", "signature_of", "stands_in_class"]

_RECEIVERS: Final = frozenset({"self", "cls", "mcs", "mcls"})
_POSITIONAL: Final = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def signature_of(function: Callable[..., object]) -> inspect.Signature:
    """Return the signature that calls and keys of `function` go by.

    What a `functools.partial` binds is left out: it is no argument any more.

    Raises:
        DecorationError: Python knows no signature of it, as of some functions written in C.

    >>> signature_of(functools.partial(lambda a, b, *, c: ..., 1, c=3))
    <Signature (b)>
    """
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError) as error:
        raise DecorationError(
            f"{function!r} has no signature that Python can read, so no key can be checked against it. "
            "Wrap it in a function of your own that names its parameters."
        ) from error
    if isinstance(function, functools.partial):
        bound = function.keywords
        left = [parameter for name, parameter in signature.parameters.items() if name not in bound]
        return signature.replace(parameters=left)
    return signature


def facts_of(function: Callable[..., object]) -> FunctionFacts:
    """Return what the rules may know about a live callable.

    Takes functions, `functools.partial` objects and objects with `__call__`. An annotation that cannot be
    resolved, each by itself, is unknown and nothing more.

    Raises:
        DecorationError: Python knows no signature of it.

    >>> facts = facts_of(lambda user_id, *, verbose=False: ...)
    >>> [parameter.name for parameter in facts.parameters]
    ['user_id', 'verbose']
    """
    signature = signature_of(function)
    body, speaker = _body(function), _body(function, behind_signature=False)
    code = getattr(body, "__code__", None)
    scope = _scope(body)
    returns = resolved(signature.return_annotation, scope)
    return FunctionFacts(
        module=str(getattr(body, "__module__", None) or ""),
        qualname=_qualname(function, body),
        file=getattr(code, "co_filename", "<unknown>"),
        line=getattr(code, "co_firstlineno", 1),
        parameters=tuple(_parameter(parameter, scope) for parameter in signature.parameters.values()),
        receiver=_receiver(signature, _qualname(function, body), code),
        is_generator=inspect.isgeneratorfunction(speaker) or inspect.isasyncgenfunction(speaker),
        returns="" if returns is signature.empty else written(returns),
    )


def return_annotation(function: Callable[..., object]) -> object:
    """Return the return annotation, resolved; as it is written where a name in it is not known yet.

    `inspect.Signature.empty` stands for none.

    >>> def totals() -> "list[int]": ...
    >>> return_annotation(totals)
    list[int]
    """
    return resolved(signature_of(function).return_annotation, _scope(_body(function)))


def stands_in_class(qualname: str) -> bool:
    """Return whether a function of that name was defined in the body of a class.

    >>> stands_in_class("Repo.get"), stands_in_class("get"), stands_in_class("make.<locals>.get")
    (True, False, False)
    """
    parent = qualname.rpartition(".")[0]
    return bool(parent) and not parent.endswith("<locals>")


def _body(function: Any, *, behind_signature: bool = True) -> Any:
    """The function that holds the code: behind partials, `functools.wraps` and `__call__`.

    What has a `__signature__` of its own speaks for itself, whatever it wraps: Python's rule.
    """
    while isinstance(function, functools.partial):
        function = function.func
    stop = None if behind_signature else _has_own_signature
    function = inspect.unwrap(function, stop=stop)
    if not hasattr(function, "__code__") and not inspect.isroutine(function):
        function = type(function).__call__ if not isinstance(function, type) else function
    return getattr(function, "__func__", function)


def _has_own_signature(function: object) -> bool:
    return hasattr(function, "__signature__")


def _qualname(function: Any, body: Any) -> str:
    named = getattr(body, "__qualname__", None)
    return str(named) if isinstance(named, str) else type(function).__qualname__


def _scope(body: Any) -> Scope:
    """The names that an annotation can use: globals, what the function closes over, its type parameters."""
    closed_over = {str(parameter): parameter for parameter in getattr(body, "__type_params__", ())}
    free = getattr(getattr(body, "__code__", None), "co_freevars", ())
    for name, cell in zip(free, getattr(body, "__closure__", None) or (), strict=False):
        with contextlib.suppress(ValueError):  # a name that is bound later
            closed_over[name] = cell.cell_contents
    return Scope(getattr(body, "__globals__", {}), closed_over)


def _parameter(parameter: inspect.Parameter, scope: Scope) -> Parameter:
    kind = ParameterKind(int(parameter.kind))
    given = parameter.annotation
    annotation = Any if given is parameter.empty else resolved(given, scope)
    return Parameter(
        parameter.name,
        kind,
        parameter.default is not parameter.empty,
        view_of_parameter(annotation, kind),
    )


def _receiver(signature: inspect.Signature, qualname: str, code: Any) -> str | None:
    """The first parameter of a method, by its name; a bound method has given its receiver away."""
    first = next(iter(signature.parameters.values()), None)
    if first is None or first.kind not in _POSITIONAL or first.name not in _RECEIVERS:
        return None
    is_first_of_body = getattr(code, "co_varnames", (first.name,))[:1] == (first.name,)
    return first.name if is_first_of_body and stands_in_class(qualname) else None
