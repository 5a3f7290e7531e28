"""The map: who touches which key, which keys can meet, and what there is to look at."""

from pathlib import Path
from textwrap import dedent

import pytest

from typed_cache.checker._index import index_of
from typed_cache.checker._map import Key, KeyMap, key_map
from typed_cache.checker._map_expiry import expiry_of, lifetime_shown
from typed_cache.checker._map_notes import notes_of
from typed_cache.checker._map_text import as_text
from typed_cache.checker._project import Project
from typed_cache.checker._values import UNSAID

HEAD = "from datetime import timedelta\nfrom typed_cache import Cache, handles\nHOUR = timedelta(hours=1)\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mapped(folder: Path, source: str, **others: str) -> KeyMap:
    (folder / "app.py").write_text(HEAD + dedent(source), encoding="utf-8")
    for name, text in others.items():
        (folder / f"{name}.py").write_text(HEAD + dedent(text), encoding="utf-8")
    return key_map(index_of(Project.of(["."])))


def shown(found: KeyMap) -> dict[str, list[str]]:
    return {key.template: [f"{t.role} {t.function}" for t in key.touches] for key in found.keys}


def kinds(found: KeyMap) -> list[tuple[str, str]]:
    return [(note.kind, note.touch.function) for note in notes_of(found)]


READER = """
    @Cache(key="user_{user_id}", expire=HOUR)
    def get_user(user_id: int) -> str: ...
"""


def test_functions_of_one_key(folder: Path) -> None:
    """Those whose templates differ only in names share a key."""
    found = mapped(
        folder,
        READER
        + """
    @Cache(key="user_{user_id}", put=True)
    def put_user(user_id: int) -> str: ...

    @Cache(key="user_{number}", invalidate=True)
    def drop_user(number: int) -> None: ...
""",
    )
    touches = ["reads app.get_user", "writes app.put_user", "invalidates app.drop_user"]
    assert shown(found) == {"user_{user_id}": touches}


def test_clients_are_apart(folder: Path) -> None:
    """The same template on two clients is two keys."""
    found = mapped(
        folder,
        READER
        + """
    @Cache(key="user_{user_id}", cache_client_name="b")
    def other(user_id: int) -> str: ...
""",
    )
    assert [key.client for key in found.keys] == ["", "b"]


def test_values_that_cannot_be_the_same(folder: Path) -> None:
    """Templates alike whose values never are alike are two keys."""
    found = mapped(
        folder,
        READER
        + """
    @Cache(key="user_{name}", expire=HOUR)
    def by_name(name: str) -> str: ...
""",
    )
    assert list(shown(found)) == ["user_{name}", "user_{user_id}"]
    assert [key.meets for key in found.keys] == [[], []]


def test_keys_that_meet(folder: Path) -> None:
    """A literal that another template's value can be is a meeting, and invalidations reach across."""
    found = mapped(
        folder,
        """
    @Cache(key="page_home")
    def home() -> str: ...

    @Cache(key="page_{name}", invalidate=True)
    def change(name: str) -> None: ...
""",
    )
    home, changed = found.keys
    assert (home.meets, changed.meets) == ([changed], [home])
    assert kinds(found) == []


def test_unnamed_client_meets_all(folder: Path) -> None:
    """A client that the source does not name may be any."""
    found = mapped(
        folder,
        READER
        + """
    @Cache(key="user_{user_id}", invalidate=True, client=make_client())
    def drop(user_id: int) -> None: ...
""",
    )
    assert [key.client for key in found.keys] == ["", "?"]
    assert kinds(found) == []


@pytest.mark.parametrize(
    "call",
    [
        "get_user.invalidate(1)",
        "handles(get_user).invalidate(1)",
        "import app; app.get_user.invalidate(1)",
        "partial(get_user.invalidate, 1)()",
        "drop = get_user.invalidate; drop(1)",
        "tasks.add_task(get_user.invalidate, 1)",
        "on_commit(lambda: get_user.invalidate(1))",
        "alias = get_user; alias.invalidate(1)",
    ],
)
def test_handles_used(folder: Path, call: str) -> None:
    """A function that calls a handle, or passes one on, touches the key."""
    found = mapped(folder, READER, jobs=f"from app import get_user\n\ndef forget() -> None:\n    {call}\n")

    assert shown(found)["user_{user_id}"] == ["reads app.get_user", "invalidates jobs.forget"]


