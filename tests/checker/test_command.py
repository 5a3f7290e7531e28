"""The command line: exit status, settings, silenced lines, help."""

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from typed_cache.checker import main
from typed_cache.checker._commands import COMMANDS

from .conftest import Run, Write

WRONG = """\
@Cache(key="{usr_id}")
def get(user_id: int) -> int:
    return user_id


@Cache(key="all")
def find(user_id: int) -> int:
    return user_id
"""


def test_exit_status(write: Write, run: Run) -> None:
    """0 is clean, 1 is findings."""
    write("right.py", "")
    write("wrong.py", WRONG)

    assert run("check", "right.py").status == 0
    assert run("check", "wrong.py").status == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--help",), "exit status: 0 nothing found"),
        (("--help",), "\ncommands:\n  check       find wrong keys"),
        (("check", "--help"), "examples:\n  typed-cache check src/ tests/"),
    ],
)
def test_help(arguments: tuple[str, ...], words: str, run: Run) -> None:
    """Help has examples, and says what there is."""
    answer = run(*arguments)

    assert words in answer.out
    assert "subcommand" not in answer.out
    assert answer.status == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "examples:\n  typed-cache check src/"),
        (("chekc",), "invalid choice: 'chekc'"),
        (("chekc", "src"), "invalid choice: 'chekc'"),
        (("--", "check"), "write the command first"),
        (("check",), "the following arguments are required: PATH"),
        (("check", "gone.py", ".", "lost"), "there is no file or folder 'gone.py', 'lost'."),
        (("check", ".", "--format", "xml"), "invalid choice: 'xml'"),
        (("check", ".", "--jobs", "0"), "'0' is no number of processes"),
        (("check", ".", "--select", "TC99"), "there is no rule 'TC99'. Did you mean TC009?"),
        (("check", ".", "--select", "unknown-paramter"), "Did you mean TC002?"),
        (("check", ".", "--ignore", "E501"), "there is no rule 'E501'"),
        (("explain", "TC099"), "there is no rule 'TC099'. Did you mean TC009?"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], words: str, run: Run) -> None:
    """2 is wrong usage, which standard error explains."""
    answer = run(*arguments)

    assert words in answer.err
    assert (answer.status, answer.out) == (2, "")


@pytest.mark.parametrize("arguments", [("empty",), ("empty", "app.py", "--exclude", "*.py")])
def test_nothing_to_check(arguments: tuple[str, ...], write: Write, run: Run, tmp_path: Path) -> None:
    """A run over no file is clean, and says on standard error that it was one."""
    (tmp_path / "empty").mkdir()
    write("app.py", WRONG)
    answer = run("check", *arguments)

    assert answer.status == 0
    assert answer.err.startswith("typed-cache: nothing to check: no Python file in 'empty'")


@pytest.mark.parametrize(("value", "coloured"), [(None, True), ("", True), ("1", False)])
def test_no_color(
    value: str | None, coloured: bool, write: Write, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR switches colour off on a terminal where it says anything."""
    write("app.py", "")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if value is not None:
        monkeypatch.setenv("NO_COLOR", value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    assert run("check", "app.py").out.startswith("\x1b[32m") == coloured


def test_version(run: Run) -> None:
    """The version is the package's."""
    assert run("--version").out.startswith("typed-cache 0.")


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ((), ["TC002", "TC004"]),
        (("--select", "TC004"), ["TC004"]),
        (("--ignore", "tc004,TC005"), ["TC002"]),
        (("--select", "unknown-parameter"), ["TC002"]),
        (("--ignore", "Unknown-Parameter, TC005"), ["TC004"]),
        (("--select", "TC001,TC002", "--ignore", "TC002"), []),
    ],
)
def test_select_and_ignore(arguments: tuple[str, ...], codes: list[str], write: Write, run: Run) -> None:
    """`--select` names the rules that count, `--ignore` takes some off."""
    write("wrong.py", WRONG)

    assert run("check", "wrong.py", *arguments).codes == codes


