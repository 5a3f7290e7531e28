"""The text of one value: every kind that is taken, and every kind that is refused."""

import collections
import concurrent.futures
import dataclasses
import datetime as dt
import decimal
import enum
import fractions
import functools
import gc
import io
import ipaddress
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import threading
import time
import types
import uuid
import weakref
import zoneinfo
from typing import Any, NamedTuple

import attrs
import msgspec
import pydantic
import pytest
import typing_extensions

from typed_cache import template
from typed_cache.errors import KeyValueError
from typed_cache.template import key_text

HERE = f"@{__name__}."


class Color(enum.Enum):
    RED = 1
    ROSSO = 1  # noqa: PIE796  # an alias has the text of what it stands for


class Level(enum.IntEnum):
    LOW = 1


class Word(enum.StrEnum):
    AU = "AU"


class Perm(enum.Flag):
    R = 1
    W = 2


class Shown(enum.Enum):
    """Its names and values are what a person reads, and the same for all."""

    ON = 1

    @property
    def name(self) -> str:  # type: ignore[override]  # as users do
        return "shown"


class ShownPerm(enum.Flag):
    R = 1

    @property
    def value(self) -> str:  # type: ignore[override]  # as users do
        return "shown"


class Status(enum.Enum):
    """Takes values that it does not know yet."""

    NEW = "new"

    @classmethod
    def _missing_(cls, value: object) -> "Status":
        member = object.__new__(cls)
        member._name_, member._value_ = "?", value
        return member


class UserId(int): ...


class Email(str):
    __slots__ = ()


class Tags(list[str]): ...


class Point(NamedTuple):
    x: int
    y: int


@dataclasses.dataclass
class User:
    id: int
    name: str = "Ada"


@dataclasses.dataclass(slots=True)
class Slotted:
    id: int


@attrs.define
class Org:
    id: int


class Order(msgspec.Struct):
    id: int


class Model(pydantic.BaseModel):
    id: int


class OpenModel(pydantic.BaseModel, extra="allow"):
    id: int


class Money:
    def __init__(self, text: Any) -> None:
        self.text = text

    def __cache_key__(self) -> Any:
        return self.text


BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "_"),
        (True, "?1"),
        (False, "?0"),
        (42, "42"),
        (-1, "-1"),
        (2**64 - 1, "18446744073709551615"),
        (2**64, "0x10000000000000000"),
        (-(2**64), "-0x10000000000000000"),
        (1.0, "1.0"),
        (1e22, "1e+22"),
        (-0.0, "-0.0"),
        (float("nan"), "float(nan)"),
        (float("-inf"), "float(-inf)"),
        ("AU", "AU"),
        ("", "''"),
        ("42", "'42'"),
        ("4x", "'4x'"),
        ("a_b", "'a_b'"),
        ("it's 100% #1", "'it%27s%20100%25%20%231'"),
        ("é\n\ud800", "'%C3%A9%0A%ED%A0%80'"),
        ("café", "'caf%C3%A9'"),
        (b"ab", ":YWI=:"),
        (bytearray(b"ab"), "bytearray(:YWI=:)"),
        ((1, "a"), "(1,a)"),
        ((), "()"),
        ([1, [2]], "[1,[2]]"),
        ({"b": 1, "a": None}, "{a=_,b=1}"),
        ({3, 1}, "set(1,3)"),
        (frozenset({"x"}), "frozenset(x)"),
        (collections.OrderedDict(b=1, a=2), "OrderedDict(b=1,a=2)"),
        (range(3), "range(0,3,1)"),
        (decimal.Decimal("1.50"), "Decimal(1.50)"),
        (decimal.Decimal("1E+3"), "Decimal(1E+3)"),
        (fractions.Fraction(1, 3), "Fraction(1/3)"),
        (uuid.UUID(int=1), "UUID(00000000-0000-0000-0000-000000000001)"),
        (dt.date(2024, 1, 2), "date(2024-01-02)"),
        (dt.time(12, 30, fold=1), "time(12:30:00;fold=1)"),
        (dt.datetime(2024, 1, 2, 3), "datetime(2024-01-02T03:00:00)"),  # noqa: DTZ001  # naive on purpose
        (dt.datetime(2024, 1, 2, tzinfo=dt.UTC), "datetime(2024-01-02T00:00:00+00:00)"),
        (dt.datetime(2024, 1, 2, tzinfo=BERLIN), "datetime(2024-01-02T00:00:00+01:00[Europe/Berlin])"),
        (dt.timedelta(1, 2, 3), "timedelta(1,2,3)"),
        (dt.timezone(dt.timedelta(hours=1)), "timezone(timedelta(0,3600,0))"),
        (BERLIN, "ZoneInfo([Europe/Berlin])"),
        (pathlib.PurePosixPath("/a b"), "PurePosixPath('/a%20b')"),
        (pathlib.PureWindowsPath("c:/x"), "PureWindowsPath('c:\\x')"),
        (ipaddress.ip_address("1.2.3.4"), "IPv4Address(1.2.3.4)"),
        (ipaddress.ip_address("fe80::1%eth0"), "IPv6Address(fe80::1%25eth0)"),
        (ipaddress.ip_network("10.0.0.0/8"), "IPv4Network(10.0.0.0/8)"),
        (ipaddress.ip_address("::ffff:1.2.3.4%e"), "IPv6Address(::ffff:1.2.3.4%25e)"),
        (ipaddress.ip_interface("::ffff:102:304/120"), "IPv6Interface(::ffff:1.2.3.4/120)"),
        (ipaddress.ip_network("::ffff:0:0/96"), "IPv6Network(::ffff:0.0.0.0/96)"),
        (int, "type(@builtins.int)"),
        (Color.ROSSO, HERE + "Color(RED)"),
        (Level.LOW, HERE + "Level(LOW)"),
        (Word.AU, HERE + "Word(AU)"),
        (Perm.R | Perm.W, HERE + "Perm(3)"),
        (Shown.ON, HERE + "Shown(ON)"),
        (ShownPerm.R, HERE + "ShownPerm(1)"),
        (Status("late"), HERE + "Status('?'=late)"),
        (Status("a_b"), HERE + "Status('?'='a_b')"),
        (UserId(42), HERE + "UserId(42)"),
        (Email("a@b"), HERE + "Email('a@b')"),
        (Tags(["a"]), HERE + "Tags([a])"),
        (collections.Counter("a"), "@collections.Counter({a=1})"),
        (Point(1, 2), HERE + "Point(x=1,y=2)"),
        (User(1), HERE + "User(id=1,name=Ada)"),
        (Slotted(1), HERE + "Slotted(id=1)"),
        (Org(1), HERE + "Org(id=1)"),
        (Order(1), HERE + "Order(id=1)"),
        (Model(id=1), HERE + "Model(id=1)"),
        (OpenModel(id=1, more=2), HERE + "OpenModel(id=1,__pydantic_extra__={more=2})"),  # type: ignore[call-arg]
        (Money("EUR"), HERE + "Money('EUR')"),
    ],
)
def test_text(value: object, text: str) -> None:
    """Every kind of value has its own text."""
    assert key_text(value) == text


def _generator() -> Any:
    yield 1


class Plain: ...


class Stateful(int):
    unit: str


def _stateful() -> Stateful:
    value = Stateful(1)
    value.unit = "m"
    return value


class Boxed(list[int]):
    __slots__ = ("label",)


class Employee(User):
    def __init__(self) -> None:
        super().__init__(1)
        self.badge = 7


class SlottedChild(Slotted):
    __slots__ = ("extra",)


class LooseStruct(msgspec.Struct, dict=True):
    id: int


def _loose() -> LooseStruct:
    value = LooseStruct(1)
    value.extra = 1  # type: ignore[attr-defined]
    return value


class Anonymous(dt.tzinfo):
    def utcoffset(self, when: dt.datetime | None, /) -> dt.timedelta | None:
        return None if when is None else dt.timedelta(0)


def _nameless_zone() -> zoneinfo.ZoneInfo:
    """An hour ahead of UTC, as a file of the format TZif holds it."""
    header = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    zone = struct.pack(">lBB", 3600, 0, 0) + b"+01\0"
    return zoneinfo.ZoneInfo.from_file(io.BytesIO(2 * (header + zone) + b"\n<+01>-1\n"))


