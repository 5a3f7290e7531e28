"""Properties of built keys: different arguments have different keys, under any template and signature."""

import inspect
import itertools
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from typed_cache.template import compile_builder, facts_of, parse, signature_of

adversarial = st.text("_'%,.:()[]{}=?@-0129abexn", max_size=5)
values = st.one_of(
    st.integers(-200, 200),
    st.integers(),
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False),
    adversarial,
    st.text(max_size=3),
    st.binary(max_size=2),
    st.lists(adversarial | st.integers(0, 12), max_size=2).map(tuple),
    st.dictionaries(adversarial, st.integers(0, 12), max_size=2),
    st.dates(),
)
glue = st.text("_,.'2e-({:x \"\\é", max_size=3).map(lambda text: text.replace("{", "{{"))


def _compiled(template: str, parameters: str) -> Callable[..., str]:
    scope: dict[str, Callable[..., object]] = {}
    exec(f"def f({parameters}): ...", scope)
    function = scope["f"]
    return compile_builder(parse(template), facts_of(function), signature_of(function))


@st.composite
def templates(draw: st.DrawFn) -> str:
    """A template over a, b and c in some order, with anything or nothing between them."""
    names = draw(st.permutations("abc"))
    return draw(glue) + "".join(f"{{{name}}}{draw(glue)}" for name in names)


@settings(max_examples=250)
@given(templates(), st.lists(values, min_size=3, max_size=3), st.integers(0, 2), values)
def test_one_difference(template: str, arguments: list[object], place: int, other: object) -> None:
    """Argument lists that differ in one place have different keys."""
    build = _compiled(template, "a: int, b, c")
    changed = [*arguments[:place], other, *arguments[place + 1 :]]
    same = type(other) is type(arguments[place]) and repr(other) == repr(arguments[place])
    equal_dicts = isinstance(other, dict) and other == arguments[place]
    assert (build(*arguments) == build(*changed)) == (same or equal_dicts)


@settings(max_examples=250)
@given(templates(), *[st.lists(values, min_size=3, max_size=3)] * 2)
def test_any_difference(template: str, one: list[object], other: list[object]) -> None:
    """Argument lists that differ anywhere have different keys."""
    build = _compiled(template, "a, b, c: int")
    assert (build(*one) == build(*other)) == (_identity(one) == _identity(other))


def _identity(arguments: list[object]) -> str:
    return repr([sorted(value.items()) if isinstance(value, dict) else value for value in arguments])


@given(templates(), st.lists(values, min_size=3, max_size=3))
def test_safe_for_every_backend(template: str, arguments: list[object]) -> None:
    """A key is printable ASCII without spaces, and without the mark of a shortened key."""
    key = _compiled(template, "a, b, c")(*arguments)
    assert re.fullmatch(r"[!-~]+", key)
    assert "#" not in key


@given(st.text("'", max_size=2), *[st.text("'_,ab", max_size=4)] * 4)
def test_neighbouring_strings(between: str, a: str, b: str, c: str, d: str) -> None:
    """No way to cut the same characters into two strings gives the same key."""
    build = _compiled(f"{{a}}{between}{{b}}", "a, b")
    assert (build(a, b) == build(c, d)) == ((a, b) == (c, d))


@given(values, values, values)
def test_spellings(a: object, b: object, c: object) -> None:
    """Positional, keyword and defaulted spellings of one call have one key."""
    scope: dict[str, Callable[..., object]] = {}
    exec("def f(a, b=default, *, c=default): ...", scope := {"default": 5})
    function = scope["f"]
    build = compile_builder(parse("{a}_{b}_{c}"), facts_of(function), signature_of(function))
    assert build(a, b, c=c) == build(c=c, b=b, a=a) == build(a, c=c, b=b)
    assert build(a) == build(a, 5, c=5) == build(c=5, a=a)


@given(st.lists(values, max_size=3), st.dictionaries(st.sampled_from("xyz"), values, max_size=3))
def test_variadic(args: list[object], kwargs: dict[str, object]) -> None:
    """The text of *args and **kwargs tells every call from one with another argument at either end."""
    build = _compiled("{args}_{kwargs}", "*args, **kwargs")
    key = build(*args, **kwargs)
    assert key == build(*args, **dict(reversed(kwargs.items())))
    assert key != build(*args, None, **kwargs)
    assert key != build(*args, **kwargs, more=1)


def test_the_builder_has_the_functions_signature() -> None:
    """Parameters keep their names, kinds and defaults."""
    build = _compiled("{a}", "a, /, b=1, *c, d=None, **e")
    assert str(inspect.signature(build)) == "(a, /, b=1, *c, d=None, **e)"


LOOKALIKES: list[object] = [
    *(None, True, False, 0, 1, 2, 12, 21, -1, 2**64, 2**70, 1.0, 0.5, 1.5, 2.1, 1e22, float("nan")),
    *("", "a", "b", "ab", "1", "12", "_", "'", "a'b", ",", "(", ")", "a(", "1.5", ".5", "e5", "x1", "0x1"),
    *(b"", b"a", (), (1,), ("a",), (1, 2), ("_", None), ("a", ("b",)), (("a", "b"),), [], [1], ["a,b"]),
    *(["a", "b"], {}, {"a": 1}, {1: "a"}, set[int](), {1}, frozenset({1}), int, str),
]


@pytest.mark.parametrize(
    "between",
    [
        "",
        "_",
        ".",
        "2",
        "(",
        ")",
        ",",
        "'",
        "x",
        "e",
        "-",
        "+",
        "?",
        "1.",
        ":",
        "@",
        "=",
        "[",
        ".5",
        "0x",
        "%",
        "#",
        " ",
    ],
)
@pytest.mark.parametrize(("before", "behind"), [("", ""), ("1", "1"), ("k_", ".x")])
def test_lookalikes(before: str, between: str, behind: str) -> None:
    """No two of all pairs of values that look like each other share a key."""
    build = _compiled(f"{before}{{a}}{between}{{b}}{behind}", "a, b")
    keys = {build(a, b) for a, b in itertools.product(LOOKALIKES, repeat=2)}
    assert len(keys) == len(LOOKALIKES) ** 2
