"""This is a map as JSON: what the page draws, and what other tools read."""

import json
from datetime import timedelta
from typing import TypeAlias

from typed_cache.checker._map import ANY_CLIENT, Key, KeyMap, Lifetime, Touch
from typed_cache.checker._map_expiry import expiry_of, lifetime_shown
from typed_cache.checker._map_notes import notes_of

__all__ = ["as_json", "map_facts"]

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def as_json(key_map: KeyMap) -> str:
    """Return the map as indented JSON; `expire` is in seconds, null where it never expires."""
    return json.dumps(map_facts(key_map), indent=2) + "\n"


def map_facts(key_map: KeyMap) -> dict[str, Json]:
    """Return the map as plain values; a key is named by its place in `keys`."""
    numbers = {key: number for number, key in enumerate(key_map.keys)}
    return {
        "version": 1,
        "keys": [_key(key, numbers) for key in key_map.keys],
        "notes": [
            {
                "kind": note.kind,
                "key": numbers[note.key],
                "function": note.touch.function,
                "template": note.touch.template,
                "path": note.touch.path,
                "line": note.touch.line,
                "text": note.text,
            }
            for note in notes_of(key_map)
        ],
        "unreadable": [str(fault) for fault in key_map.unreadable],
    }


def _key(key: Key, numbers: dict[Key, int]) -> Json:
    return {
        "template": key.template,
        "client": None if key.client == ANY_CLIENT else key.client,
        "expiry": expiry_of(key),
        "meets": [*sorted(numbers[other] for other in key.meets)],
        "touches": [_touch(touch, fills=touch in key.fills) for touch in key.touches],
    }


def _touch(touch: Touch, *, fills: bool) -> Json:
    return {
        "function": touch.function,
        "role": touch.role,
        "by_handle": touch.by_handle,
        "template": touch.template,
        "path": touch.path,
        "line": touch.line,
        "expire": _seconds(touch.expire) if fills else None,
        "expires": lifetime_shown(touch.expire) if fills else None,
    }


def _seconds(lifetime: Lifetime) -> float | None:
    return lifetime.total_seconds() if isinstance(lifetime, timedelta) else None
