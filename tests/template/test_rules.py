"""The rules: what is wrong with a template, a signature, or the two together."""

import dataclasses
import pickle
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from typed_cache.errors import KeyTemplateError, KeyTemplateWarning
from typed_cache.template import (
    RULES,
    UNKNOWN,
    FunctionFacts,
    Missing,
    StateRead,
    Unknown,
    check,
    expire_problem,
    facts_of,
    generator_problem,
    read_once_problem,
    render,
    report,
    template_of,
    view_of,
)


@dataclasses.dataclass
class User:
    id: int
    name: str

    def rename(self) -> None: ...


def get_user(user_id: int, lang: str = "en") -> None: ...
def by_user(user: User) -> None: ...
def nothing() -> None: ...
def callback(hook: Callable[[], int]) -> None: ...
def variadic(*args: int, **kwargs: int) -> None: ...


class Repo:
    def method(self, a: int) -> None: ...
    def only_self(self) -> None: ...


def plain(self: int, a: int) -> None: ...


method, only_self = Repo.method, Repo.only_self
Case = tuple[Callable[..., Any], str | None, dict[str, Any], list[str]]

BAD_INPUT: list[Case] = [
    (get_user, "", {"ignore": ["user_id", "lang"]}, ["TC001"]),
    (get_user, "{}", {}, ["TC001"]),
    (get_user, "{0}_{user_id}", {}, ["TC001"]),
    (get_user, "{user_id[0]}", {}, ["TC001"]),
    (get_user, "{user_id!r}", {}, ["TC001"]),
    (get_user, "{user_id:>3}", {}, ["TC001"]),
    (get_user, "{user_id", {}, ["TC001"]),
    (get_user, "user_id}", {}, ["TC001"]),
    (get_user, "{user id}", {}, ["TC001"]),
    (get_user, "{usr_id}_{user_id}_{lang}", {}, ["TC002"]),
    (get_user, "{usr_id}", {}, ["TC002"]),
    (nothing, "{a}", {}, ["TC002"]),
    (only_self, "{a}", {}, ["TC002"]),
    (get_user, "{usr_id}_{}_{lagn}", {}, ["TC002", "TC001", "TC002"]),
    (by_user, "{user.nmae}", {}, ["TC003"]),
    (by_user, "{user.id.real.imga}", {}, []),
    (by_user, "{user.id.raal}", {}, ["TC003"]),
    (by_user, "{user.rename}", {}, ["TC007"]),
    (callback, "{hook}", {}, ["TC007"]),
    (method, "{self}_{a}", {}, ["TC008"]),
    (plain, "{a}", {}, ["TC004"]),
    (plain, None, {}, ["TC006"]),
    (get_user, "{user_id}", {}, ["TC004"]),
    (get_user, "users", {}, ["TC004", "TC004"]),
    (variadic, "{args}", {}, ["TC004"]),
    (get_user, None, {}, ["TC006"]),
    (method, None, {}, ["TC006"]),
    (nothing, None, {"invalidate": True}, ["TC006"]),
    (get_user, "{user_id}_{lang}", {"ignore": ["lnag"]}, ["TC010"]),
    (get_user, "{user_id}_{lang}", {"ignore": ["lang"]}, ["TC010"]),
]


@pytest.mark.parametrize(("function", "key", "options", "codes"), BAD_INPUT)
def test_bad_input(
    function: Callable[..., Any], key: str | None, options: dict[str, Any], codes: list[str]
) -> None:
    """Every wrong template is told by its codes."""
    assert [problem.code for problem in check(facts_of(function), key, **options)] == codes


@pytest.mark.parametrize(
    ("function", "key", "options"),
    [
        (get_user, "{user_id}_{lang}", {}),
        (get_user, "{user_id}", {"ignore": ["lang"]}),
        (get_user, "{user_id}", {"invalidate": True}),
        (get_user, "users", {"invalidate": True}),
        (get_user, None, {"ignore": ["user_id", "lang"]}),
        (by_user, "{user}", {}),
        (by_user, "{user.id}", {}),
        (method, "{a}", {}),
        (plain, "{self}_{a}", {}),
        (plain, "{a}", {"ignore": ["self"]}),
        (method, "{self.tenant}_{a}", {}),
        (method, "{a}", {"ignore": ["self"]}),
        (method, "{self.tenant}_{a}", {"ignore": ["self"]}),
        (nothing, None, {}),
        (only_self, None, {}),
        (nothing, "all", {}),
        (variadic, "{args}_{kwargs}", {}),
        (get_user, "{{}}{user_id}{lang}", {}),
    ],
)
def test_accepted(function: Callable[..., Any], key: str | None, options: dict[str, Any]) -> None:
    """Nothing is wrong with a template that fits."""
    assert check(facts_of(function), key, **options) == []


def _remedy(function: Callable[..., Any], key: str | None, **options: Any) -> str:
    return check(facts_of(function), key, **options)[0].remedy


