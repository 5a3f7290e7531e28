"""What a live callable tells about itself."""

import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from typed_cache.errors import DecorationError
from typed_cache.template import ParameterKind, Unseen, facts_of, signature_of


def test_names_kinds_and_defaults() -> None:
    """Every parameter is listed with its kind and whether it has a default."""

    def function(a: int, /, b: str = "", *args: int, c: float, **kwargs: str) -> None: ...

    found = [(p.name, p.kind, p.has_default) for p in facts_of(function).parameters]
    assert found == [
        ("a", ParameterKind.POSITIONAL_ONLY, False),
        ("b", ParameterKind.POSITIONAL_OR_KEYWORD, True),
        ("args", ParameterKind.VAR_POSITIONAL, False),
        ("c", ParameterKind.KEYWORD_ONLY, False),
        ("kwargs", ParameterKind.VAR_KEYWORD, False),
    ]


def test_annotations() -> None:
    """Annotations are seen as text; *args is a tuple and **kwargs a dict."""

    def function(a: int, b, *args: int, **kwargs: "str") -> None: ...  # type: ignore[no-untyped-def]  # noqa: ANN001

    texts = [parameter.annotation.text for parameter in facts_of(function).parameters]
    assert texts == ["int", "Any", "tuple[int, ...]", "dict[str, str]"]


def test_where_it_stands() -> None:
    """Module, qualified name, file and line lead the reader to the function."""

    def function() -> int:
        return 1

    facts = facts_of(function)
    assert facts.dotted == f"{__name__}.test_where_it_stands.<locals>.function"
    assert (facts.name, facts.file, facts.returns) == ("function", __file__, "int")
    assert facts.line == function.__code__.co_firstlineno


def test_forward_references_resolve_one_by_one() -> None:
    """One annotation that cannot be resolved leaves the others alone; closures count."""

    class Local: ...

    def function(a: "NotThere", b: "Local", c: "int") -> "Local":  # type: ignore[name-defined]  # noqa: F821
        return Local()

    function.__annotations__.update(a="NotThere")
    facts = facts_of(function)
    assert isinstance(facts.parameters[0].annotation, Unseen)
    assert facts.parameters[1].annotation.text.endswith("Local")
    assert facts.parameters[2].annotation.text == "int"


@pytest.mark.parametrize("name", ["self", "cls", "mcs", "mcls"])
def test_receiver(name: str) -> None:
    """A first parameter of that name is the receiver of a function that stands in a class."""
    scope: dict[str, Any] = {}
    exec(f"class Repo:\n def method({name}, a): ...", scope)
    exec(f"def make():\n class Repo:\n  def method({name}): ...\n return Repo", scope)
    assert facts_of(scope["Repo"].method).receiver == name
    assert facts_of(scope["make"]().method).receiver == name


@pytest.mark.parametrize("name", ["self", "cls"])
def test_no_receiver_outside_a_class(name: str) -> None:
    """Elsewhere it is a parameter like any other."""
    scope: dict[str, Any] = {}
    exec(f"def rows({name}, a): ...\ndef make():\n def rows({name}): ...\n return rows", scope)
    assert facts_of(scope["rows"]).receiver is None
    assert facts_of(scope["make"]()).receiver is None


def test_no_receiver() -> None:
    """Any other first parameter is none, and neither is a keyword-only one, or one behind a receiver."""

    class Repo:
        def this(this) -> None: ...  # noqa: N805  # the point

        def keyword(*, self: int) -> int:  # type: ignore[misc]  # so it is
            return self

        def behind(self, cls: type) -> None: ...

        def __call__(self, cls: type) -> None: ...

    assert facts_of(Repo.this).receiver is None
    assert facts_of(Repo.keyword).receiver is None
    assert facts_of(Repo().behind).receiver is None
    assert facts_of(Repo()).receiver is None


def test_generators() -> None:
    """Generator functions of both kinds are told from functions."""

    def generator() -> Iterator[int]:
        yield 1

    async def agenerator() -> Any:
        yield 1

    assert facts_of(generator).is_generator
    assert facts_of(agenerator).is_generator
    assert not facts_of(lambda: 1).is_generator


def test_own_signature() -> None:
    """What has a signature of its own is known by that, and stands where the wrapped function does."""

    def rows(session: object, limit: int) -> Iterator[int]:
        yield limit

    @functools.wraps(rows)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return list(rows(None, *args, **kwargs))

    limit = inspect.signature(rows).parameters["limit"]
    vars(wrapper)["__signature__"] = inspect.Signature([limit], return_annotation=list[int])
    facts = facts_of(wrapper)

    assert [parameter.name for parameter in facts.parameters] == ["limit"]
    assert (facts.returns, facts.is_generator) == ("list[int]", False)
    assert (facts.qualname, facts.line) == (rows.__qualname__, rows.__code__.co_firstlineno)


def test_partial() -> None:
    """What a partial binds is no argument any more, by position or by name."""

    def function(a: int, b: int, c: int, *, d: int) -> None: ...

    bound = functools.partial(functools.partial(function, 1), c=3)
    facts = facts_of(bound)
    assert [parameter.name for parameter in facts.parameters] == ["b", "d"]
    assert facts.name == "function"
    assert facts.parameters[0].annotation.text == "int"


def test_callable_object() -> None:
    """An object is known by its class's __call__, without self."""

    class Finder:
        def __call__(self, name: str) -> int:
            return len(name)

    facts = facts_of(Finder())
    assert [parameter.name for parameter in facts.parameters] == ["name"]
    assert facts.qualname.endswith("Finder.__call__")
    assert (facts.file, facts.receiver) == (__file__, None)


def test_wrapped_function() -> None:
    """A function behind functools.wraps is known as itself."""

    def function(a: int) -> int:
        return a

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    assert facts_of(wrapper) == facts_of(function)


def test_bound_method_and_class() -> None:
    """A bound method has no receiver left; a class is known by what it takes."""

    class Thing:
        def __init__(self, size: int) -> None:
            self.size = size

        def grow(self, by: int) -> int:
            return by

    assert [parameter.name for parameter in facts_of(Thing(1).grow).parameters] == ["by"]
    assert [parameter.name for parameter in facts_of(Thing).parameters] == ["size"]


@pytest.mark.parametrize("function", [dict.fromkeys, max, dict.update])
def test_no_signature(function: Callable[..., Any]) -> None:
    """A callable without a readable signature is refused with the reason."""
    try:
        inspect.signature(function)
    except ValueError:
        with pytest.raises(DecorationError, match="Wrap it in a function of your own"):
            signature_of(function)
    else:
        assert signature_of(function) == inspect.signature(function)
