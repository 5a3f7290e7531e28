"""What a run was asked for, as scenarios see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """`quick` is for a look, not for figures to keep.

    `same_core` leaves out servers on a core of their own.
    """

    quick: bool = False
    same_core: bool = False
