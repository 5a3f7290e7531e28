"""Generated key builders: what they return, what they refuse, and the source that anybody can read."""

import datetime as dt
import functools
import inspect
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from typed_cache.errors import KeyValueError
from typed_cache.template import compile_builder, facts_of, parse, signature_of


def compiled(key: str, function: Callable[..., Any]) -> Callable[..., str]:
    return compile_builder(parse(key), facts_of(function), signature_of(function))


def source(key: str, function: Callable[..., Any]) -> str:
    return inspect.getsource(compiled(key, function))


class User:
    def __init__(self, user_id: int) -> None:
        self.id = user_id

    @property
    def broken(self) -> int:
        raise LookupError("no row")


class Nowhere(dt.tzinfo):
    def utcoffset(self, when: dt.datetime | None, /) -> None:
        return None


def one(user_id: int) -> None: ...
def two(a, b) -> None: ...  # type: ignore[no-untyped-def]  # noqa: ANN001
def by_user(user: User) -> None: ...


def test_plain_keys() -> None:
    """Ordinary templates with ordinary values read as they were written."""
    assert compiled("user_{user_id}", one)(42) == "user_42"
    assert compiled("xyz_{a}_{b}", two)(11, 22) == "xyz_11_22"
    assert compiled("country_{a}_{b}", two)("AU", None) == "country_AU__"
    assert compiled("user.{user_id}.orders", one)(7) == "user.7.orders"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("{a}{b}", "1,2"),
        ("{a}2{b}", "1,22"),
        ("{a}({b})", "1,(2)"),
        ("{a}_{b}", "1_2"),
        ("{a}'{b}", "1'2"),
        ("{a}.{b}", "1.2"),
        ("{a}x{b}", "1,x2"),
        ("{a}-{b}", "1-2"),
        ("é {a} %{b}#", "%C3%A9%201%20%252%23"),
        ("{{{a}}}{b}", "{1}2"),
        ('"{a}\\{b}', '"1\\2'),
    ],
)
def test_separators_and_escapes(key: str, text: str) -> None:
    """A separator stands only where a value could run on, and literals are made safe."""
    assert compiled(key, two)(1, 2) == text


def test_float_before_a_dot() -> None:
    """A float never runs into a dot behind it."""
    build = compiled("{a}.{b}", two)
    assert build(1.5, 2) == "float(1.5).2"
    assert build(1, 5.2) == "1.5.2"
    assert build(float("nan"), 1) == "float(nan).1"


def test_int_parameter_given_something_else() -> None:
    """An annotation is no promise: whatever comes has its own text."""
    build = compiled("user_{user_id}", one)
    keys = [build(value) for value in (1, True, 1.0, "1", None, 2**63, 10**30)]
    assert keys[:6] == ["user_1", "user_?1", "user_1.0", "user_'1'", "user__", "user_9223372036854775808"]
    assert len(set(keys)) == len(keys)


def test_attribute_path() -> None:
    """An attribute path is read at the call."""

    def function(order: Any) -> None: ...

    assert compiled("{order.user.id}", function)(type("Order", (), {"user": User(5)})) == "5"


def test_refused_argument() -> None:
    """A value without a stable text names the parameter, the place inside it, and the function."""
    with pytest.raises(KeyValueError) as caught:
        compiled("{a}_{b}", two)(1, {"x": [object()]})
    assert caught.value.parameter == "b"
    assert str(caught.value).splitlines()[0] == f"TC007 no stable text for 'b' in the key of {__name__}.two"
    assert "b[x][0] is an object, which has no stable text" in str(caught.value)


def test_refused_scalar() -> None:
    """A value without parts is refused in the same words."""
    with pytest.raises(KeyValueError, match="a has a time zone of the type Nowhere") as caught:
        compiled("{a}", two)(dt.datetime(2024, 1, 1, tzinfo=Nowhere()), 1)
    assert caught.value.parameter == "a"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("{user.nmae}", "user.nmae could not be read: AttributeError: 'User' object has no attribute 'nmae'"),
        ("{user.broken}", "user.broken could not be read: LookupError: no row"),
        ("{user}", "user is a "),
    ],
)
def test_refused_attribute(key: str, words: str) -> None:
    """An attribute that cannot be read is told with its path, and keeps its cause."""
    with pytest.raises(KeyValueError) as caught:
        compiled(key, by_user)(User(1))
    assert words in str(caught.value)
    assert caught.value.parameter == "user"
    assert caught.value.__cause__ is not None


def test_wrong_arguments() -> None:
    """Wrong arguments raise what the function itself would raise."""
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'user_id'"):
        compiled("{user_id}", one)()


