"""Whether the command sees what type an attribute has from the expression that it is given."""

import pytest

from .conftest import Run, Write

SOURCE = """\
import asyncio, datetime as dt, functools, os, uuid
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum, auto
from pathlib import Path
from typing import NewType
import foreign
import settings
UserId = NewType("UserId", int)
LIMIT = 3
LISTED: list[int] = make()
class Region(Enum):
    EU = "eu"
    US = "us"
class Numbered(Enum):
    ONE = auto()
class Coded(IntEnum):
    A = foreign.code()
class Own(Enum):
    A = 1
    def __new__(cls, value): ...
class Listed(Enum):
    A = foreign.rows()
class Session:
    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
    def text(self) -> str: ...
    async def later(self) -> str: ...
    @foreign.changed
    def changed(self) -> str: ...
    @property
    def label(self) -> str: ...
@dataclass(frozen=True)
class Tenant:
    id: int
    tags: list[str]
def number(n) -> int: ...
def untyped(n): ...
def connect() -> Session: ...
async def later() -> int: ...
@functools.cache
def kept() -> int: ...
@foreign.changed
def changed() -> int: ...
class Repo:
    async def load(
        self, /, tenant: Tenant, text: str, count: int, real: float, maybe: str | None, session: Session,
        pair: tuple[int, str], table: dict[str, int], day: dt.date, path: Path, region: Region, *, named: int,
        amount: Decimal, other=None,
    ) -> None:
        local = tenant.id
        looped = 1
        for looped in table: ...
        again = text
        again = count
        self.value = {expression}
    @Cache(key="all")
    def get(self) -> int:
        return self.value
"""


@pytest.mark.parametrize(
    "expression",
    [
        *("1", "'x'", "f'{text}'", "-count", "not other", "tenant.id", "session.label", "local", "named"),
        *("LIMIT", "settings.REGION", "UserId(1)", "Tenant(1, [])", "Region.EU", "Region('eu')"),
        *("region.value", "region.name", "Numbered.ONE.value", "Coded.A.value", "Own.A.name"),
        *(
            "text.lower()",
            "text[0]",
            "text.encode()",
            "text % other",
            "text + 'x'",
            "text * 2",
            "' '.join(other)",
        ),
        *("count + 1", "count / 2", "count * real", "count + real", "amount + 1", "path.as_posix()"),
        *("day - day", "day + dt.timedelta(1)", "count < 1", "other is None", "text in other"),
        *("maybe or 'x'", "maybe and count", "count if other else text", "maybe", "(local := count)"),
        *(
            "number(1)",
            "kept()",
            "session.text()",
            "len(other)",
            "str(other)",
            "os.getenv('A')",
            "uuid.uuid4()",
        ),
        *("dt.datetime.now()", "day.isoformat()", "(count, text)", "pair[0]", "table['x']", "await later()"),
    ],
)
def test_plain_expressions(expression: str, write: Write, run: Run) -> None:
    """An attribute that could stand in a key is state, whatever expression gives it."""
    write("settings.py", "REGION = 'eu'\n")
    write("a.py", SOURCE.replace("{expression}", expression))

    assert run("check", "a.py").codes == ["TC005"]


@pytest.mark.parametrize(
    "expression",
    [
        *("None", "...", "session", "session.missing", "tenant.tags", "other", "other.id", "looped", "again"),
        *("connect()", "untyped(1)", "changed()", "later()", "session.later()", "session.changed()"),
        *("foreign.thing()", "foreign.THING", "Session", "number", "LISTED", "Own.A.value", "Listed.A.value"),
        *(
            "text.split()",
            "text + other",
            "count + other",
            "other < 1",
            "other or 'x'",
            "session or connect()",
        ),
        *("[text]", "lambda: 1", "(text, session)", "other[0]", "await number(1)", "await foreign.later()"),
        *("self.value", "self.value + 1", "self.text.lower()"),
    ],
)
def test_other_expressions(expression: str, write: Write, run: Run) -> None:
    """What no key could hold is no state, and what the source does not show is left alone."""
    write("a.py", SOURCE.replace("{expression}", expression))

    assert run("check", "a.py").codes == []


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (["1", "2"], ["TC005"]),
        (["None", "text"], ["TC005"]),
        (["1", "'x'"], []),
        (["1", "foreign()"], []),
    ],
)
def test_several_values(given: list[str], codes: list[str], write: Write, run: Run) -> None:
    """Values of one type tell the type of the attribute, those of several do not."""
    assignments = "\n".join(f"        self.value = {each}" for each in given)
    write(
        "a.py",
        f"class Repo:\n    def load(self, text: str):\n{assignments}\n"
        "    @Cache(key='all')\n    def get(self): return self.value\n",
    )

    assert run("check", "a.py").codes == codes


@pytest.mark.parametrize(
    "statement",
    [
        "for self.value in given: ...",
        "with given as self.value: ...",
        "self.value, *self.rest = given",
        "*self.value, self.rest = given",
        "def inner(): self.value = given",
        "class Inner: self.value = given",
        "self.value += given",
        "self.value: object = given",
    ],
)
def test_attributes_of_other_statements(statement: str, write: Write, run: Run) -> None:
    """An attribute that any statement of a method assigns is there, of whatever type."""
    write(
        "a.py",
        f"class Repo:\n    def load(self, given):\n        {statement}\n"
        "    @Cache(key='{self.value.x}')\n    def get(self): ...\n"
        "    @Cache(key='{self.valeu}')\n    def wrong(self): ...\n",
    )

    assert run("check", "a.py").codes == ["TC003"]
