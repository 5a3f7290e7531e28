"""This is how what other programs read is written: in UTF-8, whatever a terminal may show."""

import io
from typing import TextIO

__all__ = ["speak_utf8"]


def speak_utf8(stream: TextIO) -> None:
    """Write UTF-8 from now on; a lone surrogate is escaped as JSON does it."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
