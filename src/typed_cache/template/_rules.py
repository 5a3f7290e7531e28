"""This is where a template is judged against the function that it decorates.

A rule reads facts, never a live function, and returns problems; `_report` decides what becomes of them.
"""

from collections.abc import Collection, Iterator
from typing import Final

from typed_cache.template._codes import RULES
from typed_cache.template._facts import FunctionFacts, Missing, Unknown, Unstable
from typed_cache.template._grammar import KeyTemplate, Placeholder, parse
from typed_cache.template._offers import (
    as_tuple,
    example_of,
    listed,
    offered_attributes,
    offered_parameters,
)
from typed_cache.template._problem import Problem

__all__ = ["check", "expire_problem", "generator_problem", "read_once_problem", "template_of"]

_DECORATOR: Final = "in the decorator of"


def template_of(key: str | None, facts: FunctionFacts) -> KeyTemplate:
    """Return the template that `key=` stands for; None stands for the function's qualified name.

    >>> str(template_of(None, FunctionFacts("app.stats", "totals", "app/stats.py", 3)))
    'totals'
    """
    return KeyTemplate.literal(facts.qualname) if key is None else parse(key)


def check(
    facts: FunctionFacts, key: str | None, *, ignore: Collection[str] = (), invalidate: bool = False
) -> list[Problem]:
    """Hold a key template against a function; return what is wrong, in the order of the text.

    `ignore` holds the parameters that take no part on purpose; `invalidate` says that the function
    drops an entry, and so has no need to name every parameter.

    >>> facts = FunctionFacts("app.users", "get_user", "app/users.py", 14)
    >>> [problem.code for problem in check(facts, "user_{usr_id}")]
    ['TC002']
    """
    template = template_of(key, facts)
    ignored = (ignore,) if isinstance(ignore, str) else ignore
    problems = [*_malformed(template), *_placeholders(template, facts)]
    if invalidate:
        problems += _key_function_to_invalidate(template)
    problems.sort(key=lambda problem: problem.span or (0, 0))
    problems += _ignore(facts, template, ignore)
    if key is None:
        problems += _without_key(facts, ignored, invalidate=invalidate)
    if not invalidate and _names_are_right(facts, template):
        problems += () if key is None else _left_out(facts, template, ignored)
        if facts.reads:
            problems += _state(facts, template, ignored)
    return problems


def _names_are_right(facts: FunctionFacts, template: KeyTemplate) -> bool:
    """Whether it can be told what the key leaves out: behind a typo may stand any parameter.

    So may they behind `{...}`, where the checkers compare the parameters of the key function.
    """
    names = {part.parameter for part in template.placeholders}
    return not template.faults and names.issubset([parameter.name for parameter in facts.parameters])


def expire_problem(detail: str) -> Problem:
    """The problem with an `expire=` that `detail` describes.

    >>> expire_problem("expire=True").remedy
    'Give None or a timedelta with 0 < expire <= 10 years.'
    """
    return Problem("TC011", detail, RULES["TC011"].remedy, place=_DECORATOR)


def generator_problem(facts: FunctionFacts, *, invalidate: bool = False) -> Problem:
    """The problem with a generator function: it is cached, or drops an entry before it begins.

    >>> generator_problem(FunctionFacts("app", "rows", "app.py", 3, is_generator=True)).code
    'TC012'
    """
    why = "its entry would be dropped before it begins" if invalidate else _EMPTY_LATER
    remedy = f"{facts.name} yields its values, and {why}. {RULES['TC012'].remedy}"
    return Problem("TC012", "a generator function", remedy, place=_DECORATOR)


_EMPTY_LATER: Final = "a cached generator would be empty at the second call"
_TO_AWAIT: Final = frozenset({"Awaitable", "Coroutine", "Future", "Task"})


def read_once_problem(facts: FunctionFacts, kind: str) -> Problem:
    """The problem with caching what only its first reader could use: an `Iterator`, an `Awaitable`.

    >>> read_once_problem(FunctionFacts("app", "rows", "app.py", 3), "Iterator").what
    'a result of type Iterator'
    """
    instead = (
        f"Make {facts.name} an 'async def' that returns what it awaits."
        if kind in _TO_AWAIT
        else RULES["TC012"].remedy
    )
    remedy = f"Only the first reader of what {facts.name} returns could use it. {instead}"
    return Problem("TC012", f"a result of type {kind}", remedy, place=_DECORATOR)


def _malformed(template: KeyTemplate) -> Iterator[Problem]:
    for fault in template.faults:
        yield Problem("TC001", fault.message, fault.remedy, template.text, fault.span)


def _placeholders(template: KeyTemplate, facts: FunctionFacts) -> Iterator[Problem]:
    for part in template.placeholders:
        if not part.is_key_function:
            yield from _placeholder(part, facts, template.text)


def _key_function_to_invalidate(template: KeyTemplate) -> Iterator[Problem]:
    for part in template.placeholders:
        if part.is_key_function:
            what = "'{...}' of an invalidating function"
            remedy = (
                "Call the handle of the function that reads the value, as in get_user.invalidate(user_id)."
            )
            yield Problem("TC001", what, remedy, template.text, part.span)


