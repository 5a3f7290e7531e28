"""Every rule is explained by an example that is true."""

from pathlib import Path

import pytest

from typed_cache.checker._examples import EXAMPLES
from typed_cache.checker._explain import page_of
from typed_cache.template import RULES

from .conftest import Run, Write

PAGES = Path(__file__).parents[2] / "docs" / "rules"


@pytest.mark.parametrize("code", RULES)
def test_example_breaks_its_rule_and_no_other(code: str, write: Write, run: Run) -> None:
    """The wrong example is found wrong by that rule, and the right one by none."""
    write("wrong.py", EXAMPLES[code].wrong, head="")
    write("right.py", EXAMPLES[code].right, head="")

    assert set(run("check", "wrong.py").codes) - ({"TC004"} if code == "TC010" else set()) == {code}
    assert run("check", "right.py").codes == []


@pytest.mark.parametrize("code", RULES)
def test_page_in_the_docs_is_the_explanation(code: str) -> None:
    """docs/rules/ is made by `typed-cache explain CODE --format markdown`."""
    assert (PAGES / f"{code}.md").read_text(encoding="utf-8") == page_of(RULES[code])


def test_no_page_for_no_rule() -> None:
    """A rule that has gone takes its page along."""
    assert sorted(path.stem for path in PAGES.glob("TC*.md")) == sorted(RULES)


def test_explain_a_rule(run: Run) -> None:
    """By its code or its name, with both examples and how to silence it."""
    answer = run("explain", "tc004")

    assert answer == run("explain", "left-out-parameter")
    assert answer.out.startswith("TC004 left-out-parameter\n")
    assert "Wrong:" in answer.out
    assert "`# noqa: TC004`" in answer.out
    assert "`# type: ignore[cache-left-out-parameter]`" in answer.out


def test_explain_all(run: Run) -> None:
    """Without a code, every rule in a line."""
    assert [line.split()[0] for line in run("explain").out.splitlines()] == list(RULES)


def test_explain_as_a_page(run: Run) -> None:
    """The page of the docs can be made by the command."""
    assert run("explain", "TC001", "--format", "markdown").out == page_of(RULES["TC001"])
