"""Which attributes a class in the source has, for what its kind brings along, and which are offered."""

import pytest

from .conftest import Run, Write

HEAD = """\
import dataclasses as dc
import enum
import foreign
import pydantic
from collections import namedtuple
from typing import ClassVar, Generic, NamedTuple, Self, TypeVar
from collections.abc import Callable

T = TypeVar("T")
Pair = namedtuple("Pair", ["left", "right"])
Computed = namedtuple("Computed", fields())
Renamed = namedtuple("Renamed", "a b", rename=True)
Typed = NamedTuple("Typed", [("pair", Pair)])
class OfPair(namedtuple("Base", "left, right")):
    other = 1

class Meta(type):
    made = 1
class MakingMeta(type):
    def __new__(cls, *args): ...
class WithMeta(metaclass=Meta):
    name: str
class WithMaking(metaclass=MakingMeta):
    name: str
class WithForeign(metaclass=foreign.Meta):
    name: str

class Model(pydantic.BaseModel):
    id: int
class Kind(enum.Enum):
    ONE = 1

class Node(Generic[T]):
    value: T
    def __init__(self, key: str) -> None:
        self.key = key
    @property
    def root(self) -> Self: ...
class Leaf(Node[Pair]):
    weight = 1.0

class Store:
    name: ClassVar[str] = "x"
    def __init__(self, number: int) -> None:
        self.number = number
    @property
    def label(self) -> str: ...
    def load(self) -> str: ...

@dc.dataclass
class Seeded:
    seed: dc.InitVar[int]
    kept: dc.InitVar[int]
    given: dc.InitVar[int] = 1
    def __post_init__(self, seed, kept):
        self.kept = kept

class Column:
    def __get__(self, instance, owner): ...
class Row:
    id: Column
    other: Column = Column()
"""


@pytest.mark.parametrize(
    ("kind", "path", "code"),
    [
        ("Pair", "x", "TC003"),
        ("Typed", "pair.x", "TC003"),
        ("OfPair", "x", "TC003"),
        ("WithMeta", "nmae", "TC003"),
        ("WithMeta", "made", "TC003"),
        ("Model", "modle_fields", "TC003"),
        ("Kind", "nmae", "TC003"),
        ("Leaf", "root.wieght", "TC003"),
        ("Node[Pair]", "value.x", "TC003"),
        ("Seeded", "seed", "TC003"),
        ("Store", "load", "TC007"),
        ("type[Store]", "nmae", "TC003"),
        ("type[Store]", "load", "TC007"),
        ("type[Store | WithMeta]", "nmae", "TC003"),
        ("type[Kind]", "TWO", "TC003"),
        ("type[WithMeta]", "mdae", "TC003"),
        *(
            (kind, path, "")
            for kind, path in (
                *(
                    ("Pair", "left"),
                    ("Pair", "_fields"),
                    ("Computed", "x"),
                    ("Renamed", "x"),
                    ("Typed", "pair.left"),
                ),
                *(("OfPair", "left"), ("OfPair", "other"), ("WithMaking", "x"), ("WithForeign", "x")),
                *(("Model", "model_extra"), ("Model", "__pydantic_extra__"), ("Kind", "_value_")),
                *(
                    ("Leaf", "root.weight"),
                    ("Leaf", "root.key"),
                    ("Node", "value.x"),
                    ("Node[Pair]", "value.left"),
                ),
                *(("Seeded", "kept"), ("Seeded", "given"), ("Row", "id.x"), ("Row", "other.x")),
                *(("type[Store]", "name"), ("type[Store]", "__name__"), ("type[Store]", "label.x")),
                *(("type[Store]", "number"), ("type[Kind]", "ONE"), ("type[WithMeta]", "made")),
                *(
                    ("type[WithMaking]", "x"),
                    ("type[WithForeign]", "x"),
                    ("type[foreign.Thing]", "x"),
                    ("type", "x"),
                ),
                *(("Callable[[], int]", "__name__"), ("object", "x")),
            )
        ),
    ],
)
def test_path(kind: str, path: str, code: str, write: Write, run: Run) -> None:
    """What a class certainly lacks is refused, and what its kind or its metaclass may bring is not."""
    write("a.py", f"{HEAD}\n@Cache(key='{{a.{path}}}')\ndef get(a: {kind}) -> int: ...\n")

    assert "".join(run("check", "a.py").codes) == code


@pytest.mark.parametrize(
    ("path", "offer"),
    [
        ("nmae", "Repo has 'label', 'name'. Did you mean 'name'?"),
        ("_nmae", "Repo has '_name', 'label', 'name'. Did you mean '_name'?"),
        ("gte", "Repo has 'label', 'name'."),
    ],
)
def test_offer(path: str, offer: str, write: Write, run: Run) -> None:
    """Each name is offered once, private ones to who wrote one, and never what is cached."""
    write(
        "a.py",
        f"""\
class Base:
    def __init__(self, name: str) -> None:
        self._name = name
        self.name = name
class Repo(Base):
    def __init__(self, name: str) -> None:
        self.name = name
    @property
    def label(self) -> str: ...
    @property
    @Cache(key="{{self.{path}}}")
    def get(self) -> int: ...
    @Cache(key="others")
    def gets(self) -> int: ...
""",
    )

    assert offer in run("check", "a.py").out.splitlines()[3]


@pytest.mark.parametrize(
    ("signature", "code"),
    [
        ("@classmethod\n    def get(cls)", "TC003"),
        ("@classmethod\n    def get(self)", "TC003"),
        ("def get(cls)", ""),
        ("def get(cls: 'Undefined')", ""),
    ],
)
def test_receiver_of_a_class_method(signature: str, code: str, write: Write, run: Run) -> None:
    """The first parameter is the class where `classmethod` says so; what `cls` is elsewhere is not known."""
    name = "self" if "self" in signature else "cls"
    write("a.py", f"class Repo:\n    @Cache(key='{{{name}.tabel}}')\n    {signature}: ...\n")

    assert "".join(run("check", "a.py").codes) == code
