"""The command and the decorator give the answers that the corpus is marked with."""

import ast
import re
import sys
import traceback
import types
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus_reader import CORPUS, FILES, Marks, marks
from typed_cache.checker._findings import check_files, whole
from typed_cache.checker._project import Project
from typed_cache.errors import KeyTemplateError, KeyTemplateWarning, TypedCacheError
from typed_cache.template import _collisions


@pytest.fixture(scope="module")
def found() -> dict[str, Marks]:
    """What the command finds in the whole corpus, file by file."""
    project = Project.of([str(CORPUS)])
    by_file: dict[str, Marks] = {}
    for finding in whole([check_files(project, project.files)]).findings:
        by_file.setdefault(finding.path, {}).setdefault(finding.line, Counter())[finding.code] += 1
    return by_file


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_command_finds_what_is_marked(path: Path, found: dict[str, Marks]) -> None:
    """Every wrong line is found, and no right line is accused."""
    assert found.get(str(path), {}) == marks(path, "check")


@pytest.fixture
def own_register(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Meet no other test's keys, and leave no module behind."""
    monkeypatch.setattr(_collisions, "_REGISTER", _collisions.CollisionRegister())
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith("corpus"):
            del sys.modules[name]


@pytest.mark.usefixtures("own_register")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_import_refuses_what_is_marked(path: Path) -> None:
    """The decorator says the same, but for what only the source shows."""
    assert refused_at_import(path) == marks(path, "import")


def refused_at_import(path: Path) -> Marks:
    """Run a module with every decorated definition, and every call, in a `try` of its own."""
    tree = ast.fix_missing_locations(EachAlone().visit(ast.parse(path.read_text(encoding="utf-8"))))
    refused: Marks = {}

    def note(error: TypedCacheError) -> None:
        codes = (
            error.codes
            if isinstance(error, KeyTemplateError)
            else re.findall(r"^TC\d+", str(error)) or ["TC011"]
        )
        lines = [
            frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)
        ]
        refused.setdefault(lines[-1] or 0, Counter()).update(codes)

    # in its place, where string annotations are looked up
    module = sys.modules[f"corpus.{path.stem}"] = types.ModuleType(f"corpus.{path.stem}")
    vars(module).update(__note__=note, __refusal__=TypedCacheError)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", KeyTemplateWarning)
        exec(compile(tree, str(path), "exec"), vars(module))
    for warning in caught:
        refused.setdefault(warning.lineno, Counter())[str(warning.message).split()[0]] += 1
    return refused


class EachAlone(ast.NodeTransformer):
    """Puts a `try` around each decorated definition and each assigned call."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        self.generic_visit(node)
        return self.alone(node) if node.decorator_list else node

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815  # the name is ast's

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        return self.alone(node) if isinstance(node.value, ast.Call) else node

    def alone(self, node: ast.stmt) -> ast.stmt:
        (guarded,) = ast.parse("try: pass\nexcept __refusal__ as error: __note__(error)").body
        assert isinstance(guarded, ast.Try)
        guarded.body = [node]
        return guarded
