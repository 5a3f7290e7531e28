"""This is where caching functions of one module are held against each other.

What is known of them stands in the module's own symbols, so that it lives as long as the module does.
"""

from collections.abc import Iterator

from mypy.checker import TypeChecker

from typed_cache._mypy._function import Decorated
from typed_cache._mypy._told import Told
from typed_cache.template import Problem

__all__ = ["shared_key_problems"]


def shared_key_problems(told: Told, decorated: Decorated, checker: TypeChecker) -> Iterator[Problem]:
    del told, decorated, checker
    yield from ()
