"""This is where a problem is written down for its reader: what, where, the remedy."""

import unicodedata
from typing import Final, NamedTuple, final

from typed_cache.template._facts import FunctionFacts
from typed_cache.template._grammar import Span

__all__ = ["Problem", "columns", "excerpt", "headline", "printable", "render", "sentence", "shown_path"]

_INDENT: Final = "    "


@final
class Problem(NamedTuple):
    """A broken rule; `render` makes its text.

    `what` continues the sentence "TC002 ... in the key of app.users.get_user"; `template` is the text
    that the carets point into, None where the problem lies in no text.
    """

    code: str
    what: str
    remedy: str
    template: str | None = None
    span: Span | None = None
    line: int | None = None
    """Where the problem lies in the function's body, if it does; else the function's line is shown."""

    place: str = "in the key of"


def render(problem: Problem, facts: FunctionFacts) -> str:
    """Return the text of a problem: header, file and line, template with carets, remedy.

    >>> facts = FunctionFacts("app.users", "get_user", "app/users.py", 14)
    >>> problem = Problem("TC002", "unknown parameter 'id'", "Did you mean 'user_id'?", "{id}", (1, 3))
    >>> print(render(problem, facts))
    TC002 unknown parameter 'id' in the key of app.users.get_user
      app/users.py:14
        "{id}"
          ^^
      Did you mean 'user_id'?
    """
    where = f"{shown_path(facts.file)}:{problem.line or facts.line}"
    shown = [_INDENT + line for line in excerpt(problem)]
    return "\n".join([headline(problem, facts), f"  {where}", *shown, f"  {problem.remedy}"])


def headline(problem: Problem, facts: FunctionFacts) -> str:
    """Return the first line of a problem's text.

    >>> headline(Problem("TC006", "no key=", ""), FunctionFacts("app", "get", "app.py", 1))
    'TC006 no key= in the key of app.get'
    """
    return f"{problem.code} {problem.what} {problem.place} {facts.dotted}"


def excerpt(problem: Problem) -> list[str]:
    """Return the template in quotes and, below it, carets under the place; empty where there is no template.

    >>> excerpt(Problem("TC002", "unknown parameter 'id'", "", "{id}", (1, 3)))
    ['"{id}"', '  ^^']
    """
    if problem.template is None:
        return []
    shown = [_shown(char) for char in problem.template]
    lines = [f'"{"".join(shown)}"']
    if problem.span is not None:
        start, end = problem.span
        before = columns("".join(shown[:start])) + 1
        under = columns("".join(shown[start:end]))
        lines.append(" " * before + "^" * max(under, 1))
    return lines


def sentence(problem: Problem, facts: FunctionFacts) -> str:
    """Return the text of a problem in one line, for those who show the place themselves.

    >>> facts = FunctionFacts("app.users", "get_user", "app/users.py", 14)
    >>> sentence(Problem("TC002", "unknown parameter 'id'", "Did you mean 'user_id'?", "{id}", (1, 3)), facts)
    "TC002 unknown parameter 'id' in the key of app.users.get_user: Did you mean 'user_id'?"
    """
    return f"{problem.code} {problem.what} {problem.place} {facts.dotted}: {problem.remedy}"


def shown_path(file: str) -> str:
    """Return `file` relative to the working directory where it lies below that."""
    from pathlib import Path  # noqa: PLC0415  # few functions have problems

    try:
        return str(Path(file).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return file


def printable(text: str) -> str:
    r"""Return text with what a terminal would act on, or has no sign for, escaped as Python writes it.

    >>> print(printable("user\n\x1b[31m{id}"))
    user\n\x1b[31m{id}
    """
    return text if text.isprintable() else "".join(map(_escaped, text))


def columns(text: str) -> int:
    """Return how many columns a terminal gives to text.

    >>> columns("key"), columns("鍵")
    (3, 2)
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def _shown(char: str) -> str:
    return "\\" + char if char in '"\\' else _escaped(char)


def _escaped(char: str) -> str:
    return char if char.isprintable() else repr(char)[1:-1]
