"""Keys that modules share are found in their bytes: no fewer than the command finds in all the source."""

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from benchmarks.plugin_cost import write_mixed_project, write_project

from corpus_reader import CORPUS
from mypy_case_reader import CASES, Case
from typed_cache._mypy._meeting import Key, meeting
from typed_cache._mypy._neighbours import Neighbours
from typed_cache._mypy._parsed import Parsed
from typed_cache.checker._findings import shared_keys
from typed_cache.checker._project import Project
from typed_cache.checker._sources import python_files
from typed_cache.template import FunctionFacts, common_key, parse, pieces_of

HEAD: Final = """
import typed_cache as library
from datetime import timedelta
from typing import Final
from typed_cache import Cache, Cache as Renamed
from app import keys
from app.keys import *
from app.keys import KEY as OTHER, Passed, made as kept
Again = Cache
once_more = Cache(key="same_{n}")
at_the_start: Final = (
    Again(  # a comment
        key="same_{n}",
    )
)
OWN: Final[str] = "same_{n}"
JOINED = (
    "same_"
    "{n}"
)
FORMATTED = f"{keys.PREFIX}{{n}}"
SUMMED = keys.PREFIX + "{n}"; BEHIND = "same_{n}"
class Keys:
    INSIDE = OWN
    made = Cache(key="same_{n}")
"""
KEYS: Final = """
from typed_cache import Cache as Passed
KEY = "same_{n}"
PREFIX = "same_"
made = Passed(key=KEY)
same = made
"""
SPELLINGS: Final = (
    'Cache(key="same_{n}")',
    "Cache('same_{n}', timedelta(hours=1))",
    'Cache(\n    # about the key, "quoted"\n    key="same_{n}",\n)',
    'Cache(expire=timedelta(hours=1), policy=Policy(a="b", c=[1, (2,)]), key="same_{n}")',
    'Cache(expire=max([timedelta(hours=1)], key=len), key="same_{n}")',
    'Cache ( key = r"same_{n}" )',
    'Cache(key="""same_{n}""")',
    'Cache(key="sa" "me_" "{n}")',
    'Cache(key=("same_{n}"))',
    'Cache(key="same\\x5f{n}")',
    'Cache(key=f"same_{{n}}")',
    'Cache(key="{n}")',
    'Cache(**{"expire": None}, key="same_{n}")',
    "Cache(key=KEY)",
    "Cache(key=OTHER)",
    "Cache(key=keys.KEY)",
    "Cache(key=OWN)",
    "Cache(key=JOINED)",
    "Cache(key=FORMATTED)",
    "Cache(key=SUMMED)",
    "Cache(key=BEHIND)",
    "Cache(key=Keys.INSIDE)",
    'Cache(key=keys.PREFIX + "{n}")',
    'library.Cache(key="same_{n}")',
    'library.Cache(key="same_{n}").plain',
    'Renamed(key="same_{n}")',
    'Passed(key="same_{n}")',
    'keys.Passed(key="same_{n}")',
    'Again(key="same_{n}")',
    "made",
    "keys.made.plain",
    "kept",
    "same",
    "once_more",
    "at_the_start",
    "Keys.made",
)
FORMS: Final = (
    "@{spelling}\ndef {name}(n: int) -> {result}: ...\n",
    "class Repo_{name}:\n    @{spelling}\n    def get(self, n: int) -> {result}: ...\n",
    "def {name}(n: int) -> {result}: ...\ncalled = {spelling}({name})\n",
)
KEYLESS: Final = (
    "@Cache()\ndef same_() -> {result}: ...\n",
    "@Cache(expire=timedelta(hours=1))  # every hour\n@final\nasync def same_() -> {result}: ...\n",
    "keyless = Cache(key=None)\n@keyless\ndef same_() -> {result}: ...\n",
    "class same_:\n    @Cache()\n    def get(self) -> {result}: ...\n",
    "@Cache(key='same_.get')\ndef other() -> {result}: ...\n",
    "@Cache(key='same_')\ndef other() -> {result}: ...\n",
)


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the package `app`, and return its folder."""
    for name, text in {"__init__.py": "", **files}.items():
        path = folder / "app" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "app"


def seen(package: Path) -> set[tuple[str, int]]:
    """What the plugin has against the keys in the files of a package, by file and line."""
    neighbours = Neighbours()
    found: set[tuple[str, int]] = set()
    for path in package.rglob("*.py"):
        module = ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__")
        found |= {(str(path), line) for line in neighbours.accused(module, str(path))}
    return found


def everything(package: Path) -> set[tuple[str, int]]:
    """What the command has against them, when it parses all."""
    project = Project(python_files([str(package)])[0])
    found = shared_keys(project, project.files, between_modules=True)
    return {(finding.path, finding.line) for finding in found}


def pairs() -> Iterator[tuple[str, str]]:
    """Two modules that share a key, each spelled in its own way."""
    for spelling, form in itertools.product(SPELLINGS, FORMS):
        first = HEAD + FORMS[0].format(spelling='Cache("same_{n}")', name="first", result="int")
        yield first, HEAD + form.format(spelling=spelling, name="second", result="str")
    for one, other in itertools.product(KEYLESS, KEYLESS):
        yield HEAD + one.format(result="int"), HEAD + other.format(result="str")


@pytest.mark.parametrize("number", range(8))
def test_however_it_is_spelled(number: int, tmp_path: Path) -> None:
    """What parsing all files finds is found, whatever stands in them."""
    for place, (first, second) in enumerate(itertools.islice(pairs(), number, None, 8)):
        files = {"keys.py": KEYS, "first.py": first, "second.py": second}
        package = written(tmp_path / str(place), files)
        assert seen(package) == everything(package), second.removeprefix(HEAD)


@pytest.mark.parametrize(
    "case", [case for case in CASES if "app/__init__.py" in case.steps[0]], ids=lambda case: case.name
)
def test_in_the_cases(case: Case, tmp_path: Path) -> None:
    """So it is in every step of the cases."""
    for step in range(len(case.steps)):
        case.write(step, tmp_path)
        assert seen(tmp_path / "app") == everything(tmp_path / "app")


def test_in_the_corpus() -> None:
    """And in the corpus that all front ends share."""
    assert seen(CORPUS) == everything(CORPUS)


PARTS: Final = ("a", "b_", "_", "1", "{p}", "{q}", ".", "(", ":", "-", "user_", "'", "@A", " ")


def test_keys_that_can_be_the_same_meet() -> None:
    """Templates meet where they can build the same key, whatever their values are."""
    cut = ["".join(parts) for length in (1, 2, 3) for parts in itertools.product(PARTS, repeat=length)]
    templates = [text for text in cut[::7] if not parse(text).faults]
    nothing = FunctionFacts("", "", "", 0)
    pieces = {text: pieces_of(parse(text), nothing) for text in templates}
    for one, other in itertools.combinations(templates, 2):
        can = common_key(pieces[one], pieces[other]) is not None
        assert bool(meeting({"one": [Key(one)], "other": [Key(other)]})) == can, (one, other)


def test_a_key_that_is_known_in_part_meets_all_that_begin_so() -> None:
    """So does a template with literal braces, which is not read any further."""
    for text in "user_{{", "user_}}_{n}":
        assert meeting({"one": [Key(text)], "other": [Key("user_{n}")], "third": [Key("order_{n}")]}) == {
            "one",
            "other",
        }
    begun = Key("user_", is_whole=False)
    assert meeting({"one": [begun], "other": [Key("user_{n}_x")], "third": [Key("order_{n}")]}) == {
        "one",
        "other",
    }
    assert meeting({"one": [begun], "other": [Key("{n}_x")]}) == {"one", "other"}
    assert meeting({"one": [begun], "other": [begun]}) == {"one", "other"}


def no_parsing(*_: object) -> Iterator[Key]:
    """Stand in for what parses files."""
    raise AssertionError


def test_nothing_is_parsed_without_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no two keys can be the same, as in the projects of the benchmark, no file is parsed."""
    monkeypatch.setattr(Parsed, "keys_in", no_parsing)
    monkeypatch.setattr(Parsed, "shared_keys", no_parsing)
    for name, write in {"plain": write_project, "mixed": write_mixed_project}.items():
        (tmp_path / name).mkdir()
        write(tmp_path / name, 160)
        assert seen(tmp_path / name / "app") == set()
    lonely = "from typed_cache import Cache\nlonely = Cache(key='lonely_{n}')\n"
    uses = "from app.keys import lonely\n@lonely\ndef f(n: int) -> int: ...\n"
    assert seen(written(tmp_path, {"keys.py": lonely, "uses.py": uses})) == set()


