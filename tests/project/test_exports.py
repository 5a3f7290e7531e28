"""The public names: listed, sorted, documented, each with an example."""

import inspect
import re
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

import typed_cache
import typed_cache.serializers
import typed_cache.testing

ROOT: Final = Path(__file__).parents[2]
REFERENCE: Final = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
CALLABLE: Final = [name for name in typed_cache.__all__ if callable(getattr(typed_cache, name))]
FOUND_IN_USE: Final = [
    name
    for name in CALLABLE
    if not (inspect.isclass(cls := getattr(typed_cache, name)) and issubclass(cls, Warning | Exception))
]
"""Names that one calls or implements; an exception is shown where it is raised."""


def test_public_names_are_sorted() -> None:
    """`__all__` reads like an index, without doubles."""
    assert list(typed_cache.__all__) == sorted(set(typed_cache.__all__))


def test_dir_lists_the_public_names() -> None:
    """Completion offers the names that are loaded late, too."""
    assert set(typed_cache.__all__) <= set(dir(typed_cache))


@pytest.mark.parametrize("name", typed_cache.__all__)
def test_public_name_is_in_the_reference(name: str) -> None:
    """docs/api.md documents every public name."""
    assert re.search(rf"^(\.\. auto\w+:: |\s*)(typed_cache\.)?{name}$", REFERENCE, re.MULTILINE)


def test_reference_names_only_what_exists() -> None:
    """The reference lists no name that has gone."""
    documented = re.findall(r"^\.\. auto\w+:: (?:typed_cache\.)?(\w+)$", REFERENCE, re.MULTILINE)

    assert set(documented) == set(typed_cache.__all__)


@pytest.mark.parametrize("module", [typed_cache.serializers, typed_cache.testing])
def test_names_of_a_public_module_are_in_the_reference(module: ModuleType) -> None:
    """docs/api.md documents what the two other public modules offer."""
    documented = re.findall(rf"^\.\. auto\w+:: {module.__name__}\.(\w+)$", REFERENCE, re.MULTILINE)

    assert sorted(documented) == sorted(module.__all__)


@pytest.mark.parametrize("name", CALLABLE)
def test_public_name_has_a_docstring(name: str) -> None:
    """Every public name says what it does, in its own words."""
    assert vars(getattr(typed_cache, name)).get("__doc__") or getattr(typed_cache, name).__doc__


@pytest.mark.parametrize("name", FOUND_IN_USE)
def test_public_name_shows_an_example(name: str) -> None:
    """Every public name shows its use in an example that the doctests run."""
    assert ">>>" in (getattr(typed_cache, name).__doc__ or "")


def test_unknown_name_is_an_attribute_error() -> None:
    """Late loading does not change what a typo gives."""
    with pytest.raises(AttributeError, match="CacheClientRum"):
        _ = typed_cache.CacheClientRum  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
