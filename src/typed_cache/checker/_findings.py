"""This is where the uses of `Cache` are held against the rules, and problems become findings with a place."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from typing import Final, final

from typed_cache.checker._alike import begin_alike
from typed_cache.checker._facts import facts_of_use, read_once
from typed_cache.checker._noqa import silenced_at, silenced_codes
from typed_cache.checker._project import Module, Project
from typed_cache.checker._snapshot import snapshot
from typed_cache.checker._sources import Unreadable
from typed_cache.checker._uses import CacheCall, CacheUse, calls_in, uses_in
from typed_cache.checker._values import UNSAID
from typed_cache.checker._wrapping import keeps_signature
from typed_cache.errors import ExpireError
from typed_cache.expire import check_expire, written_expire
from typed_cache.template import (
    RULES,
    CollisionRegister,
    FunctionFacts,
    Problem,
    check,
    excerpt,
    expire_problem,
    generator_problem,
    headline,
    parse,
    read_once_problem,
)

__all__ = ["Caching", "Finding", "Part", "check_files", "keys_in", "shared_keys", "whole"]


@final
@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule at its place: the line and column, from 1, of the decorator that breaks it.

    >>> Finding("app.py", 3, 2, "TC006", "TC006 no key=", (), "Write one.").code
    'TC006'
    """

    path: str
    line: int
    column: int
    code: str
    headline: str
    excerpt: tuple[str, ...]
    remedy: str

    @property
    def message(self) -> str:
        """The headline without its code, and the remedy."""
        return f"{self.headline.removeprefix(self.code).strip()}. {self.remedy}"


@final
@dataclass(frozen=True, slots=True)
class Caching:
    """A caching function, as far as it matters to the keys of others."""

    facts: FunctionFacts
    key: str | None
    client: str
    module: str
    """Where the decorator stands, which `facts` say of the function."""

    column: int
    silenced: frozenset[str]

    @property
    def place(self) -> tuple[str, int, int]:
        """Of two that share a key, the one with the later place is at fault."""
        return self.module, self.facts.line, self.column


@final
@dataclass(frozen=True, slots=True)
class Part:
    """What was found out about some of the files."""

    findings: tuple[Finding, ...]
    cachings: tuple[Caching, ...]
    unreadable: tuple[Unreadable, ...]


def check_files(project: Project, files: Sequence[str]) -> Part:
    """Check some files of a project by the rules that look at one function at a time."""
    parts: list[Part] = []
    for module in project.modules(files):
        try:
            parts.append(_check_module(module, project))
        except RecursionError:
            parts.append(Part((), (), (Unreadable(module.path, "it is nested too deeply"),)))
    return Part(
        tuple(finding for part in parts for finding in part.findings),
        tuple(caching for part in parts for caching in part.cachings),
        tuple(dict.fromkeys([*project.unreadable, *(fault for part in parts for fault in part.unreadable)])),
    )


def _check_module(module: Module, project: Project) -> Part:
    findings: list[Finding] = []
    cachings: list[Caching] = []
    uses = list(uses_in(module, project))
    for use in uses:
        facts = facts_of_use(use, project)
        silenced = silenced_at(use)
        problems = list(_problems(use, facts, project))
        findings += (
            _finding(problem, facts, use.column, use.scope.module)
            for problem in problems
            if problem.code not in silenced
        )
        cachings += _caching(use, facts, problems, silenced)
    findings += _wrong_times(module, project, uses)
    return Part(tuple(findings), tuple(cachings), ())


def whole(parts: Sequence[Part]) -> Part:
    """Put the parts of a project together, and find the functions that can build the same key."""
    findings = [finding for part in parts for finding in part.findings]
    cachings = [caching for part in parts for caching in part.cachings]
    findings += _sharing(cachings)
    findings.sort(key=_in_text)
    unreadable = dict.fromkeys(fault for part in parts for fault in part.unreadable)
    return Part(tuple(findings), tuple(cachings), tuple(unreadable))


def shared_keys(
    project: Project, files: Sequence[str], *, between_modules: bool = False
) -> tuple[Finding, ...]:
    """Find the functions of some files that can build the same key, as `whole` does, and nothing else.

    What a function is like is found out only where its keys begin like those of another. Between modules,
    functions are held against those of other modules alone.
    """
    cachings: list[Caching] = []
    for use in begin_alike(list(_storing(project, files))):
        with suppress(RecursionError):
            facts = facts_of_use(use, project)
            cachings += _caching(use, facts, list(_problems(use, facts, project)), silenced_at(use))
    return tuple(sorted(_sharing(cachings, between_modules=between_modules), key=_in_text))


def keys_in(project: Project, file: str) -> Iterator[str]:
    """Yield the keys under which the functions of a file are stored, as far as the source tells them."""
    for use in _storing(project, [file]):
        if use.call.key is not UNSAID:
            yield use.qualname if use.call.key is None else use.call.key