def reader(key: str, result: str) -> str:
    """A module with one caching function."""
    return f"from typed_cache import Cache\n@Cache(key={key!r})\ndef get(n: int) -> {result}: ...\n"


def test_what_the_command_leaves_out_is_left_out(tmp_path: Path) -> None:
    """Hidden folders, virtual environments and build output are not read."""
    users = reader("user_{n}", "str")
    others = {
        f"{folder}/users.py": reader("user_{n}", "bytes")
        for folder in (".history", ".venv/lib/app", "env/lib", "build/lib/app", "dist", "node_modules/app")
    }
    (tmp_path / "app" / "env").mkdir(parents=True)
    (tmp_path / "app" / "env" / "pyvenv.cfg").touch()
    package = written(tmp_path, {"users.py": users, **others})
    assert seen(package) == set()


def test_a_file_that_is_gone_accuses_nobody(tmp_path: Path) -> None:
    """A daemon of mypy does not say that a file was removed."""
    package = written(tmp_path, {"a.py": reader("user_{n}", "int"), "b.py": reader("user_{n}", "str")})
    neighbours = Neighbours()
    assert list(neighbours.accused("app.b", str(package / "b.py"))) == [2]

    (package / "a.py").unlink()
    assert list(neighbours.accused("app.b", str(package / "b.py"))) == []


