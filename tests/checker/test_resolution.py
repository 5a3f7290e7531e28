"""Names are followed through files, and what the source does not tell is left alone."""

# ruff: noqa: E501  # a case of a table is one line

import pytest

from .conftest import Run, Write

TYPO = '(key="{usr_id}", ignore=("user_id",))\ndef get(user_id: int) -> int: ...\n'


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a.py": "from typed_cache import *\n@Cache" + TYPO}, "TC002"),
        ({"a.py": "from typed_cache.decorator import Cache\n@Cache" + TYPO}, "TC002"),
        ({"a.py": "try:\n    from typed_cache import Cache\nexcept ImportError:\n    Cache = None\n@Cache" + TYPO}, "TC002"),
        ({"a.py": "from b import *\n@Cache" + TYPO, "b.py": "from typed_cache import Cache\n"}, "TC002"),
        ({"a.py": "import b\nimport b as c\n@c.d" + TYPO, "b.py": "import typed_cache\nd = typed_cache.Cache\n"}, "TC002"),
        ({"p/__init__.py": "", "p/a.py": "from . import b\n@b.Cache" + TYPO, "p/b.py": "from typed_cache import Cache"}, "TC002"),
        ({"p/a.py": "from p.b import Cache\n@Cache" + TYPO, "p/b.py": "from typed_cache import Cache"}, "TC002"),
        ({"p/q/a.py": "from ..b import Cache\n@Cache" + TYPO, "p/b.py": "from typed_cache import Cache"}, "TC002"),
        ({"src/p/a.py": "import p.b\n@p.b.Cache" + TYPO, "src/p/b.py": "from typed_cache import Cache"}, "TC002"),
        ({"p/__init__.py": "from .b import Cache", "p/b.py": "from typed_cache import Cache", "a.py": "import p\n@p.Cache" + TYPO}, "TC002"),
        ({"a.py": "def outer():\n    from typed_cache import Cache\n    @Cache(key='{b}')\n    def get(): ...\n"}, "TC002"),
        ({"a.py": "import typed_cache\nclass K:\n    key = '{b}'\n    @typed_cache.Cache(key=key)\n    def get(self): ...\n"}, "TC002"),
        ({"a.py": "import typed_cache\nclass K:\n    key = '{b}'\n@typed_cache.Cache(key=K.key)\ndef get(): ...\n"}, "TC002"),
        # none of these is the library's
        ({"a.py": "from other import Cache\n@Cache" + TYPO}, ""),
        ({"a.py": "import typed_cache\nfrom mine import *\n@Cache" + TYPO}, ""),
        ({"a.py": "Cache = lambda **_: lambda f: f  # typed_cache\n@Cache" + TYPO}, ""),
        ({"a.py": "from b import Cache\n@Cache" + TYPO, "b.py": "from a import Cache  # typed_cache\n"}, ""),
        ({"a.py": "import b\n@b.missing" + TYPO, "b.py": "import typed_cache\n"}, ""),
        ({"a.py": "import typed_cache\n@typed_cache.Cache().other\ndef get(a): ...\n"}, ""),
    ],
)  # fmt: skip
def test_cache_is_known_by_what_it_is(files: dict[str, str], code: str, write: Write, run: Run) -> None:
    """The library's `Cache` is found under any name, and nothing else is taken for it."""
    for name, source in files.items():
        write(name, source, head="")

    assert "".join(run("check", ".").codes) == code


def test_module_beside_the_paths_is_read(write: Write, run: Run) -> None:
    """A run over one file knows what the file imports, and reports on that file only."""
    write("app/__init__.py", "")
    write("app/caches.py", "@Cache(key='')\ndef wrong(): ...\nKEY = 'user_{usr_id}'\n")
    write(
        "app/users.py", "from app.caches import KEY\n@Cache(key=KEY, ignore=('a',))\ndef get(a: int): ...\n"
    )

    assert run("check", "app/users.py").codes == ["TC002"]


@pytest.mark.parametrize(
    ("before", "key", "codes"),
    [
        ("K = 'a_{b}'", "K", ["TC002"]),
        ("K: str = 'a_{b}'", "K", ["TC002"]),
        ("A = 'a_'", "A + '{b}'", ["TC002"]),
        ("A = 'a_'", "f'{A}{{b}}'", ["TC002"]),
        ("", "f'a_{{b}}'", ["TC002"]),
        ("class K:\n    USER = '{b}'", "K.USER", ["TC002"]),
        ("K = L = '{b}'", "L", ["TC002"]),
        ("K: str\nK = '{b}'", "K", ["TC002"]),
        # what may be another value at run time is left alone
        ("K = '{b}'\nK = '{a}'", "K", []),
        ("K = '{b}'\nK += '{a}'", "K", []),
        ("for K in ('{b}',): pass", "K", []),
        ("with open('x') as K: pass", "K", []),
        ("K, L = '{b}', ''", "K", []),
        ("K = '{b}'\ndel K", "K", []),
        ("K = '{b}'\ndef change():\n    global K\n    K = ''", "K", []),
        ("try: pass\nexcept OSError as K: pass", "K", []),
        ("match 1:\n    case [K, *L] | {'a': K, **L}: pass", "K", []),
        ("async def f():\n    async with x as K: pass\n    async for K in x: pass", "K", []),
        ("import os", "os.environ['K']", []),
        ("", "'{b}'.lower()", []),
        ("K = '{b}'", "K % 3", []),
        ("K = K2\nK2 = K", "K", []),
        ("", "3 * 'a'", []),
        ("", "f'{1 + 1!r}'", []),
        ("", "...", []),
    ],
)
def test_key_is_read_where_the_source_tells_it(
    before: str, key: str, codes: list[str], write: Write, run: Run
) -> None:
    """Constants and their sums are read; anything that may change is not."""
    write("a.py", f"{before}\n@Cache(key={key}, ignore=['a'])\ndef get(a: int): ...\n")

    assert run("check", "a.py").codes == codes


