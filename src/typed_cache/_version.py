"""This is which version of the library it is, for those who would wait for the installed metadata."""

from typing import Final

__all__ = ["VERSION"]

VERSION: Final = "0.1.0"