def _storing(project: Project, files: Sequence[str]) -> Iterator[CacheUse]:
    for module in project.modules(files):
        with suppress(RecursionError):
            yield from (use for use in uses_in(module, project) if use.call.mode in _STORING)


def _sharing(cachings: Sequence[Caching], *, between_modules: bool = False) -> Iterator[Finding]:
    register = CollisionRegister()
    in_order = sorted(cachings, key=lambda caching: caching.place)
    for _, group in groupby(in_order, key=lambda caching: caching.module):
        of_module = list(group)
        for caching in of_module:
            problems = register.record(caching.facts, caching.key, caching.client)
            if problems and problems[0].code not in caching.silenced:
                yield _finding(problems[0], caching.facts, caching.column, None)
            if between_modules:  # with no type to return, it is at odds with none of its module
                register.record(replace(caching.facts, returns=""), caching.key, caching.client)
        for caching in of_module if between_modules else ():
            register.record(caching.facts, caching.key, caching.client)


def _in_text(finding: Finding) -> tuple[str, int, int, str]:
    return finding.path, finding.line, finding.column, finding.code


_STORING: Final = frozenset({"cache", "put"})
_OF_THE_TEXT: Final = frozenset({"TC001"})
_ASK_IGNORE: Final = frozenset({"TC004", "TC005", "TC006", "TC010"})


def _problems(use: CacheUse, facts: FunctionFacts, project: Project) -> Iterator[Problem]:
    call = use.call
    if facts.is_generator:
        yield generator_problem(facts, invalidate=call.mode == "invalidate")
    elif call.mode != "invalidate" and (kind := read_once(use, project)) is not None:
        yield read_once_problem(facts, kind)
    if call.key is UNSAID:
        return
    left_alone: Collection[str] = _ASK_IGNORE if call.ignore is UNSAID else ()
    if not all(keeps_signature(decorator, use.scope, project) for decorator in use.between):
        left_alone = RULES.keys() - _OF_THE_TEXT
    ignore = () if call.ignore is UNSAID else call.ignore
    # What may be an invalidating decorator is asked no more than one.
    for problem in check(facts, call.key, ignore=ignore, invalidate=call.mode not in {"cache", "put"}):
        if problem.code not in left_alone:
            yield problem


def _caching(
    use: CacheUse, facts: FunctionFacts, problems: Sequence[Problem], silenced: frozenset[str]
) -> Iterator[Caching]:
    call = use.call
    if call.mode not in _STORING or call.key is UNSAID or call.client is UNSAID:
        return
    if any(RULES[problem.code].at_import == "error" for problem in problems):
        return
    paths = [part.path for part in parse(call.key).placeholders] if call.key is not None else []
    parameters = tuple(
        parameter._replace(
            annotation=snapshot(
                parameter.annotation, [path[1:] for path in paths if path[0] == parameter.name]
            ),
        )
        for parameter in facts.parameters
    )
    yield Caching(
        replace(facts, parameters=parameters),
        call.key,
        call.client,
        use.module.name,
        use.column,
        silenced,
    )


def _wrong_times(module: Module, project: Project, uses: Sequence[CacheUse]) -> Iterator[Finding]:
    for call in calls_in(module, project):
        if call.expire is UNSAID:
            continue
        try:
            check_expire(call.expire)
        except ExpireError:
            yield from _wrong_time(call, uses)


def _wrong_time(call: CacheCall, uses: Sequence[CacheUse]) -> Iterator[Finding]:
    module, node = call.module, call.node
    own = next((use for use in uses if use.call.node is node and use.module is module), None)
    last = own.last_line if own is not None else node.end_lineno or node.lineno
    lines = module.lines[node.lineno - 1 : last]
    if own is not None:
        lines = [*lines, module.lines[own.function.lineno - 1]]
    if not any("TC011" in silenced_codes(line) for line in lines):
        problem = expire_problem(f"expire={_written(call.expire)}")
        facts = FunctionFacts(module.name, own.qualname if own is not None else "", module.path, node.lineno)
        if own is None:  # kept in a variable, for functions here and elsewhere
            facts = replace(facts, module="", qualname=module.name)
            problem = problem._replace(place="in a decorator of")
        yield _finding(problem, facts, node.col_offset + 1, module)


def _written(expire: object) -> str:
    if isinstance(expire, timedelta):
        return written_expire(expire)
    # An integer of thousands of digits has no text.
    return hex(expire) if isinstance(expire, int) and abs(expire) > _LONG else ascii(expire)


_LONG: Final = 10**12


def _finding(problem: Problem, facts: FunctionFacts, column: int, module: Module | None) -> Finding:
    shown = excerpt(problem)
    if problem.line is not None and module is not None and problem.line <= len(module.lines):
        shown = [*shown, f"line {problem.line}: {module.lines[problem.line - 1].strip()}"]
    return Finding(
        facts.file, facts.line, column, problem.code, headline(problem, facts), tuple(shown), problem.remedy
    )
