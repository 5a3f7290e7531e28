"""A class that contains itself with ever other arguments comes to an end."""

from pathlib import Path
from typing import Final

from mypy import api

CONFIG: Final = "[mypy]\nplugins = typed_cache.mypy_plugin\nstrict = True\n"
PROGRAM: Final = """
from dataclasses import dataclass
from typing import Generic, TypeVar

from typed_cache import Cache

T = TypeVar("T")


class Opaque: ...


@dataclass
class Node(Generic[T]):
    deeper: "Node[list[T]] | None"
    item: T


@Cache(key="a_{node}")
def right(node: Node[int]) -> int:
    return 1


@Cache(key="b_{node}")
def wrong(node: Node[Opaque]) -> int:
    return 1
"""


def test_ever_other_arguments(tmp_path: Path) -> None:
    """What lies deeper is taken for stable then, and the rest is judged."""
    (tmp_path / "mypy.ini").write_text(CONFIG)
    (tmp_path / "app.py").write_text(PROGRAM)
    options = ["--config-file", str(tmp_path / "mypy.ini"), "--no-incremental"]
    found, crash, _ = api.run([*options, str(tmp_path / "app.py")])
    assert not crash
    errors = [line for line in found.splitlines() if " error: " in line]
    assert len(errors) == 1
    assert "Node.item: Opaque has no stable text" in errors[0]
