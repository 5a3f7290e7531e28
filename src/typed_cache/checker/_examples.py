"""This is every rule by example: why it is there, code that breaks it, and the same code put right.

`typed-cache explain` and the pages in docs/rules/ are made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import dedent
from types import MappingProxyType
from typing import Final, final

__all__ = ["EXAMPLES", "Example"]


@final
@dataclass(frozen=True, slots=True)
class Example:
    """A rule by example; `wrong` and `right` are whole modules."""

    why: str
    wrong: str
    right: str


def _example(why: str, wrong: str, right: str, imports: str = "from typed_cache import Cache") -> Example:
    texts = [f"{dedent(imports).strip()}\n\n\n{dedent(code).strip()}\n" for code in (wrong, right)]
    return Example(" ".join(why.split()), *texts)


EXAMPLES: Final[Mapping[str, Example]] = MappingProxyType(
    {
        "TC001": _example(
            """A template is literal text and names in braces. Format specs, conversions, indexing and
            positional fields have no meaning in a key: every value has exactly one text.""",
            """
            @Cache(key="price_{amount:.2f}")
            def price_of(amount: float) -> float:
                return amount * 1.2
            """,
            """
            @Cache(key="price_{amount}")
            def price_of(amount: float) -> float:
                return amount * 1.2
            """,
        ),
        "TC002": _example(
            """A misspelled name in a key would serve one user's data to another, or fail at every call.""",
            """
            @Cache(key="user_{usr_id}")
            def get_user(user_id: int) -> str:
                return f"user {user_id}"
            """,
            """
            @Cache(key="user_{user_id}")
            def get_user(user_id: int) -> str:
                return f"user {user_id}"
            """,
        ),
        "TC003": _example(
            """An attribute path is followed through the annotations; one that leads nowhere would fail
            at every call.""",
            """
            @dataclass(frozen=True)
            class User:
                id: int


            @Cache(key="greeting_{user.idd}")
            def greeting(user: User) -> str:
                return f"Hello, {user.id}"
            """,
            """
            @dataclass(frozen=True)
            class User:
                id: int


            @Cache(key="greeting_{user.id}")
            def greeting(user: User) -> str:
                return f"Hello, {user.id}"
            """,
            "from dataclasses import dataclass\n\nfrom typed_cache import Cache",
        ),
        "TC004": _example(
            """Two calls that differ only in a parameter that the key leaves out share an entry: the
            second caller gets what the first one asked for. Where that is meant, `ignore=` says so.""",
            """
            @Cache(key="page_{page_id}")
            def render(page_id: int, lang: str) -> str:
                return f"{page_id} in {lang}"
            """,
            """
            @Cache(key="page_{page_id}_{lang}")
            def render(page_id: int, lang: str) -> str:
                return f"{page_id} in {lang}"


            @Cache(key="size_{page_id}", ignore=("timeout",))
            def size(page_id: int, timeout: float) -> int:
                return page_id
            """,
        ),
        "TC005": _example(
            """What a function reads from `self`, or from a ContextVar, decides its result as much as a
            parameter does: without it in the key, one tenant is served another one's data. What no
            key could hold (a session, a connection) is not asked for.""",
            """
            class Repo:
                def __init__(self, tenant_id: int) -> None:
                    self.tenant_id = tenant_id

                @Cache(key="user_{user_id}")
                def get(self, user_id: int) -> str:
                    return f"user {user_id} of {self.tenant_id}"
            """,
            """
            class Repo:
                def __init__(self, tenant_id: int) -> None:
                    self.tenant_id = tenant_id

                @Cache(key="user_{self.tenant_id}_{user_id}")
                def get(self, user_id: int) -> str:
                    return f"user {user_id} of {self.tenant_id}"
            """,
        ),
        "TC006": _example(
            """Without `key=` the function's name is the whole key, so that all calls share one entry.""",
            """
            @Cache()
            def get_user(user_id: int) -> str:
                return f"user {user_id}"
            """,
            """
            @Cache(key="user_{user_id}")
            def get_user(user_id: int) -> str:
                return f"user {user_id}"


            @Cache()
            def totals() -> int:
                return 42
            """,
        ),
        "TC007": _example(
            """A key is text, the same in every process. A value whose text holds an address in memory,
            or that can be run through once, would be a miss for ever; a class joins in with
            `__cache_key__`.""",
            """
            class Region:
                def __init__(self, name: str) -> None:
                    self.name = name


            @Cache(key="weather_{region}")
            def weather(region: Region) -> str:
                return f"rain in {region.name}"
            """,
            """
            class Region:
                def __init__(self, name: str) -> None:
                    self.name = name

                def __cache_key__(self) -> str:
                    return self.name


            @Cache(key="weather_{region}")
            def weather(region: Region) -> str:
                return f"rain in {region.name}"
            """,
        ),
        "TC008": _example(
            """`self` is another object in every process and every request, so a key with it never hits.
            Name what tells one instance from another.""",
            """
            class Shop:
                def __init__(self, id: int) -> None:
                    self.id = id

                @Cache(key="stock_{self}_{item_id}")
                def stock(self, item_id: int) -> int:
                    return self.id + item_id
            """,
            """
            class Shop:
                def __init__(self, id: int) -> None:
                    self.id = id

                @Cache(key="stock_{self.id}_{item_id}")
                def stock(self, item_id: int) -> int:
                    return self.id + item_id
            """,
        ),
        "TC009": _example(
            """Two functions on one client that build the same key overwrite and serve each other's
            values. Where both return the same type that may be meant; where they do not, it cannot
            be.""",
            """
            @Cache(key="user_{user_id}")
            def get_user(user_id: int) -> dict[str, str]:
                return {"id": str(user_id)}


            @Cache(key="user_{name}")
            def get_user_id(name: int) -> int:
                return name
            """,
            """
            @Cache(key="user_{user_id}")
            def get_user(user_id: int) -> dict[str, str]:
                return {"id": str(user_id)}


            @Cache(key="user-id_{name}")
            def get_user_id(name: int) -> int:
                return name
            """,
        ),
        "TC010": _example(
            """`ignore=` names the parameters that take no part in the key. A name that is none, or that
            the key uses, is a slip that would hide a real one.""",
            """
            @Cache(key="user_{user_id}", ignore=("verbos",))
            def get_user(user_id: int) -> str:
                return f"user {user_id}"
            """,
            """
            @Cache(key="user_{user_id}", ignore=("verbose",))
            def get_user(user_id: int, verbose: bool) -> str:
                return f"user {user_id}"
            """,
        ),
        "TC011": _example(
            """Zero and below mean "at once" to some backends and "for ever" to others, and a number has
            no unit.""",
            """
            @Cache(key="rates", expire=timedelta(0))
            def rates() -> dict[str, float]:
                return {"EUR": 1.0}
            """,
            """
            @Cache(key="rates", expire=timedelta(minutes=5))
            def rates() -> dict[str, float]:
                return {"EUR": 1.0}
            """,
            "from datetime import timedelta\n\nfrom typed_cache import Cache",
        ),
        "TC012": _example(
            """A generator is used up by its first reader: the second one would be served nothing.""",
            """
            @Cache(key="rows_{table}")
            def rows(table: str) -> Iterator[str]:
                yield table
            """,
            """
            @Cache(key="rows_{table}")
            def rows(table: str) -> list[str]:
                return [table]
            """,
            "from collections.abc import Iterator\n\nfrom typed_cache import Cache",
        ),
    }
)
"""An example of every rule, by its code.

>>> "Cache" in EXAMPLES["TC002"].wrong
True
"""
