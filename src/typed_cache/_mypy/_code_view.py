"""This is what the rules see of functions and methods."""

from typing import Final, final

from typed_cache.template import UNKNOWN, Stability, Unknown, Unstable

__all__ = ["CODE", "METHOD", "CodeView"]

METHOD: Final = Unstable("A method is code, which has no stable text")
CODE: Final = Unstable("Code has no stable text")


@final
class CodeView:
    """A function or a method; `why` says which, where it stands for a value."""

    __slots__ = ("text", "why")

    def __init__(self, text: str, why: Unstable) -> None:
        self.text = text
        self.why = why

    def attribute(self, name: str, /) -> Unknown:
        """A function may carry anything."""
        del name
        return UNKNOWN

    def stability(self) -> Stability:
        """Code has none."""
        return self.why

    def shapes(self) -> Unknown:
        """None that is known."""
        return UNKNOWN
