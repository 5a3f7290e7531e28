"""Properties of the text of values: injective, safe for every backend, independent of order."""

import datetime as dt
import decimal
import fractions
import math
import re
import uuid
import zoneinfo

from hypothesis import given, settings
from hypothesis import strategies as st

from typed_cache.template import key_text
from typed_cache.template._forms import CONTINUING

# strings made of the encoding's own alphabet, to look for texts that pass for another value's
adversarial = st.text("_'%#,.:()[]{}=?@-0123456789abexnfilotTuN ", max_size=8)
texts = st.text(st.characters(), max_size=6) | adversarial
zones = st.sampled_from([None, dt.UTC, zoneinfo.ZoneInfo("Europe/Berlin"), zoneinfo.ZoneInfo("UTC")])
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    texts,
    st.binary(max_size=6),
    st.decimals(allow_nan=False),
    st.just(decimal.Decimal("nan")),
    st.fractions(),
    st.uuids(),
    st.dates(),
    st.times(),
    st.datetimes(timezones=zones),
    st.timedeltas(),
    st.sampled_from([int, str, fractions.Fraction, re.RegexFlag.I, re.RegexFlag.I | re.RegexFlag.M]),
)
hashables = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.frozensets(inner, max_size=3),
    max_leaves=5,
)
values = st.recursive(
    hashables,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(hashables, inner, max_size=3),
        st.sets(hashables, max_size=3),
    ),
    max_leaves=6,
)


bare = st.integers(-30, 30) | st.floats() | st.text("abe01", max_size=3) | st.dates()


def _identity(value: object) -> str:
    """What a function can tell about a value: its type and content, order where it counts."""
    if isinstance(value, dict):
        inside = sorted(f"{_identity(key)}: {_identity(item)}" for key, item in value.items())
    elif isinstance(value, set | frozenset):
        inside = sorted(map(_identity, value))
    elif isinstance(value, list | tuple):
        inside = list(map(_identity, value))
    else:
        inside = [repr(value)]
    return f"{type(value)}{inside}"


@settings(max_examples=250)
@given(values, values)
def test_injective(one: object, other: object) -> None:
    """Values that differ have texts that differ; values that are the same have the same text."""
    assert (key_text(one) == key_text(other)) == (_identity(one) == _identity(other))


@given(bare, st.text("0123456789abcexn.(+-_,'", min_size=1, max_size=2), bare)
def test_no_text_runs_on_unnoticed(one: object, more: str, other: object) -> None:
    """A text goes on inside a longer one only with a character that builders know about."""
    short, long = key_text(one), key_text(other)
    assert len(long) <= len(short) or not long.startswith(short) or long[len(short)] in CONTINUING
    if more[0] not in CONTINUING:
        assert key_text(short + more) != short + more


@settings(max_examples=200)
@given(values)
def test_printable(value: object) -> None:
    """A text is printable ASCII without spaces, and without the mark of a shortened key."""
    assert re.fullmatch(r"[!-~]+", key_text(value))
    assert "#" not in key_text(value)


@given(st.lists(st.tuples(hashables, values), max_size=5))
def test_order_free(pairs: list[tuple[object, object]]) -> None:
    """A dict or a set has one text, in whatever order it was filled."""
    table = dict(pairs)
    assert key_text(dict(reversed(table.items()))) == key_text(table)
    backwards = list(reversed(table))
    assert key_text(set(backwards)) == key_text(set(table))


@given(adversarial, adversarial)
def test_strings(one: str, other: str) -> None:
    """Strings of the encoding's own alphabet stay apart from each other and from what they imitate."""
    assert (key_text(one) == key_text(other)) == (one == other)
    assert key_text(one) != key_text(None)
    assert key_text(f"{key_text(one)}") == key_text(one) or key_text(one) != one


@given(st.floats())
def test_floats(number: float) -> None:
    """A float reads back to itself, and is never an int's text."""
    text = key_text(number)
    inner = text.removeprefix("float(").removesuffix(")")
    assert math.isnan(number) if inner == "nan" else float(inner) == number
    assert not re.fullmatch("-?[0-9]+", text)


@given(st.integers())
def test_integers(number: int) -> None:
    """An int reads back to itself, in decimal or in hexadecimal."""
    assert int(key_text(number), 0) == number


@given(st.uuids())
def test_uuid(value: uuid.UUID) -> None:
    """A UUID keeps its usual text."""
    assert key_text(value) == f"UUID({value})"