@pytest.mark.parametrize(
    ("expire", "codes"),
    [
        ("dt.timedelta(0)", ["TC011"]),
        ("-dt.timedelta(1)", ["TC011"]),
        ("dt.timedelta(hours=-1) * 2", ["TC011"]),
        ("dt.timedelta(days=3651)", ["TC011"]),
        ("dt.timedelta.max", ["TC011"]),
        ("dt.timedelta(days=10) - dt.timedelta(days=10)", ["TC011"]),
        ("60 * 60", ["TC011"]),
        ("True", ["TC011"]),
        ("'1h'", ["TC011"]),
        ("MINUTE * 5", []),
        ("5 * MINUTE", []),
        ("MINUTE / 2", []),
        ("dt.timedelta(**given)", []),
        ("dt.timedelta(minutes=setting)", []),
        ("dt.timedelta(1, 2, 3, 4, 5, 6, 7, 8)", []),
        ("dt.timedelta(days=10**10)", []),
        ("dt.timedelta(days=1e300)", []),
        ("MINUTE / 0", []),
        ("MINUTE * MINUTE", []),
        ("MINUTE ** 2", []),
        ("-unknown", []),
        ("soon()", []),
    ],
)
def test_times_are_computed(expire: str, codes: list[str], write: Write, run: Run) -> None:
    """A time that the source tells is held against the limits; any other is left alone."""
    head = "import datetime as dt\nMINUTE = dt.timedelta(minutes=1)\n"
    write("a.py", f"{head}@Cache(key='all', expire={expire})\ndef get(): ...\n")

    assert run("check", "a.py").codes == codes


def test_time_of_a_decorator_in_a_variable(write: Write, run: Run) -> None:
    """It is wrong where it is written, once."""
    write("a.py", "soon = Cache(key='all', expire=0)\n@soon\ndef one(): ...\n@soon\ndef two(): ...\n")

    answer = run("check", "a.py")
    assert answer.codes == ["TC011"]
    assert "TC011 expire=0 in the decorator of a.one" in answer.out


def test_time_of_a_decorator_that_nothing_uses(write: Write, run: Run) -> None:
    """The module that made it is named, and the time as it is written."""
    write("a.py", "import datetime as dt\nunused = Cache(key='all', expire=dt.timedelta(0))\n")

    assert "TC011 expire=timedelta(0) in a decorator of a\n" in run("check", "a.py").out


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ("*given", []),
        ("**given", []),
        ("key='all', **given", []),
        ("key='all', ignore=given", []),
        ("key='all', ignore=(*given,)", []),
        ("key='all', ignore=(1, 'a')", []),
        ("key='all', ignore=frozenset({'a'})", []),
        ("key='all', ignore=tuple()", ["TC004"]),
        ("key='all', ignore=set('a', 'b')", []),
        ("key='all', ignore='a'", ["TC010"]),
        ("key='all', invalidate=given", []),
        ("key='all', put=True", ["TC004"]),
        ("key=3", []),
    ],
)
def test_arguments_that_the_source_does_not_tell(
    arguments: str, codes: list[str], write: Write, run: Run
) -> None:
    """Nobody is accused for what stands in a variable."""
    write("a.py", f"@Cache({arguments})\ndef get(a: int): ...\n")

    assert run("check", "a.py").codes == codes


@pytest.mark.parametrize(
    ("client", "found"),
    [
        ("", True),
        ("cache_client_name=None", True),
        ("cache_client_name='one'", True),
        ("cache_client_name=NAME", True),
        ("cache_client_name=KEY", True),
        ("cache_client_name=ClientKey[int](name='one')", True),
        ("client=RAM", True),
        ("client=make()", False),
        ("cache_client_name=make()", False),
        ("cache_client_name=BROKEN", False),
        ("cache_client_name=UNKNOWN", False),
        ("**given", False),
    ],
)
def test_functions_on_one_client_can_collide(client: str, found: bool, write: Write, run: Run) -> None:
    """Two functions share keys where they certainly share a client."""
    head = "from typed_cache import ClientKey\nRAM = make()\nNAME = 'one'\nKEY = ClientKey[int]('one')\n"
    head += "BROKEN = ClientKey[int](make())\nUNKNOWN = make()\n"
    uses = [f"@Cache(key='all', {client})\ndef {name}() -> {name[:3]}: ...\n" for name in ("int_", "str_")]
    write("a.py", head + "".join(uses))

    assert run("check", "a.py").codes == (["TC009"] if found else [])


