"""The pieces of work that are counted; run under callgrind: `python -m benchmarks.instructions.pieces`.

A call is cut into steps by the source of its generated wrapper. A piece is the wrapper with a `return` put
before one of the lines that the call executes: it does what comes before that line, and no more. So the steps
are those of the code as it is, whatever becomes of it.

Prints, as JSON, the call and the step that each piece stops before, in the order in which they ran.
"""

import gc
import inspect
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import lru_cache
from itertools import count, islice
from types import FrameType, FunctionType
from typing import Any, Final

from benchmarks.instructions.callgrind import FEW, MANY
from typed_cache import Cache, CacheClientRam

Function = Callable[..., Any]
Loop = Callable[[int], object]

CAPACITY: Final = 1_000
ASKED: Final = [int(str(number)) for number in range(500, 510)]
"""Arguments that are equal to those that were stored under, and other objects."""

GO_ON: Final = ("except ", "except:", "else:", "elif ", "finally:")
"""How lines begin that go on with a statement, so that no `return` fits before them."""

FRESH: Final = count(10**6)
"""Numbers that were never asked for."""

HITS: Final = """\
{define} loop(calls, f=f, asked=asked):
    for _ in range(calls // 10):
        for n in asked:
            {call}
"""
MISSES: Final = """\
{define} loop(calls, f=f):
    for n in list(islice(fresh, calls)):
        {call}
"""


def write_loop(call: str, f: object = None, source: str = HITS) -> Loop:
    """Return a loop in code of its own, which the interpreter specializes for this call alone."""
    is_async = call.startswith("await ")
    names: dict[str, Any] = {"asked": ASKED, "fresh": FRESH, "islice": islice, "f": f}
    text = source.format(define="async def" if is_async else "def", call=call)
    exec(compile(text, "<loop>", "exec"), names)  # noqa: S102  # text from above, as `timeit` does
    loop: Function = names["loop"]
    return (lambda calls: drive(loop(calls))) if is_async else loop