def test_what_has_changed_is_seen_when_it_is_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are looked at once, and again after `forget`; read they are only where they have changed."""
    package = written(tmp_path, {"a.py": reader("user_{n}", "int"), "b.py": reader("user_{n}", "str")})
    neighbours = Neighbours()
    path = str(package / "b.py")
    assert list(neighbours.accused("app.b", path)) == [2]
    assert list(neighbours.modules("app.b", path)) == ["app.a"]

    (package / "a.py").write_text(reader("another_{n}", "int"))
    assert list(neighbours.accused("app.b", path)) == [2]
    neighbours.forget()
    assert list(neighbours.accused("app.b", path)) == []

    monkeypatch.setattr(Path, "read_bytes", no_parsing)
    neighbours.forget()
    assert list(neighbours.accused("app.b", path)) == []


def test_modules_of_a_package_alone_are_neighbours(tmp_path: Path) -> None:
    """Modules outside any package are beside those in their folder; installed ones are nobody's to mend."""
    (tmp_path / "a.py").write_text(reader("user_{n}", "int"))
    (tmp_path / "b.py").write_text(reader("user_{n}", "str"))
    written(tmp_path, {"c.py": reader("user_{n}", "bytes")})
    neighbours = Neighbours()
    assert list(neighbours.accused("b", str(tmp_path / "b.py"))) == [2]
    assert list(neighbours.accused("app.c", str(tmp_path / "app" / "c.py"))) == []
    assert list(neighbours.accused("b", str(tmp_path / "b.pyi"))) == []

    package = written(tmp_path / "site-packages", {"a.py": reader("x", "int"), "b.py": reader("x", "str")})
    assert list(neighbours.accused("app.b", str(package / "b.py"))) == []
