"""This is how the numbers, ids, addresses, zones and paths of the standard library are written.

It is imported when such a value is met, so that a program without them does not load their modules.
"""

import decimal
import fractions
import ipaddress
import pathlib
import re
import uuid
import zoneinfo
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from typed_cache.template._forms import escape
from typed_cache.template._text_scalars import int_text, quoted
from typed_cache.template._walk import Leaf, NoStableTextError

__all__ = ["LIBRARY_LEAVES"]


def _decimal(value: decimal.Decimal) -> str:
    # str() writes "E" or "e" as the caller's decimal context says
    return f"Decimal({decimal.Decimal.__str__(value).upper()})"


def _fraction(value: fractions.Fraction) -> str:
    return f"Fraction({int_text(value.numerator)}/{int_text(value.denominator)})"


def _uuid(value: uuid.UUID) -> str:
    return f"UUID({uuid.UUID.__str__(value)})"


def _zoneinfo(value: zoneinfo.ZoneInfo) -> str:
    if not value.key:  # read from a file
        raise NoStableTextError("is a time zone that does not tell its name", "Use zoneinfo.ZoneInfo(name).")
    return f"ZoneInfo([{escape(value.key)}])"


def _address(value: object) -> str:
    cls = next(cls for cls in type(value).__mro__ if cls in _ADDRESSES)
    text = str(value)
    whole = value.network_address if isinstance(value, ipaddress.IPv6Network) else value
    if isinstance(whole, ipaddress.IPv6Address) and (mapped := whole.ipv4_mapped) is not None:
        # one of these is ::ffff:102:304 before Python 3.13
        text = _MAPPED.sub(f"::ffff:{mapped}", text, count=1)
    return f"{cls.__name__}({escape(text)})"


_MAPPED: Final = re.compile("^[^%/]+")

_ADDRESSES: Final = (
    ipaddress.IPv4Address,
    ipaddress.IPv6Address,
    ipaddress.IPv4Interface,
    ipaddress.IPv6Interface,
    ipaddress.IPv4Network,
    ipaddress.IPv6Network,
)


def _path(value: pathlib.PurePath) -> str:
    return f"{_flavour(value)}({quoted(str(value))})"


def _flavour(value: pathlib.PurePath) -> str:
    """The name of the path's own class or, for a subclass, of the one below it."""
    return next(cls.__name__ for cls in type(value).__mro__ if cls in _PATHS)


_PATHS: Final = (pathlib.PosixPath, pathlib.WindowsPath, pathlib.PurePosixPath, pathlib.PureWindowsPath)


LIBRARY_LEAVES: Final[Mapping[type, Leaf]] = MappingProxyType(
    {
        decimal.Decimal: _decimal,
        fractions.Fraction: _fraction,
        uuid.UUID: _uuid,
        zoneinfo.ZoneInfo: _zoneinfo,
        **dict.fromkeys(_ADDRESSES, _address),
        **dict.fromkeys(_PATHS, _path),
    }
)
"""How to write a value of exactly one of these types."""
