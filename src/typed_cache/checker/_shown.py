"""This is whether a class in the source shows all its attributes, and which of them could stand in a key."""

import ast
import enum
from collections.abc import Iterable, Iterator
from typing import Final

from typed_cache.checker._classes import SETTERS, ClassSource
from typed_cache.template import UNKNOWN, Missing, view_of

__all__ = ["class_names_to_offer", "class_shows_all", "comes_unseen", "names_to_offer", "shows_all"]

_COMPUTING: Final = frozenset({"__getattr__", "__getattribute__"})
_SILENT: Final[frozenset[type]] = frozenset({enum.Enum})


def shows_all(source: ClassSource) -> bool:
    """Whether instances can have no other attributes than those that the source shows."""
    own = [cls for cls in source.mro if isinstance(cls, ClassSource)]
    live = [cls for cls in source.mro if isinstance(cls, type) and cls not in _SILENT]
    return (
        source.is_all_seen
        and not any(cls.members.keys() & _COMPUTING or cls.calls(*SETTERS) for cls in own)
        and not any(_adds_freely(cls) for cls in own)
        and not any(view_of(cls).attribute("_") is UNKNOWN for cls in live)
    )


def class_shows_all(source: ClassSource) -> bool:
    """The same of the class itself, whose attributes no instance's `__getattr__` computes."""
    own = [cls for cls in source.mro if isinstance(cls, ClassSource)]
    return source.is_all_seen and not any(cls.calls(*SETTERS) for cls in own)


def comes_unseen(name: str, source: ClassSource) -> bool:
    """Whether Python or a library gives classes of this kind an attribute of such a name."""
    if name.startswith("__") and name.endswith("__"):
        return True
    if name.startswith("model_"):
        return source.inherits("pydantic.BaseModel")
    is_named = enum.Enum in source.mro or source.inherits("typing.NamedTuple")
    return is_named and name.startswith("_")


def names_to_offer(source: ClassSource, *, private: bool) -> tuple[str, ...]:
    """The attributes that could stand in a key; `private` ones too, for who wrote such a name."""
    return _offered(_readable_names(source), private=private)


def class_names_to_offer(source: ClassSource, *, private: bool) -> tuple[str, ...]:
    """Those of the class itself: nothing that only instances have."""
    own = [cls for cls in source.mro if isinstance(cls, ClassSource)]
    names = (name for cls in own for name, member in cls.members.items() if member.in_body)
    return _offered(names, private=private)


def _offered(names: Iterable[str], *, private: bool) -> tuple[str, ...]:
    kept = (name for name in names if not name.startswith("__") and (private or not name.startswith("_")))
    return tuple(sorted(set(kept)))


def _readable_names(source: ClassSource) -> Iterator[str]:
    is_enum = enum.Enum in source.mro
    for cls in source.mro:
        if isinstance(cls, ClassSource):
            for name, member in cls.members.items():
                no_value = member.is_cached or member.kind in {"method", "decorated"}
                if not (no_value or name == "model_config" or (is_enum and member.in_body)):
                    yield name
        elif isinstance(found := view_of(cls).attribute("_"), Missing):
            yield from found.candidates


def _adds_freely(cls: ClassSource) -> bool:
    """Whether a pydantic model takes fields that it does not list."""
    return "pydantic" in cls.scope.module.text and '"allow"' in ast.unparse(cls.node).replace("'", '"')
