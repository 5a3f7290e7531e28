"""This is where problems found at import reach the user: as one error, or as warnings on the user's line."""

import warnings
from collections.abc import Sequence

from typed_cache.errors import KeyTemplateError, KeyTemplateWarning
from typed_cache.template._codes import RULES
from typed_cache.template._facts import FunctionFacts
from typed_cache.template._problem import Problem, render

__all__ = ["report"]


def report(problems: Sequence[Problem], facts: FunctionFacts) -> None:
    """Raise one error that lists every problem where one of them is an error; else warn about each.

    A warning points at the decorated function in the user's own file.

    Raises:
        KeyTemplateError: A problem whose rule says "error" is among them.

    >>> report([], FunctionFacts("app.users", "get_user", "app/users.py", 14))
    """
    if any(RULES[problem.code].at_import == "error" for problem in problems):
        text = "\n".join(render(problem, facts) for problem in problems)
        raise KeyTemplateError(text, [problem.code for problem in problems])
    for problem in problems:
        warnings.warn_explicit(
            render(problem, facts),
            KeyTemplateWarning,
            facts.file,
            problem.line or facts.line,
            module=facts.module or "<unknown>",  # None is taken for the end of the program
        )
