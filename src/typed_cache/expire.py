"""How long an entry may live: what `expire=` takes, and what a backend is told."""

from datetime import timedelta
from typing import Final

from typed_cache.errors import ExpireError

__all__ = ["LONGEST_EXPIRE", "check_expire", "physical_seconds", "written_expire"]

LONGEST_EXPIRE: Final[timedelta] = timedelta(days=3650)
"""The longest time to live: ten years of 365 days."""

_SECOND: Final = timedelta(seconds=1)


def check_expire(expire: object) -> timedelta | None:
    """Return `expire` where it is None or a `timedelta` with 0 < expire <= 10 years.

    Raises:
        ExpireError: It is anything else: a number has no unit, zero and below are "for ever" to some
            backends and "at once" to others.

    >>> check_expire(timedelta(hours=3))
    datetime.timedelta(seconds=10800)
    >>> check_expire(None) is None
    True
    """
    if expire is None:
        return None
    if not isinstance(expire, timedelta):
        # A value is not shown: the text of an absurd number can itself overflow.
        raise ExpireError(
            f"expire is a {type(expire).__name__}. Write a timedelta, such as timedelta(seconds=60), "
            "or None to keep entries as long as the backend does."
        )
    if expire <= timedelta(0):
        raise ExpireError(
            f"expire is {written_expire(expire)}, which is not after now. Write a positive timedelta, "
            "or None to keep entries as long as the backend does."
        )
    if expire > LONGEST_EXPIRE:
        raise ExpireError(
            f"expire is {written_expire(expire)}, longer than {LONGEST_EXPIRE.days} days. "
            "Write None to keep entries as long as the backend does."
        )
    return expire


def written_expire(expire: timedelta) -> str:
    """Return a time to live as source says it: Python itself counts from the day before.

    >>> written_expire(timedelta(seconds=-1)), repr(timedelta(seconds=-1))
    ('timedelta(seconds=-1)', 'datetime.timedelta(days=-1, seconds=86399)')
    """
    size, sign = abs(expire), "-" if expire < timedelta(0) else ""
    parts = {"days": size.days, "seconds": size.seconds, "microseconds": size.microseconds}
    given = ", ".join(f"{unit}={sign}{number}" for unit, number in parts.items() if number)
    return f"timedelta({given or 0})"


def physical_seconds(expire: timedelta) -> int:
    """Return the whole seconds after which a backend may drop an entry that is fresh for `expire`.

    Rounded up, and one more: a backend that counts in whole seconds drops an entry up to a second early.
    The exact time stands in the entry.

    >>> physical_seconds(timedelta(seconds=60)), physical_seconds(timedelta(milliseconds=1))
    (61, 2)
    """
    return -(-expire // _SECOND) + 1
