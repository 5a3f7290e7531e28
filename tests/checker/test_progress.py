"""The bar: on a terminal, after a while, and gone at the end."""

import io

from typed_cache.checker._progress import Progress
from typed_cache.testing import FakeClock


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_bar_appears_on_long_work() -> None:
    """After half a second the bar shows how far it is, and is wiped when the work is done."""
    terminal, clock = Terminal(), FakeClock()
    with Progress(terminal, clock) as progress:
        progress.step(0.25)
        early = terminal.getvalue()
        clock.advance(seconds=1)
        progress.step(0.5)

    assert early == ""
    assert "███████████████░░░░░░░░░░░░░░░  50%" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_bar_says_what_is_done() -> None:
    """A command names its work."""
    terminal, clock = Terminal(), FakeClock()
    with Progress(terminal, clock, doing="reading") as progress:
        clock.advance(seconds=1)
        progress.step(0.5)

    assert "reading █" in terminal.getvalue()


def test_no_bar_on_a_pipe() -> None:
    """What reads standard error as text sees none of it."""
    pipe, clock = io.StringIO(), FakeClock()
    with Progress(pipe, clock) as progress:
        clock.advance(seconds=10)
        progress.step(0.5)

    assert pipe.getvalue() == ""
