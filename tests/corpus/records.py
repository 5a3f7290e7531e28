"""Records, whose text is made of their fields: as stable as these are."""

from dataclasses import InitVar, dataclass
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
class Derived(Holder):
    name: str = ""


@dataclass
class Nested:
    holders: list[Holder]


class Pair(NamedTuple):
    left: int
    right: Opaque


@dataclass
class Circle:
    next: "Circle | None"
    ref: Opaque


@dataclass
class Box(Generic[T]):
    item: T


@dataclass
class Keyed:
    ref: Opaque

    def __cache_key__(self) -> str:
        return str(self.ref.address)


@dataclass
class Chain:
    next: "Chain | None"
    keyed: Keyed


@dataclass
class Settled:
    shared: ClassVar[Opaque] = Opaque(1)
    seed: InitVar[Opaque]
    anything: Any
    either: Opaque | int


@dataclass
class Open:
    ref: Opaque


@dataclass
class OpenBelow(Open):
    def __cache_key__(self) -> str:
        return str(self.ref.address)


@Cache(key="holder_{holder}")  # !TC007
def unstable_field(holder: Holder) -> int:
    return holder.id


@Cache(key="derived_{holder}")  # !TC007
def inherited_field(holder: Derived) -> int:
    return holder.id


@Cache(key="nested_{nested}")  # !TC007
def field_of_a_field(nested: Nested) -> int:
    return len(nested.holders)


@Cache(key="pair_{pair}")  # !TC007
def named_tuple(pair: Pair) -> int:
    return pair.left


@Cache(key="circle_{circle}")  # !TC007
def contains_itself(circle: Circle) -> int:
    return circle.ref.address


@Cache(key="box_{box}")  # !TC007
def generic(box: Box[Opaque]) -> int:
    return box.item.address


@Cache(key="holder_ref_{holder.ref}")  # !TC007
def field_in_the_key(holder: Holder) -> int:
    return holder.id


@Cache(key="holder_id_{holder.id}")
def right_field(holder: Holder) -> int:
    return holder.id


@Cache(key="right_{keyed}_{chain}_{settled}_{box}")
def right(keyed: Keyed, chain: Chain, settled: Settled, box: Box[int]) -> int:
    return box.item


@Cache(key="open_{held}")
def stable_below(held: Open) -> int:
    return held.ref.address