def _local_class() -> type:
    class Local: ...

    return Local


def _cycle() -> list[Any]:
    cycle: list[Any] = []
    cycle.append(cycle)
    return cycle


class Broken:
    def __cache_key__(self) -> str:
        raise RuntimeError("no connection")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1j, "is a complex, which has no stable text"),
        (object(), "is an object, which has no stable text"),
        (Plain(), "Plain, which has no stable text. Give its class a __cache_key__"),
        (..., "is an ellipsis, which has no stable text"),
        (NotImplemented, "NotImplementedType, which has no stable text"),
        (len, "code has no stable text"),
        (lambda: 1, "code has no stable text"),
        ([].append, "code has no stable text"),
        (functools.partial(int), "code has no stable text"),
        (_generator(), "can be run through once"),
        (iter([1]), "can be run through once"),
        (io.StringIO(), "can be run through once"),
        (memoryview(b""), "has no stable text"),
        (types, "has no stable text"),
        (_stateful(), "has attributes of its own: unit"),
        (Boxed(), "is a list with state of its own (__slots__ label)"),
        (Employee(), "has state beside its fields: badge"),
        (SlottedChild(1), "has state beside its fields: extra"),
        (_loose(), "has state beside its fields: extra"),
        (collections.defaultdict(int), "is a dict with state of its own (fields written in C)"),
        (time.gmtime(0), "is a tuple with state of its own (fields that are no items)"),
        (_local_class(), "of which a function can make many"),
        (dt.datetime(2024, 1, 1, tzinfo=Anonymous()), "has a time zone of the type Anonymous"),
        (_nameless_zone(), "is a time zone that does not tell its name"),
        (Money(3), "__cache_key__ that returned a int. Return a str."),
        (_cycle(), "is nested more than 50 levels deep, or contains itself"),
        ([0] * 100_001, "[100000] has more than 100000 parts"),
        (Broken(), "could not be read: RuntimeError: no connection"),
        ({"a": [1, {"b": object()}]}, "the value[a][1][b] is an object"),
        (User(1, object()), "the value.name is an object"),  # type: ignore[arg-type]
        ({object(): 1}, "the value[<key>] is an object"),
        ({object()}, "the value[<member>] is an object"),
    ],
)
def test_refused(value: object, words: str) -> None:
    """A value without a stable text is refused: where it lies, why, and what to do."""
    with pytest.raises(KeyValueError) as caught:
        key_text(value)
    assert words in str(caught.value)
    assert caught.value.codes == ("TC007",)


def test_cached_property_is_no_state() -> None:
    """What a class computes and keeps does not count as state of its own."""

    class Child(User):
        @functools.cached_property
        def label(self) -> str:
            return self.name

    child = Child(1)
    before = key_text(child)
    assert child.label == "Ada"
    assert key_text(child) == before


def test_distinct_kinds_with_one_content() -> None:
    """Values that look alike and have different types have different texts."""
    alike = [
        1,
        True,
        1.0,
        "1",
        b"1",
        decimal.Decimal(1),
        UserId(1),
        Level.LOW,
        (1,),
        [1],
        {1},
        frozenset({1}),
    ]
    assert len({key_text(value) for value in alike}) == len(alike)


def test_fold_and_zone_tell_times_apart() -> None:
    """The two times of a repeated hour differ, and so do zones with one offset."""
    first = dt.datetime(2024, 10, 27, 2, 30, tzinfo=BERLIN)
    paris = first.replace(tzinfo=zoneinfo.ZoneInfo("Europe/Paris"))
    assert len({key_text(first), key_text(first.replace(fold=1)), key_text(paris)}) == 3


def test_decimal_ignores_the_context() -> None:
    """A caller's decimal context does not reach the key."""
    value = decimal.Decimal("1E+30")
    with decimal.localcontext() as context:
        context.capitals = 0
        assert key_text(value) == "Decimal(1E+30)"


def test_huge_int() -> None:
    """An int of any size is written, past the digits that Python refuses to write in decimal."""
    assert key_text(10**10_000).startswith("0x")


