"""Whether a type has a stable text with all that is in it."""

import abc
import collections
import collections.abc as cabc
import dataclasses
import threading
import types
import typing
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

import attrs
import msgspec
import pydantic
import pytest
import typing_extensions

from typed_cache.template import STABLE, UNKNOWN, Unstable, key_text
from typed_cache.template._annotations import view_of

T = TypeVar("T")


class Opaque:
    def __init__(self) -> None:
        self.address = 1


@dataclasses.dataclass
class Holder:
    id: int
    ref: Opaque


@dataclasses.dataclass
class Child(Holder):
    name: str = ""


@dataclasses.dataclass
class Outer:
    holders: list[Holder]


@dataclasses.dataclass
class Guarded:
    lock: threading.Lock = dataclasses.field(default_factory=threading.Lock)


@dataclasses.dataclass
class Boxed(Generic[T]):
    value: T


class Pair(NamedTuple):
    left: int
    ref: Opaque


@attrs.define
class Org:
    ref: Opaque


class Order(msgspec.Struct):
    ref: Opaque


class Model(pydantic.BaseModel, arbitrary_types_allowed=True):
    ref: Opaque


@dataclasses.dataclass
class Node:
    value: int
    next: "Node | None" = None
    below: "list[Node]" = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Unresolved:
    ref: "NotYetDefined"  # type: ignore[name-defined]  # noqa: F821


@dataclasses.dataclass
class Optional:
    """Has a text wherever the callback is None."""

    id: int
    callback: cabc.Callable[[int], None] | None = None
    either: Opaque | int = 0


@dataclasses.dataclass
class Beside:
    """What is no field is not in the text."""

    id: int
    shared: ClassVar[Opaque] = Opaque()
    given: dataclasses.InitVar[Opaque | None] = None

    def __post_init__(self, given: Opaque | None) -> None:
        del given


@dataclasses.dataclass
class Keyed:
    ref: Opaque

    def __cache_key__(self) -> str:
        return "keyed"


@dataclasses.dataclass
class Above:
    ref: Opaque


class KeyedBelow(Above):
    def __cache_key__(self) -> str:
        return "below"


@dataclasses.dataclass
class Abstract(abc.ABC):
    ref: Opaque


class Recursive:
    """Behaves as what `type Nested = dict[str, Nested] | list[Opaque]` makes on newer Pythons."""

    __type_params__ = ()

    @property
    def __value__(self) -> object:
        return typing.Union[dict[str, self], list[Opaque]]  # type: ignore[valid-type]  # noqa: UP007

    def __call__(self) -> None:
        """Pass for a type."""


NESTED: Any = Recursive()
Rows = typing_extensions.TypeAliasType("Rows", list[T], type_params=(T,))


@pytest.mark.parametrize(
    "annotation",
    [
        list[list[Opaque]],
        dict[str, list[Opaque]],
        dict[Opaque, int],
        tuple[int, Opaque],
        tuple[list[Opaque], ...],
        frozenset[Opaque],
        set[Opaque] | None,
        collections.OrderedDict[str, Opaque],
        collections.Counter[Opaque],
        cabc.Sequence[Opaque],
        cabc.MutableSequence[Opaque],
        cabc.Mapping[str, Opaque],
        cabc.Set[Opaque],
        typing.Sequence[Opaque],  # the older spelling is the point
        cabc.Sequence[cabc.Mapping[str, Opaque]],
        list[int | Opaque],
        list[Opaque | None],
        Rows[Opaque],
        NESTED,
    ],
)
def test_unstable_item(annotation: object) -> None:
    """An item with no stable text, however deep, spoils its container."""
    assert view_of(annotation).stability() == Unstable("Opaque has no stable text")


@pytest.mark.parametrize(
    "annotation",
    [
        list[Any],
        list[cabc.Sequence[int]],
        dict[str, "NotYetDefined"],  # type: ignore[name-defined]  # noqa: F821
        tuple[()],
        type[Opaque],
        list[type[Opaque]],
        Node,
        list[Node],
        Boxed[int],
        Boxed,
        Beside,
        Keyed,
        Unresolved,
        Optional,
    ],
)
def test_nothing_unstable_inside(annotation: object) -> None:
    """What may have a text, in one call or another, is not held against a type."""
    assert view_of(annotation).stability() is STABLE


@pytest.mark.parametrize(
    "annotation",
    [cabc.Iterable[Opaque], cabc.Sequence[int], cabc.Sequence[Any], Above, Abstract, int | Opaque],
)
def test_unknown_inside(annotation: object) -> None:
    """Neither is it where another class, or another member, may stand behind the annotation."""
    assert view_of(annotation).stability() is UNKNOWN


@pytest.mark.parametrize(
    ("annotation", "reason"),
    [
        (Holder, "Holder.ref: Opaque has no stable text"),
        (Holder | None, "Holder.ref: Opaque has no stable text"),
        (Child, "Child.ref: Opaque has no stable text"),
        (list[Holder], "Holder.ref: Opaque has no stable text"),
        (Outer, "Outer.holders: Holder.ref: Opaque has no stable text"),
        (Pair, "Pair.ref: Opaque has no stable text"),
        (Org, "Org.ref: Opaque has no stable text"),
        (Order, "Order.ref: Opaque has no stable text"),
        (Model, "Model.ref: Opaque has no stable text"),
        (Boxed[Opaque], "Boxed.value: Opaque has no stable text"),
        (Guarded, "Guarded.lock: lock has no stable text"),
    ],
)
def test_unstable_field(annotation: object, reason: str) -> None:
    """A field with no stable text spoils its record, and is named."""
    assert view_of(annotation).stability() == Unstable(reason)


@pytest.mark.parametrize(
    "value", [Node(1, Node(2)), Optional(1), Beside(1, given=Opaque()), Keyed(Opaque()), KeyedBelow(Opaque())]
)
def test_what_is_accepted_has_a_text(value: object) -> None:
    """The accepted records do get their keys."""
    assert key_text(value).startswith("@")


def test_records_that_know_each_other() -> None:
    """Many records that contain each other are judged in a moment: each is looked at once."""
    names = [f"Record{number}" for number in range(40)]
    module = types.ModuleType("records_of_test_inside")
    for name in names:
        record = dataclasses.make_dataclass(name, [(f"to_{other}", f"list[{other}]") for other in names])
        record.__module__ = module.__name__
        setattr(module, name, record)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(__import__("sys").modules, module.__name__, module)
        assert view_of(module.Record0).stability() is STABLE
