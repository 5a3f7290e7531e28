"""This is where a decorator meets its function: the rules are asked, and mypy reports what they say."""

from collections.abc import Iterator
from typing import Final

from mypy.checker import TypeChecker
from mypy.nodes import Context, Expression, TempNode
from mypy.plugin import CheckerPluginInterface
from mypy.types import Type

from typed_cache._mypy._codes import ERROR_CODES
from typed_cache._mypy._function import Decorated, decorated_by
from typed_cache._mypy._readers import shared_key_problems
from typed_cache._mypy._told import Told, told_of
from typed_cache.template import (
    FunctionFacts,
    Problem,
    check,
    expire_problem,
    generator_problem,
    read_once_problem,
    sentence,
)

__all__ = ["judge"]

_ABOUT_PARAMETERS: Final = frozenset({"TC002", "TC003", "TC004", "TC005", "TC006", "TC007", "TC008", "TC010"})
_ABOUT_IGNORE: Final = frozenset({"TC004", "TC005", "TC006", "TC010"})


def judge(decorator: Type, argument: Expression, context: Context, api: CheckerPluginInterface) -> None:
    """Report what is wrong with the function `argument` under a decorator of this type."""
    told = told_of(decorator)
    if told is None or not isinstance(api, TypeChecker):
        return
    typ = argument.type if isinstance(argument, TempNode) else api.get_expression_type(argument)
    decorated = decorated_by(argument, typ, context, api)
    for problem in _problems(told, decorated, api):
        api.fail(_words(problem, decorated.facts), argument, code=ERROR_CODES[problem.code])


def _problems(told: Told, decorated: Decorated, checker: TypeChecker) -> Iterator[Problem]:
    facts = decorated.facts
    if facts.is_generator:
        yield generator_problem(facts)
    elif decorated.read_once is not None and not told.invalidate:
        yield read_once_problem(facts, decorated.read_once)
    if told.wrong_expire is not None:
        yield expire_problem(told.wrong_expire)
    if not told.key_known:
        return
    ignore = () if told.ignore is None else told.ignore
    problems = [
        problem
        for problem in check(facts, told.key, ignore=ignore, invalidate=told.invalidate)
        if (decorated.parameters_known or problem.code not in _ABOUT_PARAMETERS)
        and (told.ignore is not None or problem.code not in _ABOUT_IGNORE)
    ]
    yield from problems
    yield from shared_key_problems(told, decorated, checker)


def _words(problem: Problem, facts: FunctionFacts) -> str:
    text = sentence(problem, facts)
    return text if problem.line is None else f"{text} It is read in line {problem.line}."
