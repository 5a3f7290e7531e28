"""These are the error codes that mypy knows the rules by.

All are part of `cache-template`: to ignore or disable it is to ignore or disable every one of them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mypy.errorcodes import ErrorCode

from typed_cache.template import RULES, TEMPLATE_SLUG

__all__ = ["ERROR_CODES"]

_CATEGORY: Final = "typed_cache"
_TEMPLATE: Final = ErrorCode(TEMPLATE_SLUG, "Check the templates of cache keys", _CATEGORY)

ERROR_CODES: Final[Mapping[str, ErrorCode]] = MappingProxyType(
    {
        rule.code: _TEMPLATE
        if rule.slug == TEMPLATE_SLUG
        else ErrorCode(rule.slug, rule.title, _CATEGORY, sub_code_of=_TEMPLATE)
        for rule in RULES.values()
    }
)
"""mypy's error code for each rule, by the rule's own code."""
