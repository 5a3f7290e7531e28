"""This is how values without parts are written: numbers, strings, dates.

Those of modules that few programs load are in `_text_library`, which is imported with the first of them.
"""

import binascii
import datetime as dt
import sys
from collections.abc import Mapping
from types import MappingProxyType, NoneType
from typing import Final

from typed_cache.template._forms import IN_QUOTES, escape
from typed_cache.template._walk import Leaf, NoStableTextError

__all__ = ["LEAVES", "float_before_dot", "int_text", "leaf_for", "quoted", "str_text"]

_DECIMAL_BELOW: Final = 2**64


def int_text(value: int) -> str:
    """Decimal up to 64 bits; beyond that hexadecimal, which Python writes in linear time and at any size."""
    plain = int.__add__(value, 0)
    return repr(plain) if -_DECIMAL_BELOW < plain < _DECIMAL_BELOW else hex(plain)


def str_text(value: str) -> str:
    """A word as it is, anything else in quotes."""
    plain = str.__str__(value)
    return plain if plain.isalnum() and plain.isascii() and not plain[0].isdigit() else quoted(plain)


def quoted(value: str) -> str:
    """A string in single quotes, whatever it holds."""
    return f"'{escape(value, IN_QUOTES)}'"


def float_before_dot(value: float) -> str:
    """A float that text beginning with a dot may follow."""
    text = _float(value)
    return text if text.startswith("float(") else f"float({text})"


def _none(value: None) -> str:
    del value
    return "_"


def _bool(value: bool) -> str:  # noqa: FBT001  # the value to write
    return "?1" if value else "?0"


def _float(value: float) -> str:
    text = float.__repr__(value)
    return f"float({text})" if text in _NO_NUMBERS else text


_NO_NUMBERS: Final = frozenset({"nan", "inf", "-inf"})


def _bytes(value: bytes) -> str:
    return f":{binascii.b2a_base64(value, newline=False).decode('ascii')}:"


def _bytearray(value: bytearray) -> str:
    return f"bytearray({_bytes(bytes(value))})"


def _range(value: range) -> str:
    return f"range({int_text(value.start)},{int_text(value.stop)},{int_text(value.step)})"


def _date(value: dt.date) -> str:
    return f"date({dt.date.isoformat(value)})"


def _time(value: dt.time) -> str:
    return f"time({dt.time.isoformat(value)}{_zone(value.tzinfo)}{_fold(value.fold)})"


def _datetime(value: dt.datetime) -> str:
    return f"datetime({dt.datetime.isoformat(value)}{_zone(value.tzinfo)}{_fold(value.fold)})"


def _fold(fold: int) -> str:
    return ";fold=1" if fold else ""


def _zone(zone: dt.tzinfo | None) -> str:
    """What the offset in an ISO date leaves out: the name of a zone whose offset changes."""
    if zone is None:
        return ""
    if "zoneinfo" in sys.modules:  # where it is not loaded, there is no ZoneInfo
        from zoneinfo import ZoneInfo  # noqa: PLC0415

        if isinstance(zone, ZoneInfo) and zone.key:
            return f"[{escape(zone.key)}]"
    if zone.utcoffset(None) is not None:  # a fixed offset, which the date already tells
        return ""
    raise NoStableTextError(
        f"has a time zone of the type {type(zone).__qualname__}, which does not tell its name",
        "Use zoneinfo.ZoneInfo or a fixed offset.",
    )


def _timezone(value: dt.timezone) -> str:
    return f"timezone({_timedelta(value.utcoffset(None))})"


def _timedelta(value: dt.timedelta) -> str:
    return f"timedelta({value.days},{value.seconds},{value.microseconds})"


LEAVES: Final[Mapping[type, Leaf]] = MappingProxyType(
    {
        NoneType: _none,
        bool: _bool,
        int: int_text,
        float: _float,
        str: str_text,
        bytes: _bytes,
        bytearray: _bytearray,
        range: _range,
        dt.date: _date,
        dt.time: _time,
        dt.datetime: _datetime,
        dt.timedelta: _timedelta,
        dt.timezone: _timezone,
    }
)
"""How to write a value of exactly one of these types."""

_LIBRARY: Final = frozenset(
    {"decimal", "fractions", "ipaddress", "pathlib", "pathlib._local", "uuid", "zoneinfo"}
)


def leaf_for(cls: type) -> Leaf | None:
    """Return how to write a value of exactly `cls`; None where it has parts, or no text."""
    leaf = LEAVES.get(cls)
    if leaf is not None or cls.__module__ not in _LIBRARY:
        return leaf
    from typed_cache.template._text_library import LIBRARY_LEAVES  # noqa: PLC0415  # loads all six modules

    return LIBRARY_LEAVES.get(cls)
