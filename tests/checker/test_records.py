"""What records of every kind are held to: each field that their text is made of has one itself."""

import pytest

from .conftest import Run, Write

HEAD = """\
import abc
import attr
import attrs
import dataclasses as dc
import enum
import foreign
import msgspec
import pydantic
from typing import ClassVar, Generic, NamedTuple, TypeVar

T = TypeVar("T")

class Opaque: ...

@attrs.define
class Attrs:
    ref: Opaque

@attr.s
class ByCall:
    ref: Opaque = attr.ib()

@attr.s
class NotByCall:
    ref: Opaque
    number = attr.ib()

class Struct(msgspec.Struct):
    ref: Opaque

class SubStruct(Struct):
    number: int

class Model(pydantic.BaseModel):
    number: int

class SubModel(Model):
    refs: dict[str, Opaque]

class PrivateModel(pydantic.BaseModel):
    _ref: Opaque
    model_config: ClassVar[Opaque]

@dc.dataclass
class Data:
    _: dc.KW_ONLY
    ref: Opaque

class PlainBelow(Data):
    other: Opaque

@dc.dataclass
class Replaced:
    ref: Opaque

@dc.dataclass
class Overridden(Replaced):
    ref: int

@dc.dataclass
class Foreign(foreign.Base):
    ref: Opaque

@dc.dataclass
class Abstract(abc.ABC):
    ref: Opaque

@dc.dataclass
class Number(int):
    ref: Opaque

@dc.dataclass
class Coordinates:
    ref: Opaque

class Member(Coordinates, enum.Enum):
    ONE = 1

@dc.dataclass
class First:
    second: "Second"

@dc.dataclass
class Second:
    first: First
    ref: Opaque

@dc.dataclass
class Box(Generic[T]):
    item: T

@dc.dataclass
class Boxes:
    box: Box[list[Opaque]]

class Column:
    def __get__(self, instance, owner): ...

@dc.dataclass
class Columns:
    number: Column

@dc.dataclass
class Base:
    ref: Opaque

@dc.dataclass
class Below(Base):
    def __cache_key__(self) -> str: ...
"""


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("Attrs", "Attrs.ref: Opaque"),
        ("ByCall", "ByCall.ref: Opaque"),
        ("Struct", "Struct.ref: Opaque"),
        ("SubStruct", "SubStruct.ref: Opaque"),
        ("SubModel", "SubModel.refs: Opaque"),
        ("Data", "Data.ref: Opaque"),
        ("PlainBelow", "PlainBelow.ref: Opaque"),
        ("list[Data]", "Data.ref: Opaque"),
        ("Data | None", "Data.ref: Opaque"),
        ("First", "First.second: Second.ref: Opaque"),
        ("Second", "Second.ref: Opaque"),
        ("Box[Opaque]", "Box.item: Opaque"),
        ("Boxes", "Boxes.box: Box.item: Opaque"),
        *(
            (kind, "")
            for kind in (
                *(
                    "NotByCall",
                    "Model",
                    "PrivateModel",
                    "Overridden",
                    "Replaced",
                    "Foreign",
                    "Abstract",
                    "Number",
                    "Member",
                ),
                *("Box[int]", "Box", "Columns", "Base", "Below", "Data | int"),
            )
        ),
    ],
)
def test_fields(kind: str, reason: str, write: Write, run: Run) -> None:
    """A record is refused for a field that its text needs, and the field is named."""
    write("a.py", f"{HEAD}\n@Cache(key='{{a}}')\ndef get(a: {kind}) -> int: ...\n")

    answer = run("check", "a.py")

    assert answer.codes == (["TC007"] if reason else [])
    assert f"{reason} has no stable text." in answer.out or not reason


def test_order_of_questions(write: Write, run: Run) -> None:
    """Records that contain each other get the same answers, whichever is asked for first."""
    one = "@Cache(key='first_{a}')\ndef first(a: First) -> int: ...\n"
    other = "@Cache(key='second_{a}')\ndef second(a: Second) -> int: ...\n"
    write("a.py", HEAD + one + other)
    write("b.py", HEAD + other + one)

    assert run("check", "a.py").codes == run("check", "b.py").codes == ["TC007", "TC007"]