def _placeholder(part: Placeholder, facts: FunctionFacts, text: str) -> Iterator[Problem]:
    parameter = facts.parameter(part.parameter)
    if parameter is None:
        what = f"unknown parameter {part.parameter!r}"
        yield Problem("TC002", what, offered_parameters(part.parameter, facts), text, part.span_of(0))
        return
    if part.path == (facts.receiver,):
        remedy = f"Name what tells one {facts.receiver!r} from another{example_of(parameter)}."
        yield Problem("TC008", f"{facts.receiver!r} itself", remedy, text, part.span)
        return
    view = parameter.annotation
    for index, name in enumerate(part.attributes, start=1):
        found = view.attribute(name)
        if isinstance(found, Unknown):
            return
        if isinstance(found, Missing):
            what = f"unknown attribute {name!r} of '{'.'.join(part.path[:index])}'"
            yield Problem("TC003", what, offered_attributes(name, found), text, part.span_of(index))
            return
        view = found
    stability = view.stability()
    if isinstance(stability, Unstable):
        what = f"'{'.'.join(part.path)}', which has no stable text,"
        yield Problem("TC007", what, f"{stability.reason}. {RULES['TC007'].remedy}", text, part.span)


def _ignore(facts: FunctionFacts, template: KeyTemplate, ignore: Collection[str]) -> Iterator[Problem]:
    if isinstance(ignore, str):
        remedy = f"A string is taken apart into letters. Write ignore={as_tuple([ignore])}."
        yield Problem("TC010", f"ignore={ignore!r} is a string", remedy)
        return
    used = {part.parameter: part for part in template.placeholders}
    for name in ignore:
        if facts.parameter(name) is None:
            yield Problem(
                "TC010", f"ignore= names the unknown parameter {name!r}", offered_parameters(name, facts)
            )
        elif name in used and name != facts.receiver:
            remedy = f"The key tells calls apart by {name!r}. Take it out of the key or out of ignore=."
            yield Problem(
                "TC010", f"ignore= names {name!r}, which stands", remedy, template.text, used[name].span
            )


def _without_key(facts: FunctionFacts, ignore: Collection[str], *, invalidate: bool) -> Iterator[Problem]:
    names = _free_parameters(facts, (), ignore)
    if invalidate:
        remedy = (
            f"Without key= it drops the entry {facts.qualname!r}, which no other function builds. "
            "Give it the key of the function that reads the value."
        )
        yield Problem("TC006", "no key= to invalidate", remedy, place=_DECORATOR)
    elif names:
        example = facts.name + "".join(f"_{{{name}}}" for name in names)
        remedy = (
            f"Every call would share one entry, whatever {listed(names)} may be. "
            f'Write key="{example}", or ignore={as_tuple(names)} where that is meant.'
        )
        yield Problem("TC006", "no key= for a function with parameters", remedy, place=_DECORATOR)


def _left_out(facts: FunctionFacts, template: KeyTemplate, ignore: Collection[str]) -> Iterator[Problem]:
    for name in _free_parameters(facts, [part.parameter for part in template.placeholders], ignore):
        remedy = (
            f"Calls that differ in {name!r} would share an entry. "
            f"Put '{{{name}}}' into the key, or say ignore={as_tuple([name])} where that is meant."
        )
        yield Problem("TC004", f"parameter {name!r} left out", remedy, template.text)


def _free_parameters(facts: FunctionFacts, used: Collection[str], ignore: Collection[str]) -> list[str]:
    """The parameters that neither the key nor `ignore=` accounts for."""
    spoken_for = {facts.receiver, *used, *ignore}
    return [parameter.name for parameter in facts.parameters if parameter.name not in spoken_for]


def _state(facts: FunctionFacts, template: KeyTemplate, ignore: Collection[str]) -> Iterator[Problem]:
    used = {".".join(part.path) for part in template.placeholders}
    receiver_ignored = facts.receiver is not None and (
        facts.receiver in ignore or _is_misspelled(facts.receiver, facts, template)
    )
    for read in facts.reads:
        of_receiver = read.text.partition(".")[0] == facts.receiver
        if _is_named(read.text, used) or read.text in ignore or (of_receiver and receiver_ignored):
            continue
        placed = f"Put '{{{read.text}}}' into the key" if read.nameable else "Pass its value as a parameter"
        # ignore= names parameters, so of the state it can only speak of the receiver's.
        meant = (
            f", or say ignore={as_tuple([read.text.partition('.')[0]])} where that is meant"
            if of_receiver
            else ""
        )
        remedy = f"{facts.name} reads it, and calls that differ in it would share an entry. {placed}{meant}."
        yield Problem("TC005", f"state {read.text!r} left out", remedy, template.text, line=read.line)


def _is_misspelled(parameter: str, facts: FunctionFacts, template: KeyTemplate) -> bool:
    """Whether a path of a parameter leads nowhere: behind a typo may stand any of its attributes."""
    return any(
        problem.code == "TC003"
        for part in template.placeholders
        if part.parameter == parameter
        for problem in _placeholder(part, facts, template.text)
    )


def _is_named(text: str, used: Collection[str]) -> bool:
    """Whether a placeholder names the state, or what the state is an attribute of."""
    return any(text == named or text.startswith(f"{named}.") for named in used)
