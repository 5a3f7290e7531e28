"""Times to live that no backend can keep."""

from datetime import timedelta

from typed_cache import Cache

HOUR = timedelta(hours=1)


@Cache(key="zero", expire=timedelta(0))  # !TC011
def zero() -> int:
    return 1


@Cache(key="negative", expire=timedelta(seconds=-5))  # !TC011
def negative() -> int:
    return 1


@Cache(key="negated", expire=-HOUR)  # !TC011
def negated() -> int:
    return 1


@Cache(key="long", expire=timedelta(days=36_500))  # !TC011
def a_century() -> int:
    return 1


@Cache("positional", timedelta())  # !TC011
def positional() -> int:
    return 1


@Cache(key="hour", expire=3 * HOUR)
def hours() -> int:
    return 1


@Cache(key="for_ever", expire=None)
def for_ever() -> int:
    return 1


@Cache(key="ten_years", expire=timedelta(days=3650))
def ten_years() -> int:
    return 1


in_a_variable = Cache(key="in_a_variable", expire=timedelta(0))  # !TC011
right_in_a_variable = Cache(key="right_in_a_variable", expire=HOUR)


@Cache(key="plus", expire=+timedelta(0))  # !TC011
def plus() -> int:
    return 1
