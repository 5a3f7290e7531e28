"""The fingerprint changes with the meaning of the bytes, and with nothing else."""

import dataclasses
import os
import pickle
import subprocess
import sys
import typing
from collections.abc import Callable
from enum import Enum
from typing import (
    Annotated,
    Any,
    Final,
    ForwardRef,
    Generic,
    Literal,
    NamedTuple,
    NewType,
    Optional,
    TypedDict,
    TypeVar,
    Union,
)

import attrs
import msgspec
import pytest
from pydantic import BaseModel, create_model
from typing_extensions import TypeAliasType

from typed_cache.client import UNANNOTATED, ResultType, Serializer
from typed_cache.serializers import Compressed, JsonSerializer, MsgpackSerializer, Signed, SigningKeys
from typed_cache.serializers.fingerprint import describe, fingerprint, identify

T = TypeVar("T")


def dataclass_of(*fields: tuple[str, Any]) -> type:
    return dataclasses.make_dataclass("User", fields, namespace={"__module__": "app"})


def struct_of(*fields: Any, **config: Any) -> type:
    return msgspec.defstruct("User", fields, module="app", **config)


def attrs_of(*fields: tuple[str, Any]) -> type:
    made = attrs.make_class("User", {name: attrs.field(type=annotation) for name, annotation in fields})
    made.__module__ = "app"
    return made


def tuple_of(*fields: tuple[str, Any]) -> Any:
    make: Any = NamedTuple
    made = make("User", fields)
    made.__module__ = "app"
    return made


def dict_of(*fields: tuple[str, Any]) -> Any:
    make: Any = TypedDict
    made = make("User", dict(fields))
    made.__module__ = "app"
    return made


def model_of(*fields: tuple[str, Any]) -> Any:
    make: Any = create_model
    return make("User", __module__="app", **{name: (kind, ...) for name, kind in fields})


SHAPES = [dataclass_of, struct_of, attrs_of, tuple_of, dict_of, model_of]
ID, NAME = ("id", int), ("name", str)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "fields",
    [
        (ID,),
        (ID, NAME, ("age", int)),
        (NAME, ID),
        (ID, ("names", str)),
        (ID, ("name", bytes)),
        (ID, ("name", str | None)),
    ],
    ids=["removed", "added", "reordered", "renamed", "retyped", "widened"],
)
def test_changed_fields(shape: Callable[..., Any], fields: Any) -> None:
    """A field added, removed, renamed, reordered or retyped is another type, nested ones too."""
    assert describe(shape(*fields)) != describe(shape(ID, NAME))
    assert describe(dict[str, list[shape(*fields)]]) != describe(dict[str, list[shape(ID, NAME)]])


@pytest.mark.parametrize("shape", SHAPES)
def test_same_fields(shape: Callable[..., Any]) -> None:
    """The same class made again, as after a deploy, has the same description."""
    assert describe(shape(ID, NAME)) == describe(shape(ID, NAME))


@pytest.mark.parametrize(
    "changed",
    [
        struct_of(ID, array_like=True),
        struct_of(ID, tag="user"),
        struct_of(ID, rename="upper"),
        struct_of(("id", int, 1), omit_defaults=True),
    ],
)
def test_changed_layout_of_a_struct(changed: type) -> None:
    """What a Struct's configuration does to its bytes is part of its description."""
    assert describe(changed) != describe(struct_of(ID))


def test_default_that_is_not_written() -> None:
    """With `omit_defaults` the reader's default stands in for the writer's, so it has to be the same one."""
    one, two = (struct_of(("id", int, default), omit_defaults=True) for default in (1, 2))
    items = struct_of(("ids", list[int], msgspec.field(default_factory=list)), omit_defaults=True)

    assert describe(one) != describe(two)
    assert "list()" in describe(items)


def test_changed_enum() -> None:
    """A member with another value is another type."""
    one = Enum("Colour", {"RED": 1}, module="app")
    two = Enum("Colour", {"RED": 2}, module="app")
    of_tuples = Enum("Colour", {"RED": (1, "a")}, module="app")

    assert describe(one) != describe(two)
    assert describe(of_tuples) == "app.Colour{RED=(int:1,str:'a')}"


UserId = NewType("UserId", int)
NativeAliasType = getattr(typing, "TypeAliasType", TypeAliasType)
Alias = NativeAliasType("Alias", dict[str, int])
Nested: Any = TypeAliasType("Nested", "dict[str, Nested]")


class Flavour(Enum):
    SWEET = 1


@dataclasses.dataclass
class Box(Generic[T]):
    item: T
    limit: Final[int] = 1


@dataclasses.dataclass
class Tree(Generic[T]):
    leaf: T
    below: "list[Tree[T]]"


Tree.__annotations__["below"] = list[Tree[T]]


@dataclasses.dataclass
class Node:
    after: "Node | None"
    before: "Node | None"


Unresolved = dataclasses.make_dataclass("Unresolved", [("thing", "Nowhere")])

for _cls in (Box, Tree, Node, Unresolved):
    _cls.__module__ = "app"


