"""Which classes inherit from which is found out once, and wherever they stand."""

import ast
from collections import Counter

import pytest

from typed_cache.checker import _class_stability
from typed_cache.checker._scopes import Scope

from .conftest import Run, Write


def test_classes_below_are_looked_up_once(write: Write, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many classes of one name are judged, no module is searched twice."""
    searched: Counter[str] = Counter()
    classes_in = _class_stability._classes_in

    def counted(node: ast.Module | ast.ClassDef, scope: Scope) -> list[tuple[Scope, ast.ClassDef]]:
        searched[scope.module.path] += scope.parent is None
        return classes_in(node, scope)

    monkeypatch.setattr(_class_stability, "_classes_in", counted)
    source = 'class Row: ...\n@Cache(key="{number}_{{row}}")\ndef get(row: Row) -> int: ...\n'
    for number in range(5):
        write(f"m{number}.py", source.format(number=number))

    assert run("check", ".").codes == ["TC007"] * 5
    assert searched == {f"m{number}.py": 1 for number in range(5)}


def test_class_further_below_in_a_module_of_its_own(write: Write, run: Run) -> None:
    """A class below a class below counts, though its module never names the one at the top."""
    write("top.py", 'class Top: ...\n@Cache(key="{a}")\ndef get(a: Top) -> int: ...\n')
    write("middle.py", "import top\nclass Middle(top.Top): ...\n")
    write(
        "low.py", "from middle import Middle as M\nclass Low(M):\n    def __cache_key__(self) -> str: ...\n"
    )

    assert run("check", ".").codes == []
    write("low.py", "from middle import Middle as M\nclass Low(M): ...\n")
    assert run("check", ".").codes == ["TC007"]


def test_class_below_itself(write: Write, run: Run) -> None:
    """A cycle of classes, which Python would refuse, is judged all the same."""
    write(
        "a.py",
        'class One(Other): ...\nclass Other(One): ...\n@Cache(key="{a}")\ndef get(a: One) -> int: ...\n',
    )

    assert run("check", ".").codes == ["TC007"]
