"""The grammar of key templates: what reads, and what is wrong with what does not."""

import pytest

from typed_cache.template import KeyTemplate, Literal, Placeholder, parse


def test_literals_and_placeholders() -> None:
    """A template is cut into literals and placeholders, each with its place."""
    assert parse("user_{user_id}!").parts == (
        Literal("user_", (0, 5)),
        Placeholder(("user_id",), (6, 13)),
        Literal("!", (14, 15)),
    )


def test_attribute_path() -> None:
    """A placeholder may read attributes, and knows where each name stands."""
    part = parse("{order.user.id}").placeholders[0]
    assert (part.parameter, part.attributes) == ("order", ("user", "id"))
    assert [part.span_of(index) for index in range(3)] == [(1, 6), (7, 11), (12, 14)]


def test_doubled_braces() -> None:
    """Doubled braces are literal ones, and join their neighbours."""
    assert parse("{{a}}{b}").parts == (Literal("{a}", (0, 5)), Placeholder(("b",), (6, 7)))


def test_literal_template() -> None:
    """A literal template takes its text as it is, braces included."""
    template = KeyTemplate.literal("f.<locals>.{x}")
    assert template.placeholders == ()
    assert parse(str(template)).parts == (Literal("f.<locals>.{x}", (0, 16)),)


@pytest.mark.parametrize(
    ("text", "message", "span"),
    [
        ("", "an empty key", (0, 0)),
        ("a_{}", "a positional field '{}'", (2, 4)),
        ("a_{0}", "a positional field '{0}'", (2, 5)),
        ("{a[0]}", "indexing in '{a[0]}'", (0, 6)),
        ("{a!r}", "a conversion in '{a!r}'", (0, 5)),
        ("{a:>3}", "a format spec in '{a:>3}'", (0, 6)),
        ("x{a", "a '{' that is never closed", (1, 2)),
        ("x{a{b}", "a '{' that is never closed", (1, 2)),
        ("a}b", "a '}' that closes nothing", (1, 2)),
        ("{a.}", "an empty name in '{a.}'", (0, 4)),
        ("{.a}", "an empty name in '{.a}'", (0, 4)),
        ("{a..b}", "an empty name in '{a..b}'", (0, 6)),
        ("{a-b}", "'a-b', which is no name, in '{a-b}'", (0, 5)),
        ("{ a }", "' a ', which is no name, in '{ a }'", (0, 5)),
        ("{class}", "the keyword 'class' in '{class}'", (0, 7)),
        ("{a.if}", "the keyword 'if' in '{a.if}'", (0, 6)),
    ],
)
def test_malformed(text: str, message: str, span: tuple[int, int]) -> None:
    """Every kind of malformed text has its own message, place and remedy."""
    (fault,) = parse(text).faults
    assert (fault.message, fault.span) == (message, span)
    assert fault.remedy.endswith(".")


def test_remedy_drops_the_format() -> None:
    """The remedy for a conversion or a format spec is the placeholder without it."""
    assert "'{price}'" in parse("{price:.2f}").faults[0].remedy
    assert "'{price}'" in parse("{price!r}").faults[0].remedy


def test_reading_goes_on_behind_a_fault() -> None:
    """All faults of a text are found at once, and good placeholders among them."""
    template = parse("{}_{a}_{b!s}")
    assert [fault.message for fault in template.faults] == [
        "a positional field '{}'",
        "a conversion in '{b!s}'",
    ]
    assert [part.path for part in template.placeholders] == [("a",)]


def test_place_of_a_key_function() -> None:
    """`{...}` is a placeholder of its own kind, and reads back as it was written."""
    template = parse("user_{user_id}_{...}")

    assert template.has_key_function
    assert [part.is_key_function for part in template.placeholders] == [False, True]
    assert str(template) == template.text
    assert not parse("user_{user_id}").has_key_function
    assert parse("{....}").faults[0].message == "an empty name in '{....}'"
