"""What has to start anew in a child process after fork.

Sockets are shared with the parent, whose answers they would steal; a lock may be held by a thread that does
not exist in the child.
"""

import os
from typing import Protocol
from weakref import WeakSet

__all__ = ["Renewable", "renew_after_fork"]


class Renewable(Protocol):
    """Something that holds sockets or locks."""

    def renew(self) -> None:
        """Drop every socket without a word to the server, and make every lock new."""


_renewables: WeakSet[Renewable] = WeakSet()


def renew_after_fork(renewable: Renewable) -> None:
    """Have `renewable` renewed in every child, for as long as it lives."""
    _renewables.add(renewable)


def _renew_all() -> None:
    for renewable in list(_renewables):
        renewable.renew()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_renew_all)
