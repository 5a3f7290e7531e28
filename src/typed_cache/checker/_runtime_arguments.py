"""This is where words of the command line become the arguments of a function, by its annotations.

`42 --verbose --lang=de`: words without dashes are positional, `--name value` and `--name=value` are named,
a bool needs no value (`--verbose`, `--no-verbose`), and behind `--` nothing is a name any more.
"""

import inspect
import re
import typing
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, final

from typed_cache.checker._commands import UsageError
from typed_cache.checker._runtime_values import is_untyped, type_shown, value_of

__all__ = ["arguments_from", "usage_of"]

_VARIADIC: Final = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def arguments_from(words: Sequence[str], function: Callable[..., object]) -> inspect.BoundArguments:
    """Return the arguments that the words spell.

    Raises:
        UsageError: The function takes no such arguments.

    >>> def get_user(user_id: int, *, verbose: bool = False) -> str: ...
    >>> arguments_from(["42", "--verbose"], get_user)
    <BoundArguments (user_id=42, verbose=True)>
    """
    signature = inspect.signature(function)
    reader = _Reader(signature, _types_of(function))
    args, kwargs = reader.read(words)
    try:
        return signature.bind(*args, **kwargs)
    except TypeError as error:
        raise UsageError(f"{error}. It takes: {usage_of(signature) or 'nothing'}") from error


def usage_of(signature: inspect.Signature) -> str:
    """Return how the arguments of a function are written.

    >>> usage_of(inspect.signature(lambda user_id, *, verbose=False, **rest: ...))
    'USER_ID [--verbose] [--NAME REST]...'
    """
    return " ".join(_usage(parameter) for parameter in signature.parameters.values())


def _usage(parameter: inspect.Parameter) -> str:
    name = parameter.name
    if parameter.kind is parameter.VAR_POSITIONAL:
        return f"[{name.upper()}]..."
    if parameter.kind is parameter.VAR_KEYWORD:
        return f"[--NAME {name.upper()}]..."
    shown = name.upper()
    if parameter.kind is parameter.KEYWORD_ONLY:
        shown = _option(name) if _is_flag(parameter, parameter.annotation) else f"{_option(name)} {shown}"
    return shown if parameter.default is parameter.empty else f"[{shown}]"


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _is_flag(parameter: inspect.Parameter, annotation: object) -> bool:
    return annotation in {bool, "bool"} or (is_untyped(annotation) and isinstance(parameter.default, bool))


def _types_of(function: Callable[..., object]) -> Mapping[str, Any]:
    try:
        return typing.get_type_hints(inspect.unwrap(function), include_extras=True)
    except Exception:  # noqa: BLE001  # evaluating annotations can raise anything; then none is known
        return {}


@final
class _Reader:
    """Reads the words of one call."""

    def __init__(self, signature: inspect.Signature, types: Mapping[str, Any]) -> None:
        self._parameters = signature.parameters
        self._types = types
        self._by_position = deque(
            parameter
            for parameter in signature.parameters.values()
            if parameter.kind not in {parameter.KEYWORD_ONLY, parameter.VAR_KEYWORD}
        )
        self._rest = next((p for p in signature.parameters.values() if p.kind is p.VAR_KEYWORD), None)

    def read(self, words: Sequence[str]) -> tuple[list[object], dict[str, object]]:
        args: list[object] = []
        kwargs: dict[str, object] = {}
        left = deque(words)
        while left:
            word = left.popleft()
            if word == "--":
                args += [self._positional(word) for word in left]
                break
            if re.match("--[a-zA-Z_]", word):
                name, value = self._named(word, left)
                kwargs[name] = value
            else:
                args.append(self._positional(word))
        return args, kwargs

    def _positional(self, word: str) -> object:
        if not self._by_position:
            return word  # one too many: binding says so
        parameter = self._by_position[0]
        if parameter.kind is not parameter.VAR_POSITIONAL:
            self._by_position.popleft()
        return self._value(word, parameter)

    def _named(self, word: str, left: deque[str]) -> tuple[str, object]:
        option, given, value = word.partition("=")
        name = option[2:].replace("-", "_")
        parameter = self._parameter(name)
        if parameter is None and name.startswith("no_") and not given:
            parameter = self._parameter(name[3:], flag=True)
            if parameter is not None:
                return name[3:], False
        parameter = parameter or self._rest
        if parameter is None:
            raise UsageError(f"there is no parameter {option}. It takes: {self._usage()}")
        if not given:
            if _is_flag(parameter, self._type_of(parameter)):
                return name, True
            if not left:
                raise UsageError(f"{option} needs a value. It takes: {self._usage()}")
            value = left.popleft()
        return name, self._value(value, parameter)

    def _parameter(self, name: str, *, flag: bool = False) -> inspect.Parameter | None:
        found = self._parameters.get(name)
        if found is None or found.kind in {*_VARIADIC, found.POSITIONAL_ONLY}:
            return None
        return found if not flag or _is_flag(found, self._type_of(found)) else None

    def _type_of(self, parameter: inspect.Parameter) -> Any:
        return self._types.get(parameter.name, parameter.empty)

    def _value(self, text: str, parameter: inspect.Parameter) -> object:
        annotation = self._type_of(parameter)
        try:
            return value_of(text, annotation)
        except (ValueError, TypeError) as error:
            told = f"{text!r} is no {type_shown(annotation)} for {parameter.name!r}"
            raise UsageError(f"{told}: {error}") from error

    def _usage(self) -> str:
        return usage_of(inspect.Signature(tuple(self._parameters.values()))) or "nothing"
