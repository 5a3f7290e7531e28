"""What a call does, as a table: the steps a plan takes for the answers it gets."""

from datetime import timedelta

import pytest

from typed_cache import BackendError, Policy
from typed_cache.client import Miss
from typed_cache.loading._plan import (
    FAILED,
    RUN,
    UNREACHABLE,
    Ask,
    Plan,
    Run,
    Terms,
    load,
    miss_of,
    replace,
    withdraw,
)

HOUR = timedelta(hours=1)
TERMS = Terms(HOUR, Policy())
NO_NONE = Terms(HOUR, Policy(cache_none=False))


def steps_of(plan: Plan, *answers: object) -> tuple[list[str], object]:
    """Run a plan on these answers; return the names of its steps and what it returns."""
    taken: list[str] = []
    answer: object = None
    for following in (*answers, None):
        try:
            step: Ask | Run = plan.send(answer)
        except StopIteration as done:
            return taken, done.value
        taken.append("run" if step is RUN else step.operation if isinstance(step, Ask) else "?")
        answer = following
    raise AssertionError("the plan wants more answers")


@pytest.mark.parametrize(
    ("plan", "answers", "steps"),
    [
        (load(Miss(), "k", TERMS), ["claim", "value", True], ["claim", "run", "write"]),
        (load(Miss(), "k", TERMS), ["claim", "value", False], ["claim", "run", "write"]),
        (load(Miss(), "k", TERMS), [FAILED, "value"], ["claim", "run"]),
        (load(Miss(), "k", TERMS), ["claim", None, True], ["claim", "run", "write"]),
        (load(Miss(), "k", NO_NONE), ["claim", None], ["claim", "run"]),
        (load(UNREACHABLE, "k", TERMS), ["value"], ["run"]),
        (replace("k", TERMS), ["claim", "value", True], ["claim", "run", "write"]),
        (replace("k", TERMS), ["claim", "value", False, None], ["claim", "run", "write", "invalidate"]),
        (replace("k", TERMS), ["claim", "value", FAILED, None], ["claim", "run", "write", "invalidate"]),
        (replace("k", TERMS), [FAILED, "value", None], ["claim", "run", "invalidate"]),
        (replace("k", NO_NONE), ["claim", None, None], ["claim", "run", "invalidate"]),
        (withdraw("k"), ["value", None], ["run", "invalidate"]),
        (withdraw("k"), ["value", FAILED], ["run", "invalidate"]),
    ],
)
def test_steps(plan: Plan, answers: list[object], steps: list[str]) -> None:
    """A value that could not be stored in place of another takes that other with it."""
    taken, value = steps_of(plan, *answers)

    assert taken == steps
    assert value == answers[steps.index("run")]


def test_a_write_carries_the_claim() -> None:
    """What was claimed before the load is handed back with the value."""
    plan = load(Miss(), "k", TERMS)
    plan.send(None)
    plan.send("the claim")

    assert plan.send("value") == Ask("write", ("k", "value", HOUR, "the claim"))


@pytest.mark.parametrize(
    ("error", "unreachable"),
    [(BackendError("down"), True), (ConnectionResetError(), True), (ValueError("odd bytes"), False)],
)
def test_a_backend_that_does_not_answer(error: Exception, *, unreachable: bool) -> None:
    """Only that keeps a value from being stored: bytes that a client cannot read are overwritten."""
    assert (miss_of(error) is UNREACHABLE) is unreachable
    assert miss_of(error).reason == "error"