def drive(coroutine: Any) -> None:
    """Run what awaits nothing that is not there."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise RuntimeError("the loop waits for something")


def keep(key: str, client: CacheClientRam[Any] | None = None) -> Callable[[Function], Any]:
    """Return a decorator with a RAM client of its own."""
    kept = client or CacheClientRam[Any](max_entries=CAPACITY)
    return Cache(key=key, client=kept, expire=timedelta(hours=1))


def bare(n: int) -> int:
    """Do nothing."""
    return n


@keep("square_{n}")
def square(n: int) -> int:
    """Return what need not be copied."""
    return n * n


@keep("scores_{n}")
def scores(n: int) -> list[int]:
    """Return what is copied for each caller."""
    return [n] * 10


@keep("fetch_{n}")
async def fetch(n: int) -> int:  # it stands for one that awaits
    """Return what is awaited."""
    return n * n


FULL: Final = CacheClientRam[Any](max_entries=CAPACITY)
UNFINISHED: Final = FULL._table.begun  # noqa: SLF001  # no user could leave a load under way
"""The loads that pieces of a miss leave behind; each piece begins without."""


@keep("fresh_{n}", FULL)
def fresh(n: int) -> int:
    """Be called with what was never asked for."""
    return n


class Users:
    """Has a method whose result is the same for all instances."""

    @keep("user_{n}")
    def get(self, n: int) -> int:
        """Return what need not be copied."""
        return n * n


class Tenants:
    """Has a method whose key names an attribute."""

    tenant: int = 7

    @keep("user_{self.tenant}_{n}")
    def get(self, n: int) -> int:
        """Return what need not be copied."""
        return self.tenant * n


def cut(wrapper: FunctionType, line: int) -> FunctionType:
    """Return the wrapper as it is up to `line`, counted from 1."""
    lines = inspect.getsource(wrapper.__code__).splitlines()
    indent = lines[line - 1][: -len(lines[line - 1].lstrip())]
    text = "\n".join([*lines[: line - 1], f"{indent}return", *lines[line - 1 :]])
    made: dict[str, FunctionType] = {}
    exec(compile(text, "<cut>", "exec"), wrapper.__globals__, made)  # noqa: S102  # a wrapper's own source
    return made[wrapper.__name__]


def lines_of(wrapper: FunctionType, call: Loop) -> list[tuple[int, str]]:
    """Return the lines of `wrapper` that a call executes, in order, each with its text.

    Those that go on with a statement are no steps: what they take is part of the step before them.
    """
    lines = inspect.getsource(wrapper.__code__).splitlines()
    met: dict[int, str] = {}

    def trace(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code is not wrapper.__code__:
            return None
        if event == "line":
            met.setdefault(frame.f_lineno, lines[frame.f_lineno - 1].strip())
        return trace

    before = sys.gettrace()  # that of a measurement of coverage, in tests
    sys.settrace(trace)
    try:
        call(10)
    finally:
        sys.settrace(before)
    return [(line, text) for line, text in met.items() if not text.startswith(GO_ON)]


def pieces_of(call: str, function: FunctionType, source: str = HITS) -> Iterator[tuple[str, Loop]]:
    """Yield the pieces of a call of a cached function, each with the step that it stops before."""
    warm(whole := write_loop(call, function, source))
    yield "the call", write_loop("pass", None, source)
    for line, text in lines_of(function, whole):
        yield text, write_loop(call, cut(function, line), source)
    yield "", whole


def pieces_of_method(users: type) -> Iterator[tuple[str, Loop]]:
    """Yield the pieces of a call of a cached method `get`, that of an instance of `users`."""
    method = vars(users)["get"]
    warm(whole := write_loop("f.get(n)", users()))
    yield "the look-up of `get`, which binds it", write_loop("pass")
    yield "the call", write_loop("f.get", users())
    for line, text in lines_of(method.func, whole):
        shorter = type("Users", (users,), {"get": method.around(cut(method.func, line))})
        yield text, write_loop("f.get(n)", shorter())
    yield "", whole


def pieces_of_yardstick(function: Function, source: str = HITS) -> Iterator[tuple[str, Loop]]:
    """Yield the two pieces of a call that is not cut."""
    warm(whole := write_loop("f(n)", function, source))
    yield "the call", write_loop("pass", None, source)
    yield "", whole


def warm(loop: Loop) -> None:
    """Let a cache fill, a loop be specialized, and the counts of uses grow out of the small integers."""
    loop(6 * CAPACITY)


def pieces() -> Iterator[tuple[str, Iterator[tuple[str, Loop]]]]:
    """Yield each call with its pieces: the step that one stops before, and the loop to count."""
    yield "call", pieces_of_yardstick(bare)
    yield "lru-hit", pieces_of_yardstick(lru_cache(CAPACITY)(bare))
    yield "lru-miss", pieces_of_yardstick(lru_cache(CAPACITY)(bare), MISSES)
    yield "hit", pieces_of("f(n)", square)
    yield "list", pieces_of("f(n)", scores)
    yield "method", pieces_of_method(Users)
    yield "tenant", pieces_of_method(Tenants)
    yield "async", pieces_of("await f(n)", fetch)
    yield "miss", pieces_of("f(n)", fresh, MISSES)


def main() -> int:
    """Run every piece, or with `--whole` those alone that a whole call needs; `--warm` runs nothing."""
    ran: list[tuple[str, str]] = []
    gc.disable()
    for call, found in () if "--warm" in sys.argv else pieces():
        chosen = [*found]
        for step, loop in [chosen[0], chosen[-1]] if "--whole" in sys.argv else chosen:
            UNFINISHED.clear()
            loop(FEW)  # once uncounted, for the interpreter to specialize the code
            os.getppid()
            loop(FEW)
            os.getppid()
            loop(MANY)
            os.getppid()
            ran.append((call, step))
    print(json.dumps(ran))
    return 0


if __name__ == "__main__":
    sys.exit(main())
