"""This is where a cached function keeps its key function: what makes the text for `{...}`."""

import inspect
from collections.abc import Callable, Iterable
from typing import Final, final

from typing_extensions import TypeIs

from typed_cache.errors import DecorationError, KeyTemplateError, KeyValueError
from typed_cache.template import FunctionFacts, KeyTemplate

__all__ = ["KeyFunction"]

_EMPTY: Final = inspect.Parameter.empty
_POSITIONAL: Final = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


@final
class KeyFunction:
    """One cached function's key function; `take` is called once, when the module is loaded.

    Its value is a str or a tuple, as the checkers say too: a None that was returned by mistake would be
    one key for all calls.
    """

    __slots__ = ("_facts", "_function", "_signature", "_template")

    def __init__(self, template: KeyTemplate, facts: FunctionFacts, signature: inspect.Signature) -> None:
        self._template = template
        self._facts = facts
        self._signature = signature
        self._function: Callable[..., object] | None = None

    def take(self, given: object) -> None:
        """Make `given` the key function.

        Raises:
            KeyTemplateError: There is no `{...}` in the key, or the parameters are not the same.
            DecorationError: There is a key function already, or `given` is none.
        """
        function: object = getattr(given, "__func__", given)  # of a class or static method
        dotted = self._facts.dotted
        if not callable(function) or inspect.iscoroutinefunction(function):
            raise DecorationError(f"The key function of {dotted} is a plain function, not {given!r}.")
        if not self._template.has_key_function:
            raise KeyTemplateError(
                f"TC001 no place for a key function in {self._template.text!r}, the key of {dotted}. "
                f'Write "{self._facts.name}_{{...}}".',
                ["TC001"],
            )
        if self._function is not None:
            raise DecorationError(f"{dotted} has a key function already: {self._function!r}.")
        self._compare(inspect.signature(function))
        self._function = function

    def __call__(self, /, *args: object, **kwargs: object) -> str | tuple[object, ...]:
        """Return what the key function makes of a call.

        Raises:
            KeyTemplateError: There is no key function yet.
            KeyValueError: It returned neither a str nor a tuple.
        """
        if self._function is None:
            name = self._facts.name
            raise KeyTemplateError(
                f"TC001 no key function for the '{{...}}' in the key of {self._facts.dotted}. "
                f"Write one below {name}, with the parameters of {name} and @{name}.key above it.",
                ["TC001"],
            )
        value = self._function(*args, **kwargs)
        if _makes_key(value):
            return value
        raise KeyValueError(
            f"TC007 the key function of {self._facts.dotted} returned a {type(value).__qualname__}. "
            "Return a str, or a tuple of values.",
            ["TC007"],
        )

    def _compare(self, theirs: inspect.Signature) -> None:
        """Refuse parameters that a call, handed on in full, would not fit."""
        names = set(self._signature.parameters)
        needed = [p for p in theirs.parameters.values() if p.name in names or p.default is p.empty]
        mine, others = _spelled(self._signature.parameters.values()), _spelled(needed)
        if mine != others:
            raise KeyTemplateError(
                f"TC002 the key function of {self._facts.dotted} takes ({', '.join(others)}), "
                f"and {self._facts.name} takes ({', '.join(mine)}). Give it the same parameters.",
                ["TC002"],
            )


def _makes_key(value: object) -> TypeIs[str | tuple[object, ...]]:
    return isinstance(value, str | tuple)


def _spelled(parameters: Iterable[inspect.Parameter]) -> list[str]:
    """The parameters by kind and name; the order does not matter for those given by name."""
    bare = [parameter.replace(annotation=_EMPTY, default=_EMPTY) for parameter in parameters]
    positional = [parameter.name for parameter in bare if parameter.kind in _POSITIONAL]
    named = [f"{p}=..." if p.kind is p.KEYWORD_ONLY else str(p) for p in bare if p.kind not in _POSITIONAL]
    return [*positional, *sorted(named)]
