"""What the rules see of a class object: `type[Store]`."""

import abc
import enum
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Protocol, TypeVar

import pydantic
import pytest

from typed_cache.template import UNKNOWN, Missing, Unstable
from typed_cache.template._annotations import view_of


class Labelled(type):
    @property
    def label(cls) -> str:
        return cls.__name__


class Registering(type):
    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> None:
        super().__init__(name, bases, body)
        cls.entry = name


class Store:
    table: ClassVar[str] = "rows"
    declared: ClassVar[int]
    size = 3
    owner: str

    @property
    def number(self) -> int:
        return 1

    @cached_property
    def digest(self) -> str:
        return ""

    @classmethod
    def build(cls) -> None:
        cls.built = True  # type: ignore[attr-defined]

    def method(self) -> None: ...


class Archive(Store):
    year: ClassVar[int] = 2020


class OfMeta(metaclass=Labelled): ...


class OfMaker(metaclass=Registering): ...


class Configured:
    def __init_subclass__(cls, **options: object) -> None:
        super().__init_subclass__()
        for name, value in options.items():
            setattr(cls, name, value)


class WithTable(Protocol):
    table: ClassVar[str]


class Reader(abc.ABC):  # noqa: B024  # what is asked is what an ABC is
    kind: ClassVar[str] = "reader"


class Color(enum.Enum):
    RED = 1


class Model(pydantic.BaseModel):
    id: int


@dataclass
class User:
    id: int
    name: str = ""


Bound = TypeVar("Bound", bound=Archive)


@pytest.mark.parametrize(
    ("annotation", "name"),
    [
        (type[Store], "tabel"),
        (type[Store] | None, "tabel"),
        (type[Archive | Store], "yaer"),
        (type[Bound], "yaer"),
        (type[OfMeta], "labl"),
        (type[WithTable], "tabel"),
        (type[Reader], "kidn"),
        (type[User], "ide"),
        (type[int], "ide"),
    ],
)
def test_missing(annotation: object, name: str) -> None:
    """A typo is caught where neither the class, nor its metaclass, nor a class below it has the name."""
    assert isinstance(view_of(annotation).attribute(name), Missing)


@pytest.mark.parametrize(
    ("annotation", "name"),
    [
        (type, "tabel"),
        (type[Any], "tabel"),
        (type[object], "tabel"),
        (type["NotYetDefined"], "tabel"),  # type: ignore[name-defined]  # noqa: F821
        (type[Store], "owner"),
        (type[Store], "built"),
        (type[Store], "year"),
        (type[OfMaker], "other"),
        (type[Configured], "option"),
        (type[Color], "GREEN"),
        (type[Model], "idd"),
        (type[User], "id"),
    ],
)
def test_unknown(annotation: object, name: str) -> None:
    """Where the class, or one below it, may have the attribute after all, nothing is said."""
    assert view_of(annotation).attribute(name) is UNKNOWN


@pytest.mark.parametrize(
    ("annotation", "name", "text"),
    [
        (type[Store], "table", "str"),
        (type[Archive], "table", "str"),
        (type[Store], "declared", "int"),
        (type[Store], "size", "Any"),
        (type[Store], "number", "Any"),
        (type[Store], "digest", "Any"),
        (type[Store], "__name__", "Any"),
        (type[OfMeta], "label", "Any"),
        (type[User], "name", "str"),
    ],
)
def test_attribute(annotation: object, name: str, text: str) -> None:
    """An attribute has the type that the class gives it; a property of instances may be anything here."""
    found = view_of(annotation).attribute(name)
    assert not isinstance(found, Missing)
    assert found is not UNKNOWN
    assert found.text == text


@pytest.mark.parametrize("name", ["build", "method"])
def test_methods(name: str) -> None:
    """A method is code, looked up on the class as well."""
    found = view_of(type[Store]).attribute(name)
    assert not isinstance(found, Missing)
    assert found is not UNKNOWN
    assert isinstance(found.stability(), Unstable)


def test_candidates() -> None:
    """The candidates are what the class itself has: no methods, nothing of its instances."""
    assert view_of(type[Archive]).attribute("yaer") == Missing("type[Archive]", ("size", "table", "year"))
