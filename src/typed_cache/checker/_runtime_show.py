"""`typed-cache show`: the entry of a call, decoded."""

import argparse
import pprint
from collections.abc import Iterator
from datetime import timedelta
from typing import Protocol, runtime_checkable

from typing_extensions import TypeIs

from typed_cache.checker._map_expiry import lifetime_shown
from typed_cache.checker._runtime_answers import Answer, answered, missed
from typed_cache.checker._runtime_call import EXIT_STATUS, RuntimeCall
from typed_cache.checker._runtime_call import configure as configure_call
from typed_cache.client import Entry, Miss
from typed_cache.envelope import read_fingerprint

__all__ = ["RawEntries", "configure", "run"]


@runtime_checkable
class RawEntries(Protocol):
    """Capability of a store: it shows the bytes that the backend holds."""

    def raw(self, key: str, /) -> bytes | None:
        """Return the bytes under `key`, unopened; None where there are none."""
        ...


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `show`."""
    parser.description = (
        "Show the entry of a call: its key, age, freshness, fingerprint, size and value. "
        "The application is imported, the function not called."
    )
    parser.epilog = f"""\
examples:
  typed-cache show --setup app.caches:configure app.users:get_user 42

The fingerprint stands for the serializer, the return type and version=; an entry with another one is a miss.

{EXIT_STATUS}"""
    configure_call(parser)


@answered
def run(call: RuntimeCall) -> Answer:
    """Print the entry, or as much as there is of one."""
    store = call.store
    raw = store.raw(call.key) if isinstance(store, RawEntries) else None
    entry = call.asked(store.entry(call.key))
    if not _is_entry(entry):
        read = call.asked(store.read(call.key))
        shown = _lines([("key", call.key), *_bytes(raw)]) if raw is not None else ()
        return missed(call, read.reason if isinstance(read, Miss) else "absent", "".join(shown))
    rows = [("key", call.key), ("age", _rounded(entry.age)), ("fresh", _freshness(entry))]
    rows += _bytes(raw) if raw is not None else []
    return Answer("".join(_lines([*rows, ("value", pprint.pformat(entry.value, sort_dicts=False))])))


def _is_entry(found: object) -> TypeIs[Entry[object]]:
    return isinstance(found, Entry)


def _bytes(raw: bytes) -> list[tuple[str, str]]:
    stamp = read_fingerprint(raw)
    return [("fingerprint", stamp.hex() if stamp else "none"), ("size", f"{len(raw):,} bytes")]


def _freshness(entry: Entry[object]) -> str:
    if entry.fresh_for is None:
        return "for ever"
    return f"for {_rounded(entry.fresh_for)}" if entry.is_fresh else f"no, since {_rounded(-entry.fresh_for)}"


def _rounded(time: timedelta) -> str:
    return lifetime_shown(timedelta(seconds=round(time.total_seconds())))


def _lines(rows: list[tuple[str, str]]) -> Iterator[str]:
    width = max(len(name) for name, _ in rows) + 2
    for name, text in rows:
        first, *others = text.splitlines() or [""]
        yield f"{name:{width}}{first}\n"
        for line in others:
            yield f"{'':{width}}{line}\n"
