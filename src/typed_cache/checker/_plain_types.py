"""These are the types that operators and methods of plain values return, and a few well-known functions."""

import ast
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeAlias
from uuid import UUID

from typed_cache.template import AnnotationView, ClassView, Unseen, view_of

__all__ = ["is_plain", "type_of_operation", "type_of_result"]

_NUMBERS: Final[tuple[type, ...]] = (bool, int, float, complex)
"""From narrow to wide: what an operator makes of two of them is the wider one, and no bool."""

_PLAIN: Final = (*_NUMBERS, str, bytes, Decimal, date, datetime, timedelta, UUID)


def is_plain(view: AnnotationView) -> bool:
    """Whether the type is one whose operators are known."""
    return isinstance(view, ClassView) and view.cls in _PLAIN


def type_of_operation(one: AnnotationView, op: ast.operator, other: AnnotationView) -> AnnotationView:
    """Return the type of a sum, a product and so on of plain values."""
    if not isinstance(one, ClassView):
        return Unseen()
    if one.cls in {str, bytes} and isinstance(op, ast.Mod):
        return one
    if not isinstance(other, ClassView):
        return Unseen()
    sides = (one.cls, other.cls)
    if sides[0] in _NUMBERS and sides[1] in _NUMBERS:
        wider = max(*sides, int, key=_NUMBERS.index)
        return view_of(float if isinstance(op, ast.Div) and wider is int else wider)
    return _OTHER_OPERATIONS.get((sides[0], type(op), sides[1]), Unseen())


def _operations() -> dict[tuple[type, type[ast.operator], type], AnnotationView]:
    found: dict[tuple[type, type[ast.operator], type], AnnotationView] = {}
    for text in (str, bytes):
        found[text, ast.Add, text] = found[text, ast.Mult, int] = found[int, ast.Mult, text] = view_of(text)
    for op in (ast.Add, ast.Sub, ast.Mult, ast.Div):
        found[Decimal, op, Decimal] = found[Decimal, op, int] = found[int, op, Decimal] = view_of(Decimal)
    for day in (date, datetime):
        found[day, ast.Add, timedelta] = found[day, ast.Sub, timedelta] = view_of(day)
        found[day, ast.Sub, day] = view_of(timedelta)
    return found


_OTHER_OPERATIONS: Final = _operations()

_Results: TypeAlias = dict[str, AnnotationView]


def _results(result: type, names: str) -> _Results:
    return dict.fromkeys(names.split(), view_of(result))


_OF_TEXT: Final[_Results] = {
    **_results(
        str,
        "capitalize casefold center expandtabs format format_map join ljust lower lstrip removeprefix "
        "removesuffix replace rjust rstrip strip swapcase title translate upper zfill",
    ),
    **_results(int, "count find index rfind rindex"),
    **_results(bool, "endswith isalnum isalpha isdigit isnumeric isspace startswith"),
    **_results(bytes, "encode"),
}
_OF_DAY: Final[_Results] = _results(str, "ctime isoformat strftime") | _results(int, "isoweekday weekday")
_METHODS: Final[dict[type, _Results]] = {
    str: _OF_TEXT,
    bytes: _results(str, "decode hex"),
    date: _OF_DAY,
    datetime: {**_OF_DAY, **_results(date, "date"), **_results(float, "timestamp")},
    Path: _results(str, "as_posix as_uri"),
}
_FUNCTIONS: Final[_Results] = {
    **_results(int, "builtins.hash builtins.id builtins.len builtins.ord os.getpid time.time_ns"),
    **_results(str, "builtins.ascii builtins.chr builtins.format builtins.repr socket.gethostname"),
    **_results(bool, "builtins.all builtins.any builtins.callable builtins.isinstance builtins.issubclass"),
    **_results(float, "time.time time.monotonic"),
    **_results(UUID, "uuid.uuid1 uuid.uuid3 uuid.uuid4 uuid.uuid5"),
    **_results(date, "datetime.date.today datetime.date.fromisoformat"),
    **_results(datetime, "datetime.datetime.now datetime.datetime.fromisoformat datetime.datetime.strptime"),
    "os.getenv": view_of(str | None),
}


def type_of_result(name: str, of: AnnotationView | None = None) -> AnnotationView:
    """Return what a function of that full name returns, or a method of a plain value."""
    if of is None:
        return _FUNCTIONS.get(name, Unseen())
    known = _METHODS.get(of.cls, {}) if isinstance(of, ClassView) else {}
    return known.get(name, Unseen())
