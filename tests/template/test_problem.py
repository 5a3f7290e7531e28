"""How a problem is written down: the header, the place, the carets, the remedy."""

from pathlib import Path

import pytest

from typed_cache.template import FunctionFacts, Problem, check, facts_of, parse, render

FACTS = FunctionFacts("app.users", "get_user", "app/users.py", 14)


def get_user(user_id: int, *, verbose: bool = False) -> str:
    return f"{user_id}{verbose}"


def test_exact_text() -> None:
    """The text of a problem, to the letter."""
    facts = facts_of(get_user)
    facts = FunctionFacts("app.users", "get_user", "app/users.py", 14, facts.parameters)
    problem = check(facts, "user_{usr_id}")[0]
    assert render(problem, facts).splitlines() == [
        "TC002 unknown parameter 'usr_id' in the key of app.users.get_user",
        "  app/users.py:14",
        '    "user_{usr_id}"',
        "           ^^^^^^",
        "  get_user takes 'user_id', 'verbose'. Did you mean 'user_id'?",
    ]


def _carets(text: str) -> tuple[str, str]:
    """What the carets point at, cut out by their columns in a terminal."""
    problem = check(FACTS, text)[0]
    shown, carets = render(problem, FACTS).splitlines()[2:4]
    return shown, carets


@pytest.mark.parametrize(
    ("before", "columns"),
    [
        ("", 0),
        ("user_", 5),
        ('say "', 6),
        ("\t", 2),
        ("\n", 2),
        ("\x00", 4),
        ("\\", 2),
        ("é", 1),
        ("日本", 4),
        ("e\u0301", 1),
    ],
)
def test_carets_stand_under_the_place(before: str, columns: int) -> None:
    """Carets hold their place behind escapes, wide, combining and control characters."""
    _, carets = _carets(before + "{usr}")
    assert carets == " " * (4 + 1 + columns + 1) + "^^^"


def test_caret_without_width() -> None:
    """A place without width still gets one caret."""
    shown, carets = _carets("")
    assert (shown, carets) == ('    ""', "     ^")


def test_control_characters_are_escaped() -> None:
    """A template cannot break the lines of its own error."""
    shown, _ = _carets("a\nb\u2028{usr}")
    assert shown == '    "a\\nb\\u2028{usr}"'


def test_file_below_the_working_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file below the working directory is shown relative to it, any other as it is."""
    monkeypatch.chdir(tmp_path)
    facts = FunctionFacts("app", "f", str(tmp_path / "app" / "f.py"), 3)
    assert render(Problem("TC001", "x", "y"), facts).splitlines()[1] == f"  {Path('app', 'f.py')}:3"
    assert render(Problem("TC001", "x", "y"), FACTS).splitlines()[1] == "  app/users.py:14"


def test_line_of_the_body() -> None:
    """A problem that lies in the body shows its own line."""
    assert "  app/users.py:20" in render(Problem("TC005", "x", "y", line=20), FACTS)


def test_template_survives() -> None:
    """The template shown is the text that was written."""
    assert check(FACTS, "{{x}}{usr}")[0].template == parse("{{x}}{usr}").text