@pytest.mark.parametrize(
    ("decorator", "codes"),
    [
        ("@other", ["TC002"]),
        ("@other.retry(3)", ["TC002"]),
        ("@wrapping", ["TC002"]),
        ("@handing_back", ["TC002"]),
        ("@typed", ["TC002"]),
        ("@staticmethod", ["TC002"]),
        ("@alias", ["TC002"]),
        ("@changing", []),
        ("@changing()", []),
        ("@Changing", []),
        ("@table['x']", []),
    ],
)
def test_decorators_between(decorator: str, codes: list[str], write: Write, run: Run) -> None:
    """What may change the signature leaves nothing to hold a name against; the grammar still holds."""
    head = """\
import functools, other
table = {}
alias = other.thing
def wrapping(f):
    @functools.wraps(f)
    def inner(*args): return f(*args)
    return inner
def handing_back(f):
    return f
def typed(f: F) -> F:
    return make(f)
def changing(f=None):
    def inner(usr_id): return 1
    return inner
class Changing: ...
"""
    write("a.py", f"{head}@Cache(key='{{usr_id}}', ignore=['a'])\n{decorator}\ndef get(a): ...\n")
    write("b.py", f"{head}@Cache(key='{{')\n{decorator}\ndef get(): ...\n")

    assert run("check", "a.py").codes == codes
    assert run("check", "b.py").codes == ["TC001"]


TYPED = """\
import functools, other
from collections.abc import Callable, Iterable, Iterator
from typing import Concatenate, ParamSpec, TypeVar
P = ParamSpec("P")
R = TypeVar("R")
class Session: ...
def as_list(fn: Callable[P, Iterable[R]]) -> Callable[P, list[R]]:
    @functools.wraps(fn)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> list[R]:
        return list(fn(*args, **kwargs))
    return wrapper
def untyped_as_list(fn):
    @functools.wraps(fn)
    def wrapper(*args):
        return list(fn(*args))
    return wrapper
def logged(fn: Callable[P, R]) -> Callable[P, R]:
    @functools.wraps(fn)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        return fn(*args, **kwargs)
    return wrapper
def logged_as(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    return lambda fn: functools.wraps(fn)(fn)
def untyped_logged(fn):
    @functools.wraps(fn)
    def wrapper(*args):
        result = fn(*args)
        return result
    return wrapper
def with_session(fn: Callable[Concatenate[Session, P], R]) -> Callable[P, R]:
    @functools.wraps(fn)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        return fn(Session(), *args, **kwargs)
    return wrapper
def of_session(fn: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
    return fn
"""


@pytest.mark.parametrize(
    ("decorator", "codes"),
    [
        ("as_list", []),
        ("untyped_as_list", []),
        ("logged", ["TC012"]),
        ("logged_as('x')", ["TC012"]),
        ("untyped_logged", ["TC012"]),
        ("other.thing", ["TC012"]),
    ],
)
def test_results_of_decorators_between(decorator: str, codes: list[str], write: Write, run: Run) -> None:
    """What may make a list of an iterator leaves its result to import."""
    write("a.py", f"{TYPED}@Cache(key='all')\n@{decorator}\ndef get() -> Iterator[int]: yield 1\n")
    write("b.py", f"{TYPED}@Cache(key='all')\n@{decorator}\ndef get() -> Iterator[int]: return make()\n")

    assert run("check", "a.py").codes == run("check", "b.py").codes == codes


@pytest.mark.parametrize(("decorator", "codes"), [("with_session", []), ("of_session", ["TC004"])])
def test_decorators_that_fill_in(decorator: str, codes: list[str], write: Write, run: Run) -> None:
    """A parameter that a decorator takes care of is not asked for."""
    write(
        "a.py", f"{TYPED}@Cache(key='{{n}}')\n@{decorator}\ndef get(session: Session, n: int) -> int: ...\n"
    )

    assert run("check", "a.py").codes == codes


def test_shared_key_behind_a_decorator(write: Write, run: Run) -> None:
    """The return types that are compared are those that calls give."""
    other = "@Cache(key='all')\ndef other() -> list[int]: ...\n"
    write("a.py", f"{TYPED}{other}@Cache(key='all')\n@as_list\ndef get() -> Iterator[int]: yield 1\n")

    assert run("check", "a.py").codes == []


def test_decorator_by_the_name_of_plain(write: Write, run: Run) -> None:
    """`plain` of a module is a name like any other."""
    write("shared.py", "plain = Cache(key='{')\nothers = Cache(key='{').plain\n")
    write("a.py", "import shared\n@shared.plain\ndef one(): ...\n@shared.others\ndef two(): ...\n")

    assert run("check", "a.py").codes == ["TC001", "TC001"]
