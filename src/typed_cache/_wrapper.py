"""This is where the function that takes the place of a decorated one is written and compiled.

It has the decorated function's own parameters, so that Python binds the arguments, and reads as if
written by hand: `inspect.getsource(get_user.__code__)` shows it.
"""

import enum
import functools
from collections.abc import Callable, Mapping, Sequence
from inspect import Signature
from string import Template
from types import FunctionType
from typing import Final, NamedTuple, final

from typed_cache.client import Miss
from typed_cache.clients._unplaced import UNPLACED
from typed_cache.template import (
    ExactParameter,
    FunctionFacts,
    ParameterList,
    compile_function,
    forwarded_arguments,
    free_name,
    is_exact_tuple,
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
class WrapperPlan(NamedTuple):
    """A wrapper, decided: what it does, its parameters, and the names it uses beside them."""

    name: str
    mode: Mode
    is_async: bool
    parameters: ParameterList
    arguments: str
    names: Mapping[str, str]
    exact: tuple[ExactParameter, ...] | None
    """The parameters that an entry in RAM is found by; None where that takes the key."""

    shared: bool
    """Whether what is kept in RAM is handed out as it is."""


_GLOBALS: Final[Mapping[str, object]] = {
    "ram": None,
    "ram_index": None,
    "UNPLACED": UNPLACED,
    "Miss": Miss,
    "is_exact_tuple": is_exact_tuple,
    "BaseException": BaseException,
    "Exception": Exception,
    "KeyError": KeyError,
    **{cls.__name__: cls for cls in (type, int, str, bool, bytes)},
}
_LOCALS: Final = ("entries", "clock", "give", "index", "entry", "value", "place", "key", "found")
_OF_FUNCTION: Final = ("function", "build_key", "read", "load", "replace", "withdraw")


def plan_wrapper(
    facts: FunctionFacts,
    signature: Signature,
    mode: Mode,
    *,
    is_async: bool,
    exact: tuple[ExactParameter, ...] | None = None,
    shared: bool = False,
) -> WrapperPlan:
    """Decide how the wrapper of a function is written."""
    parameters = parameter_list(signature)
    name = facts.name if facts.name.isidentifier() else "call"
    taken = (*signature.parameters, *parameters.defaults, name)
    names = {wanted: free_name(wanted, taken) for wanted in (*_GLOBALS, *_LOCALS, *_OF_FUNCTION)}
    return WrapperPlan(name, mode, is_async, parameters, forwarded_arguments(signature), names, exact, shared)


# `$name` stands for what a plan calls it; `$given` is the call that hands every parameter on.
_CHANGE: Final = "return $wait$change($build_key($given)$comma_given)\n"

_IN_RAM: Final = """\
$entries, $clock$and_give = $ram
try:
    $entry = $entries[$looked_up]
except $KeyError:
    pass
else:
    $value = $entry.value
    if $clock() < $entry.expires:
"""

_SHARED: Final = """\
        $entry.uses += 1
        return $value
"""

_COPIED: Final = """\
        try:
            if $give is not None:
                $value = $give($value)
            $entry.uses += 1
            return $value
        except $Exception:
            pass
"""

_INTO_RAM: Final = """\
$key = $build_key($given)
$index = $ram_index
if $index is not None:
    $entry = $index.begin($key, $place)
    if $entry is not None:
        try:
            $value = $wait$function($given)
        except $BaseException:
            $index.abandon($entry)
            raise
        $index.finish($entry, $value)
        return $value
"""

_BY_LOADER: Final = """\
$found = $wait$read($key)
if $type($found) is $Miss:
    return $wait$load($found, $key$comma_given)
return $found
"""


def source_of(plan: WrapperPlan) -> str:
    """Write a wrapper as source."""
    define = "async def" if plan.is_async else "def"
    body = _cached(plan) if plan.mode is Mode.CACHE else _CHANGE.replace("$change", f"${plan.mode.value}")
    return f"{define} {plan.name}({plan.parameters.source}):\n{_indented(_filled_in(body, plan))}"


def _filled_in(body: str, plan: WrapperPlan) -> str:
    """Put in the call and the names; nearly always they are called what they are called here."""
    given = plan.arguments
    body = (
        body.replace("$comma_given", given and f", {given}")
        .replace("$given", given)
        .replace("$wait", "await " if plan.is_async else "")
    )
    if all(name == wanted for wanted, name in plan.names.items()):
        return body.replace("$", "")
    return Template(body).substitute(plan.names)


def _indented(body: str) -> str:
    return "".join([f"    {line}" for line in body.splitlines(keepends=True)])


def _cached(plan: WrapperPlan) -> str:
    """Look in RAM, load into RAM, or do either by way of the loader."""
    if plan.exact is None:
        return _INTO_RAM.replace("$place", "$UNPLACED") + _BY_LOADER
    looked_up = _looked_up(plan, plan.exact).replace("$and_give", "" if plan.shared else ", $give")
    return looked_up + _INTO_RAM + _BY_LOADER


def _looked_up(plan: WrapperPlan, exact: Sequence[ExactParameter]) -> str:
    in_ram = _IN_RAM + (_SHARED if plan.shared else _COPIED)
    looked_up = ", ".join(parameter.name for parameter in exact) or "()"
    body = (
        in_ram.replace("$looked_up", looked_up) + f"$place = {looked_up}\n"
    )  # a hit need not name its place
    if not exact:
        return body
    tests = [_test(parameter, plan.names) for parameter in exact]
    if len(tests) > 1:
        tests = [f"({test})" if " or " in test else test for test in tests]
    return f"if {' and '.join(tests)}:\n{_indented(body)}else:\n    $place = $UNPLACED\n"


def _test(parameter: ExactParameter, names: Mapping[str, str]) -> str:
    """Write the test whether an argument is of one of its exact types."""
    return " or ".join(_TESTS[kind].format(parameter.name, **names) for kind in parameter.types)


_TESTS: Final[Mapping[str, str]] = {
    "None": "{0} is None",
    "tuple": "{is_exact_tuple}({0})",
    **{name: f"{{type}}({{0}}) is {{{name}}}" for name in ("int", "str", "bool", "bytes")},
}


def compile_wrapper(
    plan: WrapperPlan,
    wrapped: Callable[..., object],
    facts: FunctionFacts,
    of_function: Mapping[str, object],
) -> FunctionType:
    """Compile a wrapper that looks like `wrapped`; `of_function` is what it calls, by name."""
    n = plan.names
    namespace: dict[str, object] = {
        "__name__": facts.module,
        **{n[name]: value for name, value in {**_GLOBALS, **of_function}.items()},
        **plan.parameters.defaults,
    }
    wrapper = compile_function(source_of(plan), plan.name, namespace, f"<typed_cache {facts.dotted}>")
    wrapper.__module__, wrapper.__qualname__ = facts.module, facts.qualname
    functools.update_wrapper(wrapper, wrapped)
    return wrapper
