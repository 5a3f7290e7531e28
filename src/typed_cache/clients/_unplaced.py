"""This is what stands for the place of an entry that cannot be looked up by arguments."""

import enum
from typing import Final, final

__all__ = ["UNPLACED", "Unplaced"]


@final
class Unplaced(enum.Enum):
    """The type of `UNPLACED`; no argument that is looked up is one."""

    UNPLACED = "unplaced"


UNPLACED: Final = Unplaced.UNPLACED
