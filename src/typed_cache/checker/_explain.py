"""`typed-cache explain`: tell what a rule is about, with an example, and how to silence it."""

import argparse
import sys
from textwrap import fill, indent
from typing import Final

from typed_cache.checker._commands import CLEAN
from typed_cache.checker._examples import EXAMPLES
from typed_cache.checker._rule_names import rule_named
from typed_cache.template import RULES, Rule

__all__ = ["configure", "page_of", "run", "text_of"]

_WIDTH: Final = 100


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `explain`."""
    parser.description = "Tell what a rule is about, with an example, and how to silence it."
    parser.epilog = (
        "examples:\n  typed-cache explain            every rule in a line\n  typed-cache explain TC004"
    )
    parser.add_argument("code", nargs="?", metavar="CODE", help="a code or a name: TC004, left-out-parameter")
    parser.add_argument(
        "--format", choices=["text", "markdown"], default="text", help="markdown is the page in the docs"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the explanation to standard output."""
    if arguments.code is None:
        sys.stdout.write("".join(f"{rule.code} {rule.name:20} {rule.title}\n" for rule in RULES.values()))
    else:
        write = page_of if arguments.format == "markdown" else text_of
        sys.stdout.write(write(rule_named(arguments.code)))
    return CLEAN


def text_of(rule: Rule) -> str:
    """Return the explanation as text for a terminal.

    >>> print(text_of(RULES["TC002"]).splitlines()[0])
    TC002 unknown-parameter
    """
    example = EXAMPLES[rule.code]
    return "\n".join(
        [
            f"{rule.code} {rule.name}",
            "",
            fill(f"{rule.title} {example.why}", _WIDTH),
            "",
            "Wrong:",
            "",
            indent(example.wrong, "    "),
            "Right:",
            "",
            indent(example.right, "    "),
            fill(f"Remedy: {rule.remedy}", _WIDTH),
            fill(f"At import: {_at_import(rule)}", _WIDTH),
            "To silence:",
            _listed(_silencing(rule), "  -"),
            "",
        ]
    )


def page_of(rule: Rule) -> str:
    """Return the explanation as a page of the docs.

    >>> page_of(RULES["TC002"]).splitlines()[0]
    '# TC002 unknown-parameter'
    """
    example = EXAMPLES[rule.code]
    return "\n\n".join(
        [
            f"# {rule.code} {rule.name}",
            fill(f"{rule.title} {example.why}", _WIDTH),
            "Wrong:",
            f"```py\n{example.wrong}```",
            "Right:",
            f"```py\n{example.right}```",
            fill(rule.remedy, _WIDTH),
            fill(f"At import: {_at_import(rule)}", _WIDTH),
            f"To silence:\n\n{_listed(_silencing(rule), '-')}\n",
        ]
    )


def _at_import(rule: Rule) -> str:
    return "the decorator raises an error." if rule.at_import == "error" else "a KeyTemplateWarning."


def _silencing(rule: Rule) -> list[str]:
    return [
        f"`# noqa: {rule.code}` on the decorator, for the command",
        f"`# type: ignore[{rule.slug}]` on the decorator, for the mypy plugin",
        f'`ignore = ["{rule.code}"]` in [tool.typed-cache] of pyproject.toml, for the command everywhere',
        f"`disable_error_code = {rule.slug}` in mypy's configuration, for the plugin everywhere",
        *(["a filter for KeyTemplateWarning, at import"] if rule.at_import == "warning" else []),
    ]


def _listed(lines: list[str], mark: str) -> str:
    return "\n".join(f"{mark} {line}" for line in lines)
