"""Containers, whose text is made of their items: as stable as these are."""

import argparse
import asyncio
import subprocess
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias

from typed_cache import Cache

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | None"


class Opaque:
    def __init__(self, address: int) -> None:
        self.address = address


@Cache(key="sequence_{values}")  # !TC007
def sequence(values: Sequence[Opaque]) -> int:
    return len(values)


@Cache(key="mapping_{values}")  # !TC007
def mapping(values: Mapping[str, Opaque]) -> int:
    return len(values)


@Cache(key="set_{values}")  # !TC007
def abstract_set(values: AbstractSet[Opaque]) -> int:
    return len(values)


@Cache(key="counter_{values}")  # !TC007
def counter(values: Counter[Opaque]) -> int:
    return len(values)


@Cache(key="ordered_{values}")  # !TC007
def ordered(values: OrderedDict[str, Opaque]) -> int:
    return len(values)


@Cache(key="nested_{values}")  # !TC007
def nested(values: dict[str, list[Opaque]]) -> int:
    return len(values)


@Cache(key="deep_{values}")  # !TC007
def deep(values: list[tuple[int, list[Opaque]]]) -> int:
    return len(values)


@Cache(key="mixed_{values}")  # !TC007
def mixed(values: list[int | Opaque]) -> int:
    return len(values)


@Cache(key="maybe_{values}")  # !TC007
def optional(values: list[Opaque] | None) -> int:
    return len(values or [])


@Cache(key="variadic_{values}")  # !TC007
def variadic(*values: list[Opaque]) -> int:
    return len(values)


@Cache(key="object_{value}")  # !static:TC007
def any_object(value: object) -> str:
    return str(value)


@Cache(key="lock_{lock}")  # !TC007
def lock(lock: threading.Lock) -> bool:
    return lock.locked()


@Cache(key="event_{event}")  # !TC007
def event(event: asyncio.Event) -> bool:
    return event.is_set()


@Cache(key="process_{process}")  # !TC007
def process(process: subprocess.Popen[str]) -> int:
    return process.pid


@Cache(key="arguments_{arguments}")  # !TC007
def arguments(arguments: argparse.Namespace) -> str:
    return str(arguments)


@Cache(key="argument_{arguments.verbose}")
def argument(arguments: argparse.Namespace) -> str:
    return str(arguments)


@Cache(key="right_{rows}_{table}_{counts}_{tree}_{anything}")
def right(
    rows: Sequence[int], table: Mapping[str, list[str]], counts: Counter[str], tree: Json, anything: list[Any]
) -> int:
    return len(rows)


@Cache(key="iterable_{values}")
def iterable(values: Iterable[Opaque]) -> int:
    return len(list(values))
