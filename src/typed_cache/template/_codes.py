"""This is the table of rules: a code, a name, a title, a remedy, and what happens at import."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, final

__all__ = ["RULES", "TEMPLATE_SLUG", "Rule"]

TEMPLATE_SLUG: Final = "cache-template"
"""The error code that all others are part of: to ignore it is to ignore them all."""


@final
class Rule(NamedTuple):
    """One rule that a template is held against.

    `at_import` says what a decorator does about it: raise an error, or warn and go on.

    >>> [rule.code for rule in RULES.values() if rule.at_import == "warning"]
    ['TC004', 'TC005', 'TC006', 'TC009']
    """

    code: str
    name: str
    title: str
    remedy: str
    at_import: Literal["error", "warning"]

    @property
    def slug(self) -> str:
        """The error code in mypy; those of the template itself share one.

        >>> RULES["TC002"].slug, RULES["TC004"].slug
        ('cache-template', 'cache-left-out-parameter')
        """
        return TEMPLATE_SLUG if self.code in {"TC001", "TC002", "TC003"} else f"cache-{self.name}"


_ALL: Final = (
    Rule(
        "TC001",
        "malformed-template",
        "The text is no key template.",
        "Write names and attribute paths in braces, as in 'user_{user.id}', literal braces as '{{' and '}}'.",
        "error",
    ),
    Rule(
        "TC002",
        "unknown-parameter",
        "A placeholder names no parameter of the function.",
        "Name one of the function's parameters.",
        "error",
    ),
    Rule(
        "TC003",
        "unknown-attribute",
        "A placeholder reads an attribute that the parameter's type does not have.",
        "Name an attribute of the type.",
        "error",
    ),
    Rule(
        "TC004",
        "left-out-parameter",
        "A parameter is neither in the key nor ignored, so different calls share an entry.",
        "Put the parameter into the key, or name it in ignore=.",
        "warning",
    ),
    Rule(
        "TC005",
        "left-out-state",
        "The function reads state that the key leaves out, so different states share an entry.",
        "Put the state into the key, or pass it as a parameter. ignore=(\"self\",) says of what 'self' holds "
        "that it is meant.",
        "warning",
    ),
    Rule(
        "TC006",
        "no-key",
        "key=None on a function with parameters: all calls share one entry.",
        "Give a key that names the parameters, or name them in ignore=.",
        "warning",
    ),
    Rule(
        "TC007",
        "no-stable-text",
        "A value has no text that is the same in every process.",
        "Put an attribute that has one into the key, or give the class a __cache_key__(self) -> str.",
        "error",
    ),
    Rule(
        "TC008",
        "receiver-as-key",
        "'self' or 'cls' itself stands in the key.",
        "Put the attribute that tells instances apart into the key, as in '{self.tenant_id}'.",
        "error",
    ),
    Rule(
        "TC009",
        "shared-key",
        "Two caching functions can build the same key and return different types.",
        "Begin each key with a word of its own.",
        "warning",
    ),
    Rule(
        "TC010",
        "wrong-ignore",
        "ignore= names no parameter, or one that the key uses.",
        "Take the name out of ignore=.",
        "error",
    ),
    Rule(
        "TC011",
        "wrong-expire",
        "expire= is a time to live that no backend can keep.",
        "Give None or a timedelta with 0 < expire <= 10 years.",
        "error",
    ),
    Rule(
        "TC012",
        "generator",
        "A generator can be run through once, so it cannot be cached.",
        "Return a list or a tuple.",
        "error",
    ),
)

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.code: rule for rule in _ALL})
"""Every rule by its code.

>>> RULES["TC002"].name
'unknown-parameter'
"""