def test_settings_of_the_project(write: Write, run: Run, tmp_path: Path) -> None:
    """[tool.typed-cache] sets what the command line may set otherwise."""
    write("wrong.py", WRONG)
    write("gen/wrong.py", WRONG)
    text = '[tool.typed-cache]\nignore = ["TC002"]\nexclude = ["gen"]\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")

    assert run("check", ".").codes == ["TC004"]
    assert run("check", ".", "--ignore", "TC004").codes == ["TC002"]


def test_settings_name_rules_as_the_command_line_does(write: Write, run: Run, tmp_path: Path) -> None:
    """By code or name, in any case; what `--select` names counts, whatever the settings ignore."""
    write("wrong.py", WRONG)
    text = '[tool.typed-cache]\nignore = ["tc002", "left-out-parameter"]\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")

    assert run("check", ".").codes == []
    assert run("check", ".", "--select", "TC002,TC004").codes == ["TC002", "TC004"]
    assert run("check", ".", "--select", "TC002,TC004", "--ignore", "TC004").codes == ["TC002"]


def test_settings_are_looked_for_further_up(
    write: Write, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nearest pyproject.toml that has the table counts, from the working directory up."""
    write("app/src/wrong.py", WRONG)
    (tmp_path / "pyproject.toml").write_text('[tool.typed-cache]\nignore = ["TC002"]\n', encoding="utf-8")
    (tmp_path / "app/pyproject.toml").write_text("[project]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "app/src")

    assert run("check", ".").codes == ["TC004"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[tool.typed-cache]\nselekt = []\n", "[tool.typed-cache] knows select, ignore, exclude, not selekt"),
        ('[tool.typed-cache]\nselect = "TC001"\n', "[tool.typed-cache] select is a list of texts, such as"),
        ("[tool.typed-cache]\nselect = [1]\n", 'such as select = ["..."]'),
        ('[tool.typed-cache]\nselect = ["TC000"]\n', "[tool.typed-cache] select: there is no rule 'TC000'"),
        ('[tool.typed-cache]\nignore = ["E501"]\n', "[tool.typed-cache] ignore: there is no rule 'E501'"),
        ("[tool.typed_cache]\n", "[tool.typed_cache] is no name that is read. Write [tool.typed-cache]."),
        ("[tool]\ntyped-cache = 3\n", "tool.typed-cache is no table. Write [tool.typed-cache]"),
        ("[tool\n", "cannot be read"),
    ],
)
def test_settings_that_are_not_understood(text: str, words: str, run: Run, tmp_path: Path) -> None:
    """A slip in the settings is wrong usage; the file, the setting and the value are named."""
    path = tmp_path / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    answer = run("check", ".")

    assert words in answer.err
    assert str(path) in answer.err
    assert answer.status == 2


def test_settings_of_other_tools(write: Write, run: Run, tmp_path: Path) -> None:
    """A pyproject.toml that does not speak of this tool changes nothing."""
    write("wrong.py", WRONG)
    (tmp_path / "pyproject.toml").write_text("[tool.other]\nselect = 1\n", encoding="utf-8")

    assert run("check", "wrong.py").codes == ["TC002", "TC004"]


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ('@Cache(key="all")  # noqa: TC004\ndef f(a: int) -> int: ...', []),
        ('@Cache(key="all")\ndef f(a: int) -> int: ...  # noqa: TC004', []),
        (
            '@Cache(  # why: there is one only\n    key="all",  # noqa: TC004\n)\ndef f(a: int) -> int: ...',
            [],
        ),
        ('@Cache(key="all")  # noqa\ndef f(a: int) -> int: ...', []),
        ('@Cache(key="all")  # noqa: ARG001 # noqa: TC004\ndef f(a: int) -> int: ...', []),
        ('@Cache(key="all")  # noqa: ARG001 # noqa\ndef f(a: int) -> int: ...', []),
        ('@Cache(key="all")  # noqa: ARG001 # noqa: TC002\ndef f(a: int) -> int: ...', ["TC004"]),
        ('@Cache(key="all")  # NOQA:ARG001,TC004\ndef f(a: int) -> int: ...', []),
        ('@Cache(key="all")  # noqa: TC002\ndef f(a: int) -> int: ...', ["TC004"]),
        ('@Cache(key="all")\ndef f(a: int) -> int:\n    return a  # noqa: TC004', ["TC004"]),
        ('@Cache(key="all", expire=60)  # noqa: TC011\ndef f() -> int: ...', []),
        ('@Cache(key="all", expire=60)\ndef f() -> int: ...  # noqa: TC011', []),
        ('@Cache(key="all", expire=60)  # noqa: TC004\ndef f() -> int: ...', ["TC011"]),
        ('@Cache(key="all")\ndef f() -> int: ...\n@Cache(key="all")  # noqa: TC009\ndef g() -> str: ...', []),
    ],
)
def test_silenced_by_a_comment(source: str, codes: list[str], write: Write, run: Run) -> None:
    """`# noqa` with the code, on the decorator or the function's own line, silences a finding."""
    write("app.py", source)

    assert run("check", "app.py").codes == codes


def test_several_processes_find_the_same(write: Write, run: Run) -> None:
    """However many processes share the files, the report is the same, collisions across files included."""
    for number in range(60):
        write(
            f"m{number:02}.py",
            f'@Cache(key="same")\ndef f{number}() -> {"int" if number % 2 else "str"}: ...\n',
        )
    alone = run("check", ".", "--jobs", "1")
    shared = run("check", ".", "--jobs", "2")

    assert alone.codes == ["TC009"] * 59
    assert shared == alone


@pytest.mark.parametrize("program", [["-m", "typed_cache"]])
def test_as_a_module(program: list[str], write: Write, tmp_path: Path) -> None:
    """`python -m typed_cache` is the command."""
    write("wrong.py", WRONG)
    ran = subprocess.run(
        [sys.executable, *program, "check", "."], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 1
    assert "Found 2 problems in 1 of 1 file." in ran.stdout
    assert ran.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ("check . >&-", 2, "standard output is closed"),
        ("--help >&-", 2, "standard output is closed"),
        ("check . >/dev/full", 2, "standard output cannot be written: No space left on device."),
        ("explain >/dev/full", 2, "standard output cannot be written: No space left on device."),
        ("check . 2>&- >&-", 2, ""),
        ("check . 2>&- >/dev/null", 1, ""),
    ],
)
def test_output_that_cannot_be_written(
    arguments: str, status: int, told: str, write: Write, tmp_path: Path
) -> None:
    """It is told, without a traceback, and never with the status of a check that found nothing."""
    write("wrong.py", WRONG)
    program = f"{sys.executable} -m typed_cache {arguments}"
    ran = subprocess.run(["sh", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ran.returncode == status
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr


def test_reader_that_has_seen_enough(write: Write, tmp_path: Path) -> None:
    """A closed pipe ends the command as the signal would, in silence, and is no clean check."""
    for number in range(40):
        write(f"m{number}.py", WRONG * 20)
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "typed_cache", "check", "."],
        cwd=tmp_path,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)

    assert (ran.returncode, ran.stderr) == (141, b"")


def test_terminal_without_the_characters(write: Write, tmp_path: Path) -> None:
    """What the terminal cannot show is escaped."""
    write("app.py", '@Cache(key="größe_{b}")\ndef get() -> int: ...\n')
    ran = subprocess.run(
        [sys.executable, "-m", "typed_cache", "check", "."],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert r"gr\xf6\xdfe_{b}" in ran.stdout
    assert ran.stderr == ""


def test_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the command with the shell's own status, without a traceback."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("typed_cache.checker._check.check_all", interrupt)

    assert main(["check", os.devnull]) == 130


@pytest.mark.parametrize("name", COMMANDS)
def test_every_subcommand_has_help(name: str, run: Run) -> None:
    """Each subcommand says what it is for, with examples."""
    answer = run(name, "--help")

    assert answer.status == 0
    assert "examples:" in dedent(answer.out)
