"""This is where an argument becomes text at a call, and a refusal names the argument and the function."""

from collections.abc import Callable
from typing import Final, TypeAlias

from typed_cache.errors import KeyValueError
from typed_cache.template._facts import FunctionFacts
from typed_cache.template._problem import Problem, render
from typed_cache.template._text import new_walk, refusal, value_text
from typed_cache.template._text_scalars import LEAVES, float_before_dot, leaf_for

__all__ = ["ArgumentText", "argument_text"]

ArgumentText: TypeAlias = Callable[..., str]


def argument_text(facts: FunctionFacts, *, before_dot: bool = False) -> ArgumentText:
    """Return the function `text(value, parameter, *attributes)` that a generated key builder calls."""
    leaves = dict(LEAVES)
    if before_dot:
        leaves[float] = float_before_dot

    def text(value: object, parameter: str, *attributes: str) -> str:
        walk = None
        try:
            for name in attributes:
                value = getattr(value, name)
            cls = type(value)
            leaf = leaves.get(cls) or leaf_for(cls)
            if leaf is not None:
                return leaf(value)
            walk = new_walk()
            return value_text(value, walk)
        except Exception as error:
            place = ".".join((parameter, *attributes))
            refused = refusal(error, walk or new_walk())
            raise KeyValueError(_message(facts, place, refused), [_CODE], parameter) from error

    return text


_CODE: Final = "TC007"


def _message(facts: FunctionFacts, place: str, refused: str) -> str:
    return render(Problem(_CODE, f"no stable text for {place!r}", f"{place}{refused}"), facts)
