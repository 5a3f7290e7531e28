"""Every example in a docstring runs."""

import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Final

import pytest

import typed_cache
from typed_cache import Cache, CacheClientFactory

FLAGS: Final = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MODULES: Final = sorted(module.name for module in pkgutil.walk_packages(typed_cache.__path__, "typed_cache."))


@pytest.fixture(autouse=True)
def own_factory() -> Iterator[None]:
    """Examples register clients; none is left behind."""
    Cache.set_cache_factory(CacheClientFactory())
    yield
    Cache.set_cache_factory(CacheClientFactory())


@pytest.mark.parametrize("name", ["typed_cache", *MODULES])
def test_examples_run(name: str) -> None:
    """The examples of one module print what they say they print."""
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=FLAGS)

    assert failed == 0