def test_did_you_mean() -> None:
    """A close name is offered, among all that there are."""
    assert _remedy(get_user, "{usr_id}") == "get_user takes 'user_id', 'lang'. Did you mean 'user_id'?"
    assert _remedy(get_user, "{zzz}") == "get_user takes 'user_id', 'lang'."
    assert _remedy(get_user, "{USER_ID}").endswith("Did you mean 'user_id'?")
    assert _remedy(by_user, "{user.nmae}") == "User has 'id', 'name'. Did you mean 'name'?"


def test_no_parameter_to_offer() -> None:
    """A function without parameters says so."""
    assert _remedy(nothing, "{a}") == "nothing takes no parameter."
    assert _remedy(only_self, "{a}") == "only_self takes no parameter besides 'self'."


def test_many_attributes_are_cut_short() -> None:
    """A type with many attributes lists the first, and how many more there are."""
    many = dataclasses.make_dataclass("Many", [(f"field_{index:02}", int) for index in range(20)])

    def function(many: Any) -> None: ...

    function.__annotations__["many"] = many
    assert _remedy(function, "{many.x}").endswith("'field_07' and 12 more.")


def test_attribute_that_is_there_twice() -> None:
    """What a front end names twice is listed once."""
    facts = facts_of(by_user)
    twice = facts.parameters[0]._replace(annotation=TwiceNamed())
    assert check(dataclasses.replace(facts, parameters=(twice,)), "{user.nmae}") == check(
        facts, "{user.nmae}"
    )


@dataclasses.dataclass(frozen=True)
class TwiceNamed:
    """A view whose candidates are repeated, as those of a class and of its base may be."""

    text: str = "User"

    def attribute(self, name: str, /) -> Missing:
        del name
        return Missing("User", ("name", "id", "name", "id"))

    def stability(self) -> Unknown:
        return UNKNOWN

    def shapes(self) -> Unknown:
        return UNKNOWN


def test_type_without_attributes() -> None:
    """A type that has nothing to name says so."""

    def function(rows: dict[str, int]) -> None: ...

    assert _remedy(function, "{rows.a}") == "dict has no attributes to name."


@dataclasses.dataclass
class Tenant:
    hook: Callable[[], int]
    region: str

    def change(self) -> None: ...


def test_receiver_is_given_an_example_that_is_there() -> None:
    """An attribute is only named where the class has it, and a key could hold it."""
    facts = facts_of(method)
    assert _remedy(method, "{self}_{a}") == "Name what tells one 'self' from another: one of its attributes."
    for cls, example in ((User, "id"), (Tenant, "region")):
        seen = facts.parameters[0]._replace(annotation=view_of(cls))
        problems = check(dataclasses.replace(facts, parameters=(seen, facts.parameters[1])), "{self}_{a}")
        assert problems[0].remedy == f"Name what tells one 'self' from another, as in '{{self.{example}}}'."


def test_left_out_names_both_ways_out() -> None:
    """A left-out parameter can be put into the key, or ignored on purpose."""
    remedy = _remedy(get_user, "{user_id}")
    assert "Put '{lang}' into the key, or say ignore=(\"lang\",)" in remedy


def test_no_key_writes_the_key() -> None:
    """key=None on a function with parameters is answered with a key to paste."""
    facts = facts_of(get_user)
    remedy = _remedy(get_user, None)
    assert "TC006 no key= for a function with parameters in the decorator of" in render(
        check(facts, None)[0], facts
    )
    assert 'Write key="get_user_{user_id}_{lang}", or ignore=("user_id", "lang")' in remedy


def test_no_key_to_invalidate() -> None:
    """An invalidating function without a key drops what nobody stores."""
    assert "which no other function builds" in _remedy(get_user, None, invalidate=True)


def test_spans_point_at_the_name() -> None:
    """Each problem has the place of the very name that is wrong."""
    problems = check(facts_of(by_user), "x_{usr}_{user.nmae}")
    assert [(p.template or "")[slice(*(p.span or (0, 0)))] for p in problems] == ["usr", "nmae"]


READS = (
    StateRead("self.tenant_id", 20, nameable=True),
    StateRead("LOCALE", 21, nameable=False),
)
STATEFUL = FunctionFacts("app", "Repo.get", "app.py", 18, receiver="self", reads=READS)


def test_state_left_out() -> None:
    """State that the body reads belongs in the key, and each problem shows its line."""
    problems = check(STATEFUL, "get")
    assert [(problem.code, problem.line) for problem in problems] == [("TC005", 20), ("TC005", 21)]
    assert "Put '{self.tenant_id}' into the key, or say ignore=(\"self\",)" in problems[0].remedy
    assert problems[1].remedy.endswith("Pass its value as a parameter.")


def test_state_in_the_key_or_ignored() -> None:
    """State that the key names, or that ignore= names, is accounted for."""
    facts = dataclasses.replace(STATEFUL, parameters=facts_of(only_self).parameters)
    assert [p.what for p in check(facts, "{self.tenant_id}")] == ["state 'LOCALE' left out"]
    assert [p.what for p in check(facts, "get", ignore=["self"])] == ["state 'LOCALE' left out"]
    assert check(facts, "get", invalidate=True) == []


