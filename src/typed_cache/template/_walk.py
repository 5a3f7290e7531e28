"""This is the walk through one value: how deep it is, how much is left, and where it stands.

An encoder writes one kind of value and asks its walk for the text of what is inside.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias, final

__all__ = ["Encoder", "EncoderLookup", "Leaf", "NoStableTextError", "Walk"]

MAX_DEPTH: Final = 50
MAX_VALUES: Final = 100_000


class NoStableTextError(Exception):
    """A value, or a part of it, has no text that is the same in every process."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason, remedy)
        self.reason = reason
        self.remedy = remedy


@final
class Walk:
    """One pass over one value.

    `trail` names the steps from the value to the part that is being written; after a failure it still
    does, which tells the reader what to look at.
    """

    __slots__ = ("_encoder_for", "_left", "trail")

    def __init__(self, encoder_for: "EncoderLookup") -> None:
        self._encoder_for = encoder_for
        self._left = MAX_VALUES
        self.trail: list[str | int] = []

    def text(self, value: object, step: str | int) -> str:
        """The text of a part; `step` is how one gets there (`.name`, an index, a key's text)."""
        trail = self.trail
        trail.append(step)
        self._left -= 1
        if len(trail) > MAX_DEPTH:
            raise NoStableTextError(
                f"is nested more than {MAX_DEPTH} levels deep, or contains itself", "Pass what identifies it."
            )
        if self._left < 0:
            raise NoStableTextError(f"has more than {MAX_VALUES} parts", "Pass what identifies it.")
        text = self._encoder_for(type(value))(value, self)
        trail.pop()
        return text

    def texts(self, values: Iterable[object]) -> list[str]:
        """The texts of several parts, each under its index."""
        return [self.text(value, index) for index, value in enumerate(values)]

    def shown_trail(self) -> str:
        """The steps as a person writes them: `.filters['a'][0]`."""
        return "".join(
            step if isinstance(step, str) and step.startswith(".") else f"[{step}]" for step in self.trail
        )


Leaf: TypeAlias = Callable[[Any], str]
Encoder: TypeAlias = Callable[[Any, Walk], str]
EncoderLookup: TypeAlias = Callable[[type], Encoder]