def test_a_class_is_not_kept_alive() -> None:
    """Writing a value keeps no reference to its class."""
    cls = dataclasses.make_dataclass("Short", ["id"])
    assert key_text(cls(1)).endswith("Short(id=1)")
    gone = weakref.ref(cls)
    del cls
    gc.collect()
    assert gone() is None


def test_names_outside_ascii() -> None:
    """The names of classes, fields and members are made as safe as values."""
    cls = dataclasses.make_dataclass("Größe", ["länge"])
    cls.__module__ = "app"
    color = enum.Enum("Farbe", ["grün"], module="app")
    assert key_text(cls(1)) == "@app.Gr%C3%B6%C3%9Fe(l%C3%A4nge=1)"
    assert key_text(color["grün"]) == "@app.Farbe('gr%C3%BCn')"


def test_threads() -> None:
    """Threads that meet a class for the first time at once write the same text."""
    for number in range(20):
        cls = dataclasses.make_dataclass(f"Fresh{number}", ["id"])
        start = threading.Barrier(4)

        def write(value: object = cls(1), start: threading.Barrier = start) -> str:
            start.wait()
            return key_text(value)

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            texts = {future.result() for future in [pool.submit(write) for _ in range(4)]}
        assert len(texts) == 1


def test_unhashable_class() -> None:
    """A class whose metaclass makes it unhashable is refused like any other, not with another error."""

    class Meta(type):
        def __eq__(cls, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

    class Odd(metaclass=Meta): ...

    with pytest.raises(KeyValueError):
        key_text(Odd())


SAMPLE = """
import sys, types
sys.path.insert(0, sys.argv[2])
package = types.ModuleType("typed_cache")  # the room alone: nothing else of the library is needed
package.__path__ = [sys.argv[1]]
sys.modules["typed_cache"] = package
from typed_cache.template import key_text
import datetime, decimal, fractions, uuid, re, pathlib, ipaddress, zoneinfo, enum, dataclasses

@dataclasses.dataclass
class User:
    id: int
    tags: frozenset

class Perm(enum.Flag):
    R = 1
    W = 2

class Name(str): ...

print(key_text([
    {"b", "a", "c", "d e"}, frozenset({1, 2.5, None, "x"}), {"z": 1, "y": {2: 3, "q": {1, 2}}}, 10**30, 1e-7,
    -0.0, float("inf"), decimal.Decimal("1E-9"), fractions.Fraction(3, 7), uuid.UUID(int=5), b"xyz",
    datetime.datetime(2024, 5, 5, 5, 5, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")), datetime.timedelta(1, 2),
    pathlib.PurePosixPath("a/b"), pathlib.PureWindowsPath("c:/b"), ipaddress.ip_interface("10.1.1.1/8"),
    ipaddress.ip_address("::ffff:1.2.3.4"), ipaddress.ip_network("::ffff:0:0/96"),
    User(1, frozenset({"p", "q", "r"})), Perm.R | Perm.W, Name("n"), re.I | re.M, range(2), "é", "\\ud800",
]))
"""


def _output(python: str, seed: str, folder: pathlib.Path) -> str:
    """What another process writes for the sample."""
    script = folder / "sample.py"
    script.write_text(SAMPLE, encoding="utf-8")
    shutil.copy(typing_extensions.__file__, folder)
    package = pathlib.Path(template.__file__).parents[1]
    command = [python, str(script), str(package), str(folder)]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=60)
    return ran.stdout


def _runs(python: str) -> bool:
    path = shutil.which(python)
    return (
        path is not None
        and subprocess.run([path, "-c", ""], check=False, capture_output=True).returncode == 0
    )


def test_deterministic_across_hash_seeds(tmp_path: pathlib.Path) -> None:
    """A value has one text whatever the seed of Python's hashes."""
    outputs = {_output(sys.executable, seed, tmp_path) for seed in ("0", "1", "4242")}
    assert len(outputs) == 1


@pytest.mark.parametrize("python", ["python3.11", "python3.12", "python3.13"])
def test_deterministic_across_pythons(python: str, tmp_path: pathlib.Path) -> None:
    """A value has one text in every version of Python."""
    if not _runs(python):
        pytest.skip(f"{python} is not installed")
    assert _output(python, "7", tmp_path) == _output(sys.executable, "0", tmp_path)
