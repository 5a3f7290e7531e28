"""This is where a decorator meets its function: the rules are asked, and mypy reports what they say."""

from collections.abc import Collection, Iterator
from typing import Final

from mypy.nodes import CallExpr, Context, Expression
from mypy.plugin import DynamicClassDefContext
from mypy.types import Type

from typed_cache._mypy._codes import ERROR_CODES
from typed_cache._mypy._constants import Constants
from typed_cache._mypy._function import Decorated, Site, comes_back, decorated_by, site_of
from typed_cache._mypy._module import Module
from typed_cache._mypy._readers import reader_of
from typed_cache._mypy._told import Told, wrong_expire
from typed_cache.template import (
    RULES,
    FunctionFacts,
    Problem,
    check,
    expire_problem,
    generator_problem,
    parse,
    read_once_problem,
    sentence,
)

__all__ = ["judge", "judge_expire"]

_WHOLE: Final = 2
"""The steps of a path that names an attribute whole: `self.tenant`, not `self.tenant.id`."""

_ABOUT_PARAMETERS: Final = frozenset({"TC002", "TC003", "TC004", "TC005", "TC006", "TC007", "TC008", "TC010"})
_ABOUT_IGNORE: Final = frozenset({"TC004", "TC005", "TC006", "TC010"})


def judge(decorator: Type, argument: Expression, context: Context, module: Module) -> None:
    """Report what is wrong with the function `argument` under a decorator of this type."""
    codes: Collection[str] | None = ()
    if not module.is_plainly_right(context):
        told = module.decorators.told(decorator, argument, context)
        codes = None if told is None else _reported(told, argument, context, module)
    if codes is None or "TC009" in codes:
        return
    # The command gives the line in which the decorator begins.
    accused = module.accused_at(context.line if isinstance(context, CallExpr) else argument.line)
    if accused is not None:
        module.checker.fail(accused, argument, code=ERROR_CODES["TC009"])


def judge_expire(context: DynamicClassDefContext) -> None:
    """Report a time to live that no decorator in a variable can have."""
    call, name, api = context
    arguments = dict(zip(call.arg_names, call.args, strict=True))
    expire = arguments.get("expire")
    if expire is None and call.arg_names[1:2] == [None]:
        expire = call.args[1]
    found = None if expire is None else wrong_expire(expire, Constants(api.modules[api.cur_mod_id]))
    if found is not None:
        problem = expire_problem(found)._replace(place="in the decorator")
        facts = FunctionFacts(api.cur_mod_id, name, "", call.line)
        api.fail(sentence(problem, facts), call, code=ERROR_CODES[problem.code])


def _reported(told: Told, argument: Expression, context: Context, module: Module) -> Collection[str] | None:
    """Report what the rules find, and return their codes; None where mypy comes back to the decorator.

    It does where a type is not there yet; then nothing is reported.
    """
    site = site_of(argument, context, module.checker, module.evidence)
    named = _named_of_receiver(told)
    module.evidence.is_missing = False
    decorated = decorated_by(site, None if named is None else module.state, named or ())
    problems = list(_problems(told, decorated))
    if module.evidence.is_missing and comes_back(site):
        return None
    found = [(argument, problem, decorated.facts) for problem in problems]
    if decorated.parameters_known and not any(RULES[each.code].at_import == "error" for each in problems):
        found += _shared(told, decorated.facts, site, module)
    for place, problem, facts in found:
        module.checker.fail(_words(problem, facts), place, code=ERROR_CODES[problem.code])
    if module.shown is not None:
        module.shown.add(decorated.facts, told)
    return {problem.code for place, problem, _ in found if place is argument}


def _shared(
    told: Told, facts: FunctionFacts, site: Site, module: Module
) -> Iterator[tuple[Expression, Problem, FunctionFacts]]:
    """The keys that the function shares with others of its module, each with who is at fault."""
    if told.key_known and not told.invalidate and told.client is not None:
        reader = reader_of(site.argument, facts, told.key, told.client)
        for later, problem in module.readers.add(reader):
            yield later.argument, problem, later.facts


def _named_of_receiver(told: Told) -> Collection[str] | None:
    """The attributes of `self` that the key names; None where what the function reads does not matter."""
    if not told.key_known or told.invalidate or told.ignore is None:
        return None
    paths = () if told.key is None else (part.path for part in parse(told.key).placeholders)
    return {path[1] for path in paths if path[0] == "self" and len(path) == _WHOLE}


def _problems(told: Told, decorated: Decorated) -> Iterator[Problem]:
    facts = decorated.facts
    if facts.is_generator:
        yield generator_problem(facts, invalidate=told.invalidate)
    elif decorated.read_once is not None and not told.invalidate:
        yield read_once_problem(facts, decorated.read_once)
    if told.wrong_expire is not None:
        yield expire_problem(told.wrong_expire)
    if not told.key_known:
        return
    ignore = () if told.ignore is None else told.ignore
    for problem in check(facts, told.key, ignore=ignore, invalidate=told.invalidate):
        about_known = decorated.parameters_known or problem.code not in _ABOUT_PARAMETERS
        if about_known and (told.ignore is not None or problem.code not in _ABOUT_IGNORE):
            yield problem


def _words(problem: Problem, facts: FunctionFacts) -> str:
    text = sentence(problem, facts)
    return text if problem.line is None else f"{text} It is read in line {problem.line}."
