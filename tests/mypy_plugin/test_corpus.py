"""The plugin over the corpus that all front ends share."""

import re
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from mypy import api

from corpus_reader import CORPUS, FILES, Marks, marks

CONFIG: Final = f"[mypy]\nplugins = typed_cache.mypy_plugin\nstrict = True\nmypy_path = {CORPUS.parent}\n"
ERROR: Final = re.compile(r"^(.+?):(\d+): error: (TC\d+)")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Marks]:
    """The codes that mypy reports, by file and line."""
    folder = tmp_path_factory.mktemp("corpus")
    config = folder / "mypy.ini"
    config.write_text(CONFIG)
    output, crash, _ = api.run(
        ["--config-file", str(config), "--cache-dir", str(folder / "cache"), "-p", "corpus"]
    )
    assert not crash
    files: dict[str, Marks] = {}
    for line in output.splitlines():
        error = ERROR.match(line)
        if error is not None:
            of_file = files.setdefault(Path(error[1]).name, {})
            of_file.setdefault(int(error[2]), Counter())[error[3]] += 1
    return files


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_plugin_agrees_with_the_marks(path: Path, found: dict[str, Marks]) -> None:
    """Every wrong line is found, by the rules that it breaks, and no right line is accused."""
    assert found.get(path.name, {}) == marks(path, "mypy")
