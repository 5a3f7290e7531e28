"""Properties of keys over generated signatures: one call has one key, however it is spelled."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from typed_cache.template import check, compile_builder, facts_of, parse, signature_of

NAMES = ("a", "text", "LARGE", "type", "self_", "größe")
DEFAULT = "by default"
values = st.integers(-5, 200) | st.none() | st.booleans() | st.text("_,'ab1", max_size=3) | st.floats(0, 2)


@dataclass(frozen=True)
class Built:
    """A function with a generated signature, and the builder of its keys."""

    positional: tuple[str, ...]
    flexible: tuple[str, ...]
    keyword: tuple[str, ...]
    defaulted: frozenset[str]
    build: Callable[..., str]

    @property
    def names(self) -> tuple[str, ...]:
        """All parameters."""
        return self.positional + self.flexible + self.keyword


@st.composite
def built(draw: st.DrawFn) -> Built:
    """A signature of all kinds of parameters, and a template that names them all in some order."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    cuts = sorted(draw(st.tuples(st.integers(0, len(names)), st.integers(0, len(names)))))
    positional, flexible, keyword = names[: cuts[0]], names[cuts[0] : cuts[1]], names[cuts[1] :]
    first_default = draw(st.integers(0, cuts[1]))
    defaulted = {
        *names[first_default : cuts[1]],
        *draw(st.sets(st.sampled_from(keyword)) if keyword else st.just(())),
    }
    annotated = draw(st.sets(st.sampled_from(names)))
    written = [
        name + (": number" if name in annotated else "") + (" = default" if name in defaulted else "")
        for name in names
    ]
    if keyword:
        written.insert(cuts[1], "*")
    if positional:
        written.insert(cuts[0], "/")
    scope: dict[str, Callable[..., object]] = {"default": DEFAULT, "number": int}  # type: ignore[dict-item]
    exec(f"def f({', '.join(written)}): ...", scope)
    key = draw(st.sampled_from(["", "_", ".", "1"])).join(
        f"{{{name}}}" for name in draw(st.permutations(names))
    )
    facts = facts_of(scope["f"])
    assert check(facts, key) == []
    build = compile_builder(parse(key), facts, signature_of(scope["f"]))
    return Built(tuple(positional), tuple(flexible), tuple(keyword), frozenset(defaulted), build)


@settings(max_examples=200)
@given(st.data(), built())
def test_spellings(data: st.DataObject, case: Built) -> None:
    """By position, by name or left to the default: one call has one key."""
    arguments = {name: data.draw(values) for name in case.names}
    arguments |= dict.fromkeys(data.draw(st.sets(st.sampled_from(case.names))) & case.defaulted, DEFAULT)
    by_position = [*case.positional, *case.flexible[: data.draw(st.integers(0, len(case.flexible)))]]
    by_name = {name: arguments[name] for name in case.names if name not in by_position}
    spelled = {name: value for name, value in by_name.items() if value != DEFAULT}
    plain = case.build(
        *(arguments[name] for name in case.positional + case.flexible),
        **{name: arguments[name] for name in case.keyword},
    )
    assert case.build(*(arguments[name] for name in by_position), **by_name) == plain
    assert case.build(*(arguments[name] for name in by_position), **spelled) == plain


@settings(max_examples=200)
@given(st.data(), built())
def test_one_difference(data: st.DataObject, case: Built) -> None:
    """Calls that differ in one argument have different keys."""
    arguments = {name: data.draw(values) for name in case.names}
    changed = data.draw(st.sampled_from(case.names))
    other = arguments | {
        changed: data.draw(values.filter(lambda value: repr(value) != repr(arguments[changed])))
    }

    def key(given: dict[str, object]) -> str:
        positional = [given[name] for name in case.positional + case.flexible]
        return case.build(*positional, **{name: given[name] for name in case.keyword})

    assert key(dict(arguments)) != key(dict(other))
