"""Properties of the grammar, over generated texts."""

import keyword

from hypothesis import given
from hypothesis import strategies as st

from typed_cache.template import Literal, Placeholder, parse

names = st.from_regex(r"[a-zA-Z_é][a-zA-Z0-9_é]{0,5}", fullmatch=True).filter(
    lambda name: name.isidentifier() and not keyword.iskeyword(name)
)
placeholders = st.lists(names, min_size=1, max_size=3).map(lambda path: "{" + ".".join(path) + "}")
literals = st.text(max_size=8).map(lambda text: text.replace("{", "{{").replace("}", "}}"))
templates = st.lists(placeholders | literals, max_size=6).map("".join).filter(bool)


@given(st.text() | st.text("{}.!:[]ab0", max_size=30))
def test_reading_never_raises(text: str) -> None:
    """Any text is read: into parts that lie inside it, or into faults that do."""
    template = parse(text)
    for item in (*template.parts, *template.faults):
        start, end = item.span
        assert 0 <= start <= end <= len(text)


@given(templates)
def test_round_trip(text: str) -> None:
    """A well-formed template is written back as it was read."""
    template = parse(text)
    assert template.faults == ()
    assert str(template) == text
    assert parse(str(template)) == template


@given(templates)
def test_spans_show_the_source(text: str) -> None:
    """The place of every part holds what the part was read from."""
    for part in parse(text).parts:
        shown = text[slice(*part.span)]
        if isinstance(part, Placeholder):
            assert shown == ".".join(part.path)
        else:
            assert isinstance(part, Literal)
            assert shown.replace("{{", "{").replace("}}", "}") == part.text