def test_defaults_are_the_functions_own() -> None:
    """A default is handed over as the object it is, and never as text."""
    day = dt.date(2024, 1, 2)

    def function(day: dt.date = day, text: str = "'}{\"") -> None: ...

    assert compiled("{day}_{text}", function)() == "date(2024-01-02)_'%27}{\"'"


def test_partial() -> None:
    """What a partial binds is no part of the key."""
    build = compiled("{b}", functools.partial(two, 1))
    assert build(2) == "2"


SNAPSHOTS: list[tuple[str, str, str]] = [
    ("def f(): ...", "all", "def key_for():\n    return 'all'\n"),
    (
        "def f(user_id: int): ...",
        "user_{user_id}",
        """\
def key_for(user_id):
    if type(user_id) is not int or not -LARGE < user_id < LARGE:
        user_id = text(user_id, 'user_id')
    return f"user_{user_id}"
""",
    ),
    (
        "def f(code: str): ...",
        "country_{code}",
        """\
def key_for(code):
    return f"country_{text(code, 'code')}"
""",
    ),
    (
        "def f(a, b=1, *, c=None, d=True): ...",
        "{a}_{c}",
        """\
def key_for(a, b=1, *, c=None, d=True):
    return f"{text(a, 'a')}_{text(c, 'c')}"
""",
    ),
    (
        "def f(a, /, b='x', *args, c, **kwargs): ...",
        "{args}{kwargs}",
        """\
def key_for(a, /, b=default_b, *args, c, **kwargs):
    return f"{text(args, 'args')},{text(kwargs, 'kwargs')}"
""",
    ),
    (
        "def f(self, user): ...",
        "{self.tenant}_{user.id}",
        """\
def key_for(self, user):
    return f"{text(self, 'self', 'tenant')}_{text(user, 'user', 'id')}"
""",
    ),
    (
        "def f(a: int, b: int): ...",
        "{a}.{b}",
        """\
def key_for(a, b):
    if type(a) is not int or not -LARGE < a < LARGE:
        a = text_before_dot(a, 'a')
    if type(b) is not int or not -LARGE < b < LARGE:
        b = text(b, 'b')
    return f"{a}.{b}"
""",
    ),
    (
        "def f(a: int): ...",
        "{a}_{a.real}",
        """\
def key_for(a):
    return f"{text(a, 'a')}_{text(a, 'a', 'real')}"
""",
    ),
    (
        "def f(text, LARGE: int, key_for, default_text='x'): ...",
        "{text}_{LARGE}",
        """\
def key_for_(text, LARGE, key_for, default_text=default_default_text):
    if type(LARGE) is not int or not -LARGE_ < LARGE < LARGE_:
        LARGE = text_(LARGE, 'LARGE')
    return f"{text_(text, 'text')}_{LARGE}"
""",
    ),
    (
        "def f(type: int): ...",
        "{type}",
        """\
def key_for(type):
    return f"{text(type, 'type')}"
""",
    ),
    (
        "def f(a): ...",
        'say "{{{a}}}" \\n',
        """\
def key_for(a):
    return f"say%20\\"{{{text(a, 'a')}}}\\"%20\\\\n"
""",
    ),
    (
        "def f(größe: int): ...",
        "größe_{größe}",
        """\
def key_for(größe):
    if type(größe) is not int or not -LARGE < größe < LARGE:
        größe = text(größe, 'größe')
    return f"gr%C3%B6%C3%9Fe_{größe}"
""",
    ),
]


@pytest.mark.parametrize(("definition", "key", "expected"), SNAPSHOTS)
def test_source(definition: str, key: str, expected: str) -> None:
    """The generated source reads as if written by hand."""
    scope: dict[str, Any] = {}
    exec(definition, scope)
    assert source(key, scope["f"]) == expected


def test_traceback_shows_the_source() -> None:
    """A traceback through a builder shows its line, and the file tells whose it is."""
    try:
        compiled("{user}", by_user)(object())
    except KeyValueError as error:
        shown = "".join(traceback.format_exception(error))
    assert f'File "<typed_cache {__name__}.by_user key>", line 2' in shown
    assert "return f\"{text(user, 'user')}\"" in shown


def test_key_function_gets_every_argument() -> None:
    """The call of a key function stands in the source where `{...}` stands in the template."""

    def get(a: int, /, b: int, *args: int, c: int = 3, **kwargs: int) -> None: ...

    build = compile_builder(parse("x_{...}"), facts_of(get), signature_of(get), lambda *a, **kw: (a, kw))

    assert build(1, 2, 4, d=5) == "x_((1,2,4),{c=3,d=5})"
    assert "key_function(a, b, *args, c=c, **kwargs)" in inspect.getsource(build)