@pytest.mark.parametrize("handle", ["peek", "entry"])
def test_handles_that_read(folder: Path, handle: str) -> None:
    """To look at an entry is to read it, and stores nothing."""
    source = f"    @Cache(key='a')\n    def a() -> str: ...\n    def look() -> None:\n        a.{handle}()\n"
    found = mapped(folder, source)

    assert shown(found) == {"a": ["reads app.a", "reads app.look"]}
    assert kinds(found) == [("never-invalidated", "app.a")]


def test_handle_that_is_replaced(folder: Path) -> None:
    """To assign to a handle, as a test does, is not to use it."""
    assert shown(mapped(folder, READER + "    get_user.invalidate = print\n")) == {
        "user_{user_id}": ["reads app.get_user"]
    }


def test_handle_call_of_a_module(folder: Path) -> None:
    """Outside all functions it is the module that calls."""
    found = mapped(folder, READER, jobs="from app import get_user\nget_user.refresh(1)\n")

    assert shown(found)["user_{user_id}"] == ["reads app.get_user", "writes jobs"]


METHODS = """
    class One:
        @Cache(key="one_{a}", expire=HOUR)
        def get(self, a: int) -> str: ...
        def forget(self) -> None:
            self.get.invalidate(1)

    class Two:
        @Cache(key="two_{a}", expire=HOUR)
        def get(self, a: int) -> str: ...
        @Cache(key="far_{a}", expire=HOUR)
        def far(self, a: int) -> str: ...

    def elsewhere(one: One, two: Two) -> None:
        one.get.invalidate(1)
        two.far.refresh(1)
        one.nothing.invalidate(1)
        print(one).invalidate(1)
        elsewhere.invalidate(1)
"""


def test_handle_calls_of_methods(folder: Path) -> None:
    """`self` is its class, and a name that one cached method has is that method; else nothing is guessed."""
    assert shown(mapped(folder, METHODS)) == {
        "far_{a}": ["reads app.Two.far", "writes app.elsewhere"],
        "one_{a}": ["reads app.One.get", "invalidates app.One.forget"],
        "two_{a}": ["reads app.Two.get"],
    }


def test_entry_that_stays_forever(folder: Path) -> None:
    """A reader that nothing expires, renews or invalidates is noted."""
    source = '    @Cache(key="user_{user_id}")\n    def get_user(user_id: int) -> str: ...\n'

    assert kinds(mapped(folder, source)) == [("never-invalidated", "app.get_user")]
    assert kinds(mapped(folder, source + "    get_user.refresh(1)\n")) == []


FORGOTTEN = """
    @Cache(key="user_{user_id}", cache_client_name="users")
    def get_user(user_id: int) -> str: ...
"""


@pytest.mark.parametrize(
    ("computed", "verdicts"),
    [
        ('invalidate=True, cache_client_name="users"', [("not-judged", "app.drop")]),
        ("invalidate=True, client=make_client()", [("not-judged", "app.drop")]),
        ('put=True, cache_client_name="users"', [("not-judged", "app.drop")]),
        ('invalidate=True, cache_client_name="orders"', [("never-invalidated", "app.get_user")]),
        ('cache_client_name="users"', [("never-invalidated", "app.get_user")]),
    ],
)
def test_computed_template_excuses_its_client(
    folder: Path, computed: str, verdicts: list[tuple[str, str]]
) -> None:
    """What a computed template may reach is not judged, and that is said; the rest is judged."""
    drop = f"    @Cache(key=input(), {computed})\n    def drop(user_id: int) -> str: ...\n"
    found = mapped(folder, FORGOTTEN + drop)

    assert "(computed)" in shown(found)
    assert kinds(found) == verdicts


def test_handle_of_a_computed_key_excuses_nothing(folder: Path) -> None:
    """It reaches the entries of its own reader."""
    search = """
    @Cache(key=input(), cache_client_name="users")
    def search(text: str) -> str: ...

    def drop() -> None:
        search.invalidate("x")
"""
    assert kinds(mapped(folder, FORGOTTEN + search)) == [("never-invalidated", "app.get_user")]


