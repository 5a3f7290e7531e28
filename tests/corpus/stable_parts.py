"""Values that have no stable text because something in them has none."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import InitVar, dataclass, field
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from typed_cache import Cache

T = TypeVar("T")


class Opaque:
    def __init__(self, address: int) -> None:
        self.address = address


@dataclass
class Holder:
    id: int
    ref: Opaque


@dataclass
class Child(Holder):
    name: str = ""


@dataclass
class Outer:
    holders: list[Holder]


@dataclass
class Guarded:
    id: int
    lock: threading.Lock = field(default_factory=threading.Lock)


class Pair(NamedTuple):
    left: int
    ref: Opaque


@dataclass
class Keyed:
    ref: Opaque

    def __cache_key__(self) -> str:
        return str(self.ref.address)


@dataclass
class Above:
    ref: Opaque


class KeyedBelow(Above):
    def __cache_key__(self) -> str:
        return "below"


@dataclass
class Deeper(Generic[T]):
    value: T
    deeper: "Deeper[list[T]] | None" = None


@dataclass(frozen=True)
class Node:
    value: int
    next: "Node | None" = None
    below: "tuple[Node, ...]" = ()


@dataclass(frozen=True)
class Query:
    text: str
    hook: Callable[[], None] | None = None
    limits: Sequence[int] = ()


@dataclass
class Beside:
    id: int
    shared: ClassVar[Opaque] = Opaque(1)
    given: InitVar[Opaque | None] = None

    def __post_init__(self, given: Opaque | None) -> None:
        del given


@Cache(key="part_sequence_{value}")  # !TC007
def sequence(value: Sequence[Opaque]) -> int:
    return 1


@Cache(key="part_mapping_{value}")  # !TC007
def mapping(value: Mapping[str, Opaque]) -> int:
    return 1


@Cache(key="part_set_{value}")  # !TC007
def abstract_set(value: AbstractSet[Opaque]) -> int:
    return 1


@Cache(key="part_counter_{value}")  # !TC007
def counter(value: Counter[Opaque]) -> int:
    return 1


@Cache(key="part_nested_{value}")  # !TC007
def nested(value: dict[str, list[Opaque]]) -> int:
    return 1


@Cache(key="part_list_of_lists_{value}")  # !TC007
def list_of_lists(value: list[list[Opaque]] | None) -> int:
    return 1


@Cache(key="part_args_{value}")  # !TC007
def arguments(*value: list[Opaque]) -> int:
    return 1


@Cache(key="part_either_{value}")  # !TC007
def either_in_a_list(value: list[int | Opaque]) -> int:
    return 1


@Cache(key="part_holder_{value}")  # !TC007
def record(value: Holder) -> int:
    return 1


@Cache(key="part_child_{value}")  # !TC007
def inherited_field(value: Child | None) -> int:
    return 1


@Cache(key="part_outer_{value}")  # !TC007
def record_in_a_record(value: Outer) -> int:
    return 1


@Cache(key="part_holders_{value}")  # !TC007
def records_in_a_list(value: list[Holder]) -> int:
    return 1


@Cache(key="part_guarded_{value}")  # !TC007
def lock_in_a_record(value: Guarded) -> int:
    return 1


@Cache(key="part_pair_{value}")  # !TC007
def named_tuple(value: Pair) -> int:
    return 1


@Cache(key="part_attribute_{value.holders}")  # !TC007
def attribute_of_a_record(value: Outer) -> int:
    return 1


@Cache(key="part_iterable_{value}")
def right_iterable(value: Iterable[Opaque]) -> int:
    return 1


@Cache(key="part_stable_{value}_{other}")
def right_items(value: Sequence[Mapping[str, list[int]]], other: dict[str, Any]) -> int:
    return 1


@Cache(key="part_keyed_{value}")
def right_says_its_key(value: Keyed) -> int:
    return 1


@Cache(key="part_above_{value}")
def right_class_below_says_its_key(value: Above) -> int:
    return 1


@Cache(key="part_node_{value}_{nodes}")
def right_contains_itself(value: Node, nodes: list[Node]) -> int:
    return 1


@Cache(key="part_query_{value}")
def right_optional_field(value: Query) -> int:
    return 1


@Cache(key="part_beside_{value}")
def right_no_fields(value: Beside) -> int:
    return 1


@Cache(key="part_id_{value.id}_{value.ref.address}")
def right_attributes(value: Holder) -> int:
    return 1


@Cache(key="part_one_or_other_{value}")
def right_some_calls(value: Opaque | int) -> int:
    return 1


@Cache(key="part_deeper_{value}")
def right_contains_itself_with_other_arguments(value: Deeper[int]) -> int:
    return 1
