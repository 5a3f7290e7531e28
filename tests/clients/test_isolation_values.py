"""What a copy keeps of a value, and how values are copied that no type foresaw."""

from collections import OrderedDict, defaultdict, deque
from dataclasses import dataclass
from functools import cached_property
from typing import (
    Any,
)

import attrs
import pytest

from isolation_types import (
    Admin,
    FrozenStruct,
    Movie,
    Node,
    Pair,
    Plain,
    Row,
    Slotted,
    Struct,
    admin,
    copying,
)
from typed_cache.clients._isolation import copier_for


def test_fields_of_every_kind_are_copied() -> None:
    """Inherited fields, fields outside `__init__`, and no field at all: nothing of it is shared."""
    old = admin()
    old.__dict__["extra"] = [1]

    new = copying(Admin)(old)

    for name, value in vars(old).items():
        assert vars(new)[name] == value
        assert isinstance(value, str) or vars(new)[name] is not value


def test_no_init_runs() -> None:
    """A copy is made of what is there: nothing is checked, computed or counted again."""
    calls: list[str] = []

    @dataclass
    class Counted:
        items: list[int]

        def __post_init__(self) -> None:
            calls.append("init")

    old = Counted([1])
    copier_for(Counted)

    assert copying(Counted)(old) == old
    assert calls == ["init"]


def test_field_that_was_never_set_stays_unset() -> None:
    """A slot that is empty is empty in the copy."""
    old = Slotted([1])
    del old.items

    assert not hasattr(copying(Slotted)(old), "items")


def test_cached_property_is_not_shared() -> None:
    """What a `cached_property` left in an object is copied with it."""

    @dataclass
    class Sums:
        items: list[int]

        @cached_property
        def sums(self) -> list[int]:
            return [sum(self.items)]

    old = Sums([1, 2])
    old.sums.append(4)

    new = copying(Sums)(old)

    assert new.sums == [3, 4]
    assert new.sums is not old.sums


def test_dict_of_a_struct_is_kept() -> None:
    """What stands beside the fields of a Struct is copied with it."""
    old = FrozenStruct([1])
    old.__dict__["extra"] = [2]

    new = copying(FrozenStruct)(old)

    assert new.__dict__ == {"extra": [2]}
    assert new.__dict__["extra"] is not old.__dict__["extra"]


def test_what_a_container_is_made_with_is_kept() -> None:
    """The bound of a deque, the factory of a defaultdict."""
    assert copying(deque[list[int]])(deque([[1]], 3)).maxlen == 3
    assert copying(defaultdict[str, list[int]])(defaultdict(list)).default_factory is list


def test_keys_that_can_change_are_copied() -> None:
    """A key is a part of a value like any other."""

    @dataclass(eq=False)
    class Key:
        tags: list[str]

    old = {Key(["a"]): 1}

    (new,) = copying(dict[Key, int])(old)

    assert new.tags == ["a"]
    assert new not in old


def test_frozen_sets_of_what_can_change_are_copied() -> None:
    """A frozenset is shared only where its elements can be."""
    old = frozenset([Plain()])

    (new,) = copying(frozenset[Plain])(old)

    assert new not in old


def test_value_of_another_class_is_copied_deep() -> None:
    """A value that is not what the annotation says is not shared for that."""
    for annotation, value in [
        (list[int], {"a": [[1]]}),
        (tuple[int, list[int]], ([1], [2], [3])),
        (int | list[int], {"a": [1]}),
        (Movie, OrderedDict(cast=[1])),
        (dict[str, int], defaultdict(list, a=[1])),
        (Row, (1, [2])),
        (Struct, [1]),
    ]:
        copy = copying(annotation)(value)
        assert copy == value
        assert copy is not value


def test_unknown_keys_of_a_typed_dict_are_copied_deep() -> None:
    """A TypedDict may hold more than it declares."""
    old: Any = {"title": "Up", "extra": [1]}

    assert copying(Movie)(old)["extra"] is not old["extra"]


def test_cycles_are_kept() -> None:
    """A type that can hold itself may hold a cycle, and the copy has the same."""
    root = Node()
    root.children.append(Node(parent=root))

    new = copying(list[Node])([root])[0]

    assert new is not root
    assert new.children[0].parent is new


def test_alias_becomes_two() -> None:
    """In a type that cannot hold itself, one list in two places comes back as two."""
    inner = [1]

    new = copying(list[list[int]])([inner, inner])

    assert new == [[1], [1]]
    assert new[0] is not new[1]


def test_annotations_that_cannot_be_read_are_copied_deep() -> None:
    """A class of which a name is unknown is not shared for that."""

    @dataclass(frozen=True)
    class Lost:
        items: "Nowhere"  # type: ignore[name-defined]  # noqa: F821

    old = Lost([1])

    assert copying(Lost)(old).items is not old.items


def test_class_that_copies_itself_is_asked() -> None:
    """A dataclass with a `__deepcopy__` knows better."""

    @dataclass
    class Own:
        items: list[int]

        def __deepcopy__(self, memo: object) -> "Own":
            return Own([*self.items, 0])

    assert copying(Own)(Own([1])).items == [1, 0]


def test_dataclass_that_is_more_than_its_fields_is_copied_deep() -> None:
    """One that inherits from dict keeps its items."""

    @dataclass
    class Labelled(dict[str, list[int]]):
        label: str = ""

    old = Labelled("x")
    old["a"] = [1]

    new = copying(Labelled)(old)

    assert (new["a"], new.label) == ([1], "x")
    assert new["a"] is not old["a"]


def test_subclass_of_a_named_tuple_is_copied_deep() -> None:
    """It may have a `__dict__` with anything in it."""

    class More(Pair):
        pass

    old = More(1, "a")
    old.extra = [1]  # type: ignore[attr-defined]

    assert copying(More)(old).extra is not old.extra  # type: ignore[attr-defined]


def test_attrs_without_annotations_are_copied_deep() -> None:
    """A field that says nothing of its type may hold anything."""
    untyped: Any = attrs.make_class("untyped", ["items"])
    old = untyped([1])

    assert copying(untyped)(old).items is not old.items


def test_value_that_cannot_be_copied_raises() -> None:
    """A lock is nobody's to copy: the client that asked decides what becomes of it."""
    with pytest.raises(TypeError, match="generator"):
        copying(Plain)(n for n in [1])