def test_errors_are_raised_together() -> None:
    """One error lists every problem, in the order of the text, and keeps the codes through a pickle."""
    facts = facts_of(get_user)
    with pytest.raises(KeyTemplateError) as caught:
        report(check(facts, "{}_{usr_id}_{user_id}"), facts)
    error = pickle.loads(pickle.dumps(caught.value))
    assert error.codes == ("TC001", "TC002")
    assert str(error).startswith("TC001 a positional field '{}' in the key of")
    assert "TC002 unknown parameter 'usr_id'" in str(error)


def test_warnings_point_at_the_function() -> None:
    """What is only dangerous warns, at the decorated function's own file and line."""
    facts = facts_of(get_user)
    with pytest.warns(KeyTemplateWarning, match="TC004 parameter 'lang' left out") as caught:
        report(check(facts, "{user_id}"), facts)
    assert [(w.filename, w.lineno) for w in caught] == [(__file__, get_user.__code__.co_firstlineno)]


def test_warnings_can_be_filtered_by_module() -> None:
    """A filter by the user's module reaches the warning."""
    facts = facts_of(get_user)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings(
            "ignore", category=KeyTemplateWarning, module=facts.module.replace(".", r"\.")
        )
        report(check(facts, "{user_id}"), facts)
    assert facts.module == __name__


def test_function_of_no_module() -> None:
    """A function that was made without a module warns as well."""
    facts = dataclasses.replace(facts_of(get_user), module="")
    with pytest.warns(KeyTemplateWarning, match="TC004"):
        report(check(facts, "{user_id}"), facts)


def test_ignore_is_no_string() -> None:
    """ignore= given as a string is told as such, not letter by letter."""
    (problem,) = check(facts_of(get_user), "{user_id}", ignore="lang")
    assert (problem.code, problem.remedy) == (
        "TC010",
        'A string is taken apart into letters. Write ignore=("lang",).',
    )


def test_nothing_to_report() -> None:
    """No problem, no word."""
    with warnings.catch_warnings(record=True) as caught:
        report([], facts_of(nothing))
    assert caught == []


def test_rules_table() -> None:
    """Every code has a name, a title, a remedy, and what happens at import."""
    assert list(RULES) == [f"TC{number:03}" for number in range(1, 13)]
    assert all(code == rule.code and rule.name and rule.title and rule.remedy for code, rule in RULES.items())
    assert {code for code, rule in RULES.items() if rule.at_import == "warning"} == {
        "TC004",
        "TC005",
        "TC006",
        "TC009",
    }


def test_words_for_the_decorator() -> None:
    """The decorator's own refusals have their words here."""
    facts = facts_of(get_user)
    assert "TC012 a generator function in the decorator of" in render(generator_problem(facts), facts)
    assert "empty at the second call" in generator_problem(facts).remedy
    assert "dropped before it begins" in generator_problem(facts, invalidate=True).remedy
    assert read_once_problem(facts, "Iterator").remedy.endswith("Return a list or a tuple.")
    assert read_once_problem(facts, "Coroutine").remedy.endswith(
        "Make get_user an 'async def' that returns what it awaits."
    )
    assert "TC011 expire=True in the decorator of" in render(expire_problem("expire=True"), facts)


def test_template_of_no_key() -> None:
    """key=None stands for the qualified name, braces and all."""
    facts = FunctionFacts("app", "make.<locals>.get", "app.py", 1)
    assert str(template_of(None, facts)) == "make.<locals>.get"
    assert str(template_of("{a}", facts)) == "{a}"


def test_state_of_what_the_key_names() -> None:
    """A key that names a value accounts for what is read from that value."""
    read = StateRead("self.user.id", 20, nameable=True)
    facts = dataclasses.replace(STATEFUL, parameters=facts_of(only_self).parameters, reads=(read,))
    assert check(facts, "{self.user}") == []
    assert [problem.code for problem in check(facts, "{self.users}")] == ["TC005"]


def test_state_behind_a_misspelled_path() -> None:
    """Behind a typo may stand the state that is read of the receiver; other state is still asked for."""
    seen = facts_of(only_self).parameters[0]._replace(annotation=view_of(User))
    facts = dataclasses.replace(STATEFUL, parameters=(seen,))
    problems = check(facts, "{self.idd}")
    assert [(problem.code, problem.what) for problem in problems] == [
        ("TC003", "unknown attribute 'idd' of 'self'"),
        ("TC005", "state 'LOCALE' left out"),
    ]


def test_parameters_behind_a_key_function() -> None:
    """`{...}` may stand for any parameter and any state, so none is called left out; typos still are."""
    assert check(facts_of(get_user), "user_{...}") == []
    assert check(STATEFUL, "user_{...}") == []
    assert [problem.code for problem in check(facts_of(get_user), "{usr_id}_{...}")] == ["TC002"]


def test_key_function_of_an_invalidating_function() -> None:
    """It has none: the place is refused, with the handle to call instead."""
    (problem,) = check(facts_of(get_user), "user_{...}", invalidate=True)

    assert (problem.code, problem.span) == ("TC001", (6, 9))
    assert "get_user.invalidate(user_id)" in problem.remedy
