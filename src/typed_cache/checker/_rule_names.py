"""This is where a rule is found by what people call it: its code or its name, in any case."""

import difflib

from typed_cache.checker._commands import UsageError
from typed_cache.template import RULES, Rule

__all__ = ["rule_named"]


def rule_named(asked: str) -> Rule:
    """Return the rule of that code or name.

    Raises:
        UsageError: There is none.

    >>> rule_named("tc004") is rule_named("left-out-parameter")
    True
    """
    by_word = {**RULES, **{rule.name.upper(): rule for rule in RULES.values()}}
    rule = by_word.get(asked.upper())
    if rule is None:
        close = difflib.get_close_matches(asked.upper(), by_word, n=1)
        hint = f" Did you mean {by_word[close[0]].code}?" if close else ""
        raise UsageError(f"there is no rule {asked!r}.{hint} `typed-cache explain` lists them.")
    return rule
