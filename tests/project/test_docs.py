"""The pages of the site say what the code says; their Python blocks are tests of their own."""

import re
from pathlib import Path
from typing import Final

from typed_cache.template import RULES

DOCS: Final = Path(__file__).parents[2] / "docs"
PAGES: Final = sorted(path.stem for path in DOCS.glob("*.md"))


def rules_table() -> str:
    """Return the table of rules as docs/keys.md has to show it."""
    rows = [
        f"| {rule.code} | `{rule.name}` | {rule.title} | {rule.remedy} | {rule.at_import} |"
        for rule in RULES.values()
    ]
    return "\n".join(
        ["| code | name | problem | remedy | at import |", "| --- | --- | --- | --- | --- |", *rows]
    )


def test_rules_on_the_page_are_the_rules_of_the_code() -> None:
    """docs/keys.md shows the rules in the words of `typed_cache.template.RULES`."""
    page = (DOCS / "keys.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- rules: .*? -->\n(.*?)\n<!-- /rules -->", page, re.DOTALL)

    assert shown is not None
    assert shown[1].strip() == rules_table()


def test_every_page_can_be_found() -> None:
    """No page is left out of the contents."""
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    listed = re.findall(r"^[a-z-]+$", index, re.MULTILINE)

    assert sorted(listed) == [page for page in PAGES if page != "index"]


def test_links_between_pages_lead_somewhere() -> None:
    """A page links to no page that is not there."""
    for page in PAGES:
        text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+\.md)", text):
            assert (DOCS / target).exists(), f"{page}.md links to {target}"


def test_glossary_is_sorted() -> None:
    """A word is found where one looks for it."""
    words = re.findall(r"^([a-z ]+)\n:", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert words
    assert words == sorted(words)
