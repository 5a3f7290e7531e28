"""First parameters that are named as receivers, in a class and outside of one."""

from typing import Any, ClassVar

import pytest

from typed_cache import Cache, CacheClientRam, KeyTemplateWarning


@pytest.fixture
def ram() -> CacheClientRam[Any]:
    return CacheClientRam()


class Base:
    table: ClassVar[str] = "rows"


class Other(Base):
    table: ClassVar[str] = "others"


def test_a_class_given_to_a_function_is_an_argument(ram: CacheClientRam[Any]) -> None:
    """Outside of a class, what `cls` holds tells calls apart like any other argument."""

    @Cache(key="rows_{cls}_{number}", client=ram)
    def rows(cls: type[Base], number: int) -> str:
        return f"{cls.table}{number}"

    assert [rows(Base, 1), rows(Other, 1), rows(Base, 1)] == ["rows1", "others1", "rows1"]
    assert rows.key_for(Base, 1) != rows.key_for(Other, 1)
    rows.invalidate(Base, 1)
    assert (rows.peek(Base, 1), rows.peek(Other, 1)) == (None, "others1")


@pytest.mark.parametrize("name", ["self", "cls"])
def test_it_is_called_left_out(ram: CacheClientRam[Any], name: str) -> None:
    """A key without it would serve one value to all, and warns."""
    scope: dict[str, Any] = {}
    exec(f"def rows({name}, number): return {name}", scope)

    with pytest.warns(KeyTemplateWarning, match=f"TC004 parameter '{name}' left out"):
        Cache(key="rows_{number}", client=ram)(scope["rows"])
