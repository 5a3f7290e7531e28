"""This is where generated functions are put together and compiled.

The source is text that the library made: what users wrote enters it as checked identifiers or through
`repr`, everything else as a global. It is filed with `linecache` under a name of its own, so debuggers,
tracebacks and `inspect.getsource` show it.
"""

import inspect
import linecache
from collections.abc import Collection, Iterator, Mapping
from types import FunctionType
from typing import Final, NamedTuple, final

__all__ = ["ParameterList", "compile_function", "forwarded_arguments", "free_name", "parameter_list"]


@final
class ParameterList(NamedTuple):
    """What stands between the parentheses of a `def`, and the globals that its defaults name."""

    source: str
    defaults: Mapping[str, object]


_SMALL_INT: Final = 10**9


def parameter_list(signature: inspect.Signature) -> ParameterList:
    """Write a signature as parameters, without annotations; defaults become globals.

    None, booleans and small integers are written out, which reads better.

    >>> def get(user_id, /, lang="en", *, verbose=False): ...
    >>> parameter_list(inspect.signature(get))
    ParameterList(source='user_id, /, lang=default_lang, *, verbose=False', defaults={'default_lang': 'en'})
    """
    defaults: dict[str, object] = {}
    written: list[str] = []
    for parameter in signature.parameters.values():
        default = parameter.default
        if default is parameter.empty:
            written.append(parameter.name)
        elif default is None or type(default) is bool or (type(default) is int and abs(default) < _SMALL_INT):
            written.append(f"{parameter.name}={default!r}")
        else:
            name = free_name(f"default_{parameter.name}", (*signature.parameters, *defaults))
            defaults[name] = default
            written.append(f"{parameter.name}={name}")
    return ParameterList(", ".join(_with_markers(signature, written)), defaults)


def _with_markers(signature: inspect.Signature, written: list[str]) -> Iterator[str]:
    """Put in `/`, `*` and the stars of `*args` and `**kwargs`."""
    kinds = [parameter.kind for parameter in signature.parameters.values()]
    last_positional_only = kinds.count(inspect.Parameter.POSITIONAL_ONLY) - 1
    starred = inspect.Parameter.VAR_POSITIONAL in kinds
    for index, (kind, text) in enumerate(zip(kinds, written, strict=True)):
        if kind is inspect.Parameter.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        yield _STARS.get(kind, "") + text
        if index == last_positional_only:
            yield "/"


_STARS: Final[Mapping[object, str]] = {
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.VAR_KEYWORD: "**",
}


def forwarded_arguments(signature: inspect.Signature) -> str:
    """Write the call that hands every parameter on as it came.

    >>> def get(user_id, *args, verbose=False, **rest): ...
    >>> forwarded_arguments(inspect.signature(get))
    'user_id, *args, verbose=verbose, **rest'
    """
    return ", ".join(
        f"{name}={name}"
        if parameter.kind is parameter.KEYWORD_ONLY
        else _STARS.get(parameter.kind, "") + name
        for name, parameter in signature.parameters.items()
    )


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return `wanted`, with as many underscores behind it as keep it apart from `taken`.

    >>> free_name("text", {"text", "text_"})
    'text__'
    """
    while wanted in taken:
        wanted += "_"
    return wanted


def compile_function(source: str, name: str, namespace: Mapping[str, object], filename: str) -> FunctionType:
    r"""Compile `source`, which defines the function `name`, with `namespace` as its globals.

    A later function under the same `filename` takes the place of an earlier one in `linecache`, so that
    decorating again does not pile up text.

    >>> double = compile_function("def double(n):\n    return n * two\n", "double", {"two": 2}, "<x>")
    >>> double(21)
    42
    >>> print(inspect.getsource(double), end="")
    def double(n):
        return n * two
    """
    scope = dict(namespace)
    code = compile(source, filename, "exec", dont_inherit=True)
    exec(code, scope)  # noqa: S102  # the library's only one; see the top of this file
    function = scope[name]
    if not isinstance(function, FunctionType):
        raise TypeError(f"the source does not define a function {name!r}")
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    return function
