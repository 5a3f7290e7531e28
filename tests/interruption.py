"""Code that is interrupted before any one of its lines: a trace function runs something there.

It stands for a finalizer, a signal handler and Ctrl-C, which may come at nearly any place.
"""

import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from typed_cache import clients

CLIENTS = str(Path(clients.__file__).parent)
WRAPPERS = "<typed_cache"


class Interruption:
    """Runs `act` once, before the `at`-th line of the code in `files`, the functions `spared` not counted."""

    def __init__(
        self,
        at: int,
        act: Callable[[], object],
        spared: Collection[str] = (),
        files: tuple[str, ...] = (CLIENTS,),
    ) -> None:
        self.at = at
        self.act = act
        self.spared = spared
        self.files = files
        self.lines = 0

    @property
    def happened(self) -> bool:
        return self.lines > self.at

    def __call__(self, frame: FrameType, event: str, arg: object) -> "Interruption | None":
        code = frame.f_code
        if not code.co_filename.startswith(self.files) or code.co_name in self.spared:
            return None
        if event == "line":
            self.lines += 1
            if self.lines == self.at + 1:
                self.act()
        return self


@contextmanager
def traced(trace: Any) -> Iterator[None]:
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)