@pytest.mark.parametrize(
    ("annotation", "text"),
    [
        (None, "None"),
        (Any, "Any"),
        (UNANNOTATED, "Any"),
        (dict[str, list[int]], "dict<str,list<int>>"),
        (Optional[int], "Union<int,None>"),  # noqa: UP045 - both spellings are one type
        (int | None, "Union<int,None>"),
        (Union[int, str], "Union<int,str>"),  # noqa: UP007 - both spellings are one type
        (Literal["a", 1, True], "Literal{str:'a',int:1,bool:True}"),
        (Literal["é"], "Literal{str:'\\xe9'}"),
        (Annotated[int, "metadata"], "int"),
        (UserId, "int"),
        (Alias, f"type {__name__}.Alias<dict<str,int>>"),
        (tuple[int, ...], "tuple<int,...>"),
        (Callable[[int], str], "collections.abc.Callable<[]<int>,str>"),
        (Box[int], "<app.Box{dataclass}<'item':T,'limit':int>,int>"),
        (Unresolved, "app.Unresolved{dataclass}<'thing':Nowhere>"),
        (complex, "complex"),
        (ForwardRef("Nowhere"), "Nowhere"),
        (Literal[Flavour.SWEET], f"Literal{{{__name__}.Flavour.SWEET}}"),
        (Alias | None, f"Union<type {__name__}.Alias<dict<str,int>>,None>"),
        (Tree[int], "<app.Tree{dataclass}<'leaf':T,'below':list<<^0,T>>>,int>"),
    ],
    ids=str,
)
def test_canonical_text(annotation: object, text: str) -> None:
    """The description is spelled by rule, so it is the same on every Python."""
    assert describe(annotation) == text


def test_recursive_types() -> None:
    """A type that holds itself is told once, then by its number."""
    Node.__annotations__ = {"after": Node | None, "before": Node | None}

    assert describe(Node) == "app.Node{dataclass}<'after':Union<^0,None>,'before':Union<^0,None>>"
    assert describe(Nested) == f"type {__name__}.Nested<dict[str, Nested]>"


def test_standard_library_moves() -> None:
    """A class that the standard library keeps elsewhere on another Python has one name."""

    class Path: ...

    Path.__module__, Path.__qualname__ = "pathlib._local", "Path"
    assert describe(Path) == "pathlib.Path"


def test_other_serializer_other_version() -> None:
    """The serializer, with all it wraps, and the decorator's version are part of the fingerprint."""
    keys = SigningKeys({"a": b"k" * 16}, active="a")
    stamps = {
        fingerprint(MsgpackSerializer(int), ResultType(int)),
        fingerprint(JsonSerializer(int), ResultType(int)),
        fingerprint(Compressed(JsonSerializer(int)), ResultType(int)),
        fingerprint(Signed(JsonSerializer(int), keys), ResultType(int)),
        fingerprint(MsgpackSerializer(int), ResultType(int, version="2")),
        fingerprint(MsgpackSerializer(int), ResultType(str)),
    }

    assert len(stamps) == 6
    assert all(len(stamp) == 8 for stamp in stamps)


def test_serializers_of_one_class() -> None:
    """Two whose bytes differ can say so; a class or a module in a serializer's place has its own name."""

    @dataclasses.dataclass
    class Shifted:
        by: int

        def dumps(self, value: int, /) -> bytes:
            return str(value + self.by).encode()

        def loads(self, data: bytes, /) -> int:
            return int(data) - self.by

        def __cache_key__(self) -> str:
            return str(self.by)

    class Digits:
        @staticmethod
        def dumps(value: int, /) -> bytes:
            return str(value).encode()

        @staticmethod
        def loads(data: bytes, /) -> int:
            return int(data)

    kinds: list[Serializer[Any]] = [Shifted(1), Shifted(2), Digits(), pickle]
    assert len({fingerprint(kind, ResultType(int)) for kind in kinds}) == 4
    assert identify(Digits) == identify(Digits())
    assert identify(Shifted(1)) == identify(Shifted(1))


def test_settings_that_change_no_bytes() -> None:
    """A threshold, a rotated key and the function's name are no part of it."""
    one = Signed(Compressed(JsonSerializer(int), above=1), SigningKeys({"a": b"k" * 16}, active="a"))
    two = Signed(Compressed(JsonSerializer(int), above=9), SigningKeys({"b": b"l" * 16}, active="b"))

    assert fingerprint(one, ResultType(int, "app.f")) == fingerprint(two, ResultType(int, "app.g"))
    assert identify(one) == (
        "typed_cache.serializers.signed.Signed(typed_cache.serializers.compressed.Compressed("
        "typed_cache.serializers.json.JsonSerializer))"
    )


PROGRAM = """
import dataclasses, enum
from typing import Any, Literal
from typed_cache.client import ResultType
from typed_cache.serializers import MsgpackSerializer
from typed_cache.serializers.fingerprint import fingerprint
Colour = enum.Enum("Colour", {"RED": 1}, module="app")
@dataclasses.dataclass
class User:
    name: str | None
    tags: set[Literal["a", "b"]]
    colour: Colour
    more: dict[str, Any]
print(fingerprint(MsgpackSerializer(), ResultType(list[User], version="3")).hex())
"""


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_same_in_every_process(seed: str) -> None:
    """Neither the seed of hashes nor anything else of a process changes the fingerprint."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.strip() == "460a40c35b9a76af"


def test_models_hold_models() -> None:
    """A pydantic model is described by its fields, down to the models in it."""

    class Inner(BaseModel):
        x: int

    class Outer(BaseModel):
        inner: Inner

    assert describe(Outer).endswith("{model}<'x':int>>")