def test_number_of_what_is_not_judged(folder: Path) -> None:
    """The computed template is told how many entries it keeps from being judged."""
    found = mapped(
        folder,
        """
    @Cache(key="a_{x}")
    def a(x: int) -> str: ...
    @Cache(key="b_{x}")
    def b(x: int) -> str: ...
    @Cache(key=input(), invalidate=True)
    def drop(x: int) -> None: ...
""",
    )
    assert [note.text for note in notes_of(found)] == [
        "the keys that it invalidates are computed: 2 entries that never expire may be among them"
    ]


def test_invalidation_of_nothing(folder: Path) -> None:
    """A function that invalidates a key which none fills is noted."""
    found = mapped(
        folder,
        READER
        + """
    @Cache(key="usr_{user_id}", invalidate=True)
    def drop(user_id: int) -> None: ...
""",
    )
    assert kinds(found) == [("invalidates-nothing", "app.drop")]


@pytest.mark.parametrize(
    ("decorator", "told"),
    [
        ('key="usr_{user_id}"', "Did you mean 'user_{user_id}'?"),
        ('key="user_{user_id}", cache_client_name="b"', "Did you mean 'user_{user_id}' of the only client?"),
        ('key="something_else"', "compare the template with the reader's"),
    ],
)
def test_what_was_probably_meant(folder: Path, decorator: str, told: str) -> None:
    """A near miss is named, and so is the right template on a wrong client."""
    source = f"    @Cache({decorator}, invalidate=True)\n    def drop(user_id: int) -> None: ...\n"
    (note,) = notes_of(mapped(folder, READER + source))

    assert note.text.endswith(told)


def test_two_spellings(folder: Path) -> None:
    """Templates that differ only in a name are noted; attribute paths differ for a reason."""
    found = mapped(
        folder,
        READER
        + """
    class User:
        id: int

    @Cache(key="user_{user.id}", invalidate=True)
    def save(user: User) -> None: ...

    @Cache(key="user_{number}", invalidate=True)
    def drop(number: int) -> None: ...
""",
    )
    assert kinds(found) == [("spelled-differently", "app.drop")]


def test_unreadable_files(folder: Path) -> None:
    """What cannot be read is kept with the map."""
    (folder / "broken.py").write_text("def (", encoding="utf-8")

    assert [fault.path for fault in mapped(folder, READER).unreadable] == ["broken.py"]


def test_project_without_keys(folder: Path) -> None:
    """A project that caches nothing is told so."""
    assert as_text(mapped(folder, "")) == "No use of typed_cache.Cache found.\n"


@pytest.mark.parametrize(
    ("lifetime", "text"),
    [
        ("timedelta(hours=2)", "2h"),
        ("timedelta(seconds=1.5)", "1.5s"),
        ("timedelta(0)", "0s"),
        ("timedelta(seconds=-90)", "-1min 30s"),
        ("int()", "?"),
    ],
)
def test_lifetimes(folder: Path, lifetime: str, text: str) -> None:
    """A time to live is shown in its largest units; one that is computed is a question mark."""
    found = mapped(folder, f'    @Cache(key="a", expire={lifetime})\n    def a() -> str: ...\n')

    assert lifetime_shown(found.keys[0].touches[0].expire) == text


@pytest.mark.parametrize(
    ("lifetimes", "sentence"),
    [
        (["timedelta(hours=3)", "timedelta(hours=1)"], "expires after 1h or 3h"),
        (["HOUR", "None", "timedelta(days=2)"], "expires after 1h, 2d or never"),
        (["None"], "never expires"),
        (["int()", "HOUR"], "expires after 1h or a computed time"),
        (["timedelta(seconds=-1)"], "expire of -1s is refused"),
        (["HOUR", "timedelta(0)"], "expires after 1h; expire of 0s is refused"),
    ],
)
def test_expiry_of_a_key(folder: Path, lifetimes: list[str], sentence: str) -> None:
    """What several functions say is one sentence, the shortest time first."""
    functions = [
        f'    @Cache(key="a", expire={lifetime})\n    def f{number}() -> str: ...\n'
        for number, lifetime in enumerate(lifetimes)
    ]
    (key,) = mapped(folder, "".join(functions)).keys

    assert expiry_of(key) == sentence


def test_lifetime_that_is_not_said() -> None:
    """It is neither a time nor forever."""
    assert lifetime_shown(UNSAID) == "?"
    assert Key("", "a", None).fills == []
