"""Putting generated functions together."""

import inspect
import linecache
from collections.abc import Callable
from typing import Any

import pytest

from typed_cache.template import compile_function, forwarded_arguments, free_name, parameter_list

SIGNATURES = [
    "",
    "a",
    "a, b",
    "a, /",
    "a, /, b",
    "*args",
    "**kwargs",
    "*, a",
    "*args, a",
    "a, /, b, *args, c, d=1, **kwargs",
    "a=1, /, b=2, *, c=3",
    "self, a=None, *args, **kwargs",
]


def _function(parameters: str) -> Callable[..., Any]:
    scope: dict[str, Any] = {}
    exec(f"def f({parameters}): ...", scope)
    function: Callable[..., Any] = scope["f"]
    return function


@pytest.mark.parametrize("parameters", SIGNATURES)
def test_parameter_list(parameters: str) -> None:
    """A signature is written as it was."""
    assert parameter_list(inspect.signature(_function(parameters))).source == parameters


def test_defaults_become_globals() -> None:
    """Whatever is no small number, boolean or None is a global, under a free name."""
    marker = object()

    def function(a: Any = marker, b: float = 1.5, default_a: int = 10**9, *, c: bool = False) -> None: ...

    written = parameter_list(inspect.signature(function))
    assert written.source == "a=default_a_, b=default_b, default_a=default_default_a, *, c=False"
    assert written.defaults == {"default_a_": marker, "default_b": 1.5, "default_default_a": 10**9}


@pytest.mark.parametrize(
    ("parameters", "call"),
    [
        ("", ""),
        ("a, /, b", "a, b"),
        ("*args, a, **kwargs", "*args, a=a, **kwargs"),
        ("a, *, b=1", "a, b=b"),
    ],
)
def test_forwarded_arguments(parameters: str, call: str) -> None:
    """Every argument is handed on the way it may be passed."""
    assert forwarded_arguments(inspect.signature(_function(parameters))) == call


@pytest.mark.parametrize("parameters", SIGNATURES)
def test_a_generated_wrapper_works(parameters: str) -> None:
    """Parameters and call fit together for every kind of signature."""
    signature = inspect.signature(_function(parameters))
    written = parameter_list(signature)
    source = f"def wrapper({written.source}):\n    return call({forwarded_arguments(signature)})\n"
    called: list[object] = []
    call = compile_function(
        f"def call({written.source}):\n    seen(locals())\n",
        "call",
        {"seen": called.append, **written.defaults},
        "<c>",
    )
    wrapper = compile_function(source, "wrapper", {"call": call, **written.defaults}, "<w>")
    bound = {name: index for index, name in enumerate(signature.parameters) if name not in {"args", "kwargs"}}
    positional = [bound[p.name] for p in signature.parameters.values() if p.kind <= 1]
    named = {p.name: bound[p.name] for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY}
    wrapper(*positional, **named)
    assert len(called) == 1


def test_free_name() -> None:
    """A name that is taken gets underscores until it is free."""
    assert free_name("text", []) == "text"
    assert free_name("text", ["text", "text_"]) == "text__"


def test_source_is_on_file() -> None:
    """Debuggers find the source line by line, and it outlives a check of the files."""
    function = compile_function("def f():\n    return 1\n", "f", {}, "<on file>")
    linecache.checkcache()
    assert inspect.getsource(function) == "def f():\n    return 1\n"
    assert linecache.getline("<on file>", 2) == "    return 1\n"


def test_source_does_not_pile_up() -> None:
    """Compiling again under one name keeps the last source only."""
    before = len(linecache.cache)
    for number in range(5):
        compile_function(f"def f():\n    return {number}\n", "f", {}, "<again>")
    assert len(linecache.cache) <= before + 1
    assert linecache.getline("<again>", 2) == "    return 4\n"


def test_source_without_the_function() -> None:
    """Source that defines something else is a fault of the library, told as such."""
    with pytest.raises(TypeError, match="does not define a function 'f'"):
        compile_function("f = 1\n", "f", {}, "<none>")
