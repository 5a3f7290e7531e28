"""The quick reading of plain templates, held against the thorough one."""

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typed_cache.template import Literal, parse, plain_paths

pieces = st.sampled_from(
    [
        "{",
        "}",
        "{{",
        "}}",
        "{a}",
        "{a.b}",
        "{self.id}",
        "{é}",
        "{class}",
        "{a.if}",
        "{...}",
        "{a",
        ".",
        "x",
        "",
    ]
)
templates = st.lists(pieces, max_size=6).map("".join) | st.text("{}.ab_0é\n ", max_size=12)


@given(templates)
def test_same_paths(text: str) -> None:
    """What is called plain has no faults, and the placeholders that the grammar finds."""
    paths, template = plain_paths(text), parse(text)
    if paths is not None:
        assert template.faults == ()
        assert paths == [".".join(part.path) for part in template.placeholders]
        assert not template.has_key_function
        assert not any(
            "{" in part.text or "}" in part.text for part in template.parts if isinstance(part, Literal)
        )


@pytest.mark.parametrize("text", ["user_{user_id}", "{a.b.c}{_d}", "users", "é {a}\n"])
def test_ordinary_templates_are_plain(text: str) -> None:
    """Names of ASCII letters between any other text are read."""
    assert plain_paths(text) == [".".join(part.path) for part in parse(text).placeholders]


@pytest.mark.parametrize("word", list(keyword.kwlist))
def test_keywords_are_not_plain(word: str) -> None:
    """A keyword names nothing, wherever it stands in a path."""
    assert plain_paths(f"{{{word}}}") is None
    assert plain_paths(f"{{user.{word}}}") is None
