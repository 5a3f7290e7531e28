"""What the plugin's errors are about, in words."""

from pathlib import Path

from mypy import api

PROGRAM = """\
from typed_cache import Cache


@Cache(key="order_{order.total}")
def judged_late(order: "Order") -> int:
    return order.total


@Cache(key="order_{number}")
def at_fault(number: int) -> str:
    return ""


class Order:
    def __init__(self) -> None:
        self.total = len("x")
"""


def test_the_later_function_is_named(tmp_path: Path) -> None:
    """Of two functions with one key the later is named in its own line, also where it was judged first."""
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = typed_cache.mypy_plugin\nstrict = True\n")
    (tmp_path / "app.py").write_text(PROGRAM)

    found, crash, _ = api.run(
        ["--config-file", str(tmp_path / "mypy.ini"), "--no-incremental", str(tmp_path / "app.py")]
    )

    assert not crash
    assert "app.py:9: error: TC009 keys shared with app.judged_late in the key of app.at_fault:" in found
