"""This is where the function that takes the place of a decorated one is written and compiled.

It has the decorated function's own parameters, so that Python binds the arguments, and reads as if
written by hand: `inspect.getsource(get_user.__code__)` shows it.
"""

import enum
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import Signature
from types import FunctionType
from typing import final

from typed_cache.client import Miss
from typed_cache.template import (
    FunctionFacts,
    ParameterList,
    compile_function,
    forwarded_arguments,
    free_name,
    parameter_list,
)

__all__ = ["Mode", "WrapperPlan", "compile_wrapper", "plan_wrapper", "source_of"]


@final
class Mode(enum.Enum):
    """What a decorated function does around a call; the value is the loader's method for it."""

    CACHE = "load"
    PUT = "replace"
    INVALIDATE = "withdraw"


@final
@dataclass(frozen=True, slots=True)
class WrapperPlan:
    """A wrapper, decided: what it does, its parameters, and the names it uses beside them."""

    name: str
    mode: Mode
    is_async: bool
    parameters: ParameterList
    arguments: str
    names: Mapping[str, str]


_NAMES = ("build_key", "read", "load", "replace", "withdraw", "Miss", "type", "key", "found")


def plan_wrapper(facts: FunctionFacts, signature: Signature, mode: Mode, *, is_async: bool) -> WrapperPlan:
    """Decide how the wrapper of a function is written."""
    parameters = parameter_list(signature)
    taken = (*signature.parameters, *parameters.defaults)
    name = facts.name if facts.name.isidentifier() else "call"
    names = {wanted: free_name(wanted, (*taken, name)) for wanted in _NAMES}
    return WrapperPlan(name, mode, is_async, parameters, forwarded_arguments(signature), names)


def source_of(plan: WrapperPlan) -> str:
    """Write a wrapper as source."""
    n = plan.names
    define, wait = ("async def", "await ") if plan.is_async else ("def", "")
    head = f"{define} {plan.name}({plan.parameters.source}):\n"
    build = f"{n['build_key']}({plan.arguments})"
    handed_on = f", {plan.arguments}" if plan.arguments else ""
    if plan.mode is not Mode.CACHE:
        return f"{head}    return {wait}{n[plan.mode.value]}({build}{handed_on})\n"
    return (
        f"{head}"
        f"    {n['key']} = {build}\n"
        f"    {n['found']} = {wait}{n['read']}({n['key']})\n"
        f"    if {n['type']}({n['found']}) is {n['Miss']}:\n"
        f"        return {wait}{n['load']}({n['found']}, {n['key']}{handed_on})\n"
        f"    return {n['found']}\n"
    )


def compile_wrapper(
    plan: WrapperPlan,
    wrapped: Callable[..., object],
    facts: FunctionFacts,
    build_key: Callable[..., str],
    methods: Mapping[str, object],
) -> FunctionType:
    """Compile a wrapper that looks like `wrapped`; `methods` are those of its loader, by name."""
    n = plan.names
    namespace: dict[str, object] = {
        "__name__": facts.module,
        n["build_key"]: build_key,
        n["Miss"]: Miss,
        n["type"]: type,
        **{n[name]: method for name, method in methods.items()},
        **plan.parameters.defaults,
    }
    wrapper = compile_function(source_of(plan), plan.name, namespace, f"<typed_cache {facts.dotted}>")
    wrapper.__module__, wrapper.__qualname__ = facts.module, facts.qualname
    functools.update_wrapper(wrapper, wrapped)
    return wrapper
