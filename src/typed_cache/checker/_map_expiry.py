"""This is how long the values of a key live, in words."""

from collections.abc import Sequence
from datetime import timedelta

from typed_cache.checker._map import Key, Lifetime
from typed_cache.checker._values import Unsaid

__all__ = ["expiry_of", "lifetime_shown"]


def lifetime_shown(lifetime: Lifetime) -> str:
    """Return a time to live, its largest units first.

    >>> lifetime_shown(timedelta(days=1, hours=2)), lifetime_shown(None)
    ('1d 2h', 'never')
    """
    if isinstance(lifetime, Unsaid):
        return "?"
    if lifetime is None:
        return "never"
    minutes, seconds = divmod(abs(lifetime).total_seconds(), 60)
    hours, minutes = divmod(int(minutes), 60)
    days, hours = divmod(hours, 24)
    shown = [f"{number}{unit}" for number, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if number]
    if seconds or not shown:
        shown.append(f"{seconds:g}s")
    return f"{'-' if lifetime < timedelta(0) else ''}{' '.join(shown)}"


def expiry_of(key: Key) -> str:
    """Return one sentence about the times to live that the functions of a key give it.

    >>> expiry_of(Key("", "user_{id}", None))
    'filled by no function here'
    """
    lifetimes = dict.fromkeys(touch.expire for touch in key.fills)
    if not lifetimes:
        return "filled by no function here"
    times = sorted(time for time in lifetimes if isinstance(time, timedelta))
    ways = [lifetime_shown(time) for time in times if time > timedelta(0)]
    if any(isinstance(lifetime, Unsaid) for lifetime in lifetimes):
        ways.append("a computed time")
    if None in lifetimes:
        ways.append("never")
    sentences = (
        [] if not ways else ["never expires"] if ways == ["never"] else [f"expires after {_either(ways)}"]
    )
    sentences += [f"expire of {lifetime_shown(time)} is refused" for time in times if time <= timedelta(0)]
    return "; ".join(sentences)


def _either(choices: Sequence[str]) -> str:
    """Join choices.

    >>> _either(["1h", "3h", "4h"])
    '1h, 3h or 4h'
    """
    *others, last = choices
    return f"{', '.join(others)} or {last}" if others else last
