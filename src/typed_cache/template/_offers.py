"""This is what a remedy offers in place of what is wrong: the names that there are, the closest of them."""

from collections.abc import Sequence
from typing import Final

from typed_cache.template._facts import STABLE, FunctionFacts, Missing, Parameter, Unknown

__all__ = ["as_tuple", "example_of", "listed", "offered_attributes", "offered_parameters"]


def example_of(receiver: Parameter) -> str:
    """Return an attribute of the receiver that could stand in the key, where one is known."""
    view = receiver.annotation
    # asked for what it cannot have, a type tells what it has
    missing = view.attribute("?")
    for name in ("id", *(missing.candidates if isinstance(missing, Missing) else ())):
        found = view.attribute(name)
        if not isinstance(found, Missing | Unknown) and found.stability() is STABLE:
            return f", as in '{{{receiver.name}.{name}}}'"
    return ": one of its attributes"


def offered_parameters(name: str, facts: FunctionFacts) -> str:
    """Return what parameters there are instead of `name`."""
    names = [parameter.name for parameter in facts.parameters if parameter.name != facts.receiver]
    if not names:
        receiver = f" besides {facts.receiver!r}" if facts.receiver else ""
        return f"{facts.name} takes no parameter{receiver}."
    return f"{facts.name} takes {listed(names)}.{_did_you_mean(name, names)}"


def offered_attributes(name: str, missing: Missing) -> str:
    """Return what attributes there are instead of `name`."""
    if not missing.candidates:
        return f"{missing.owner} has no attributes to name."
    shown = sorted(set(missing.candidates))
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return f"{missing.owner} has {listed(shown[:_SHOWN])}{more}.{_did_you_mean(name, shown)}"


_SHOWN: Final = 8


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them."""
    return ", ".join(repr(name) for name in names)


def _did_you_mean(name: str, names: Sequence[str]) -> str:
    import difflib  # noqa: PLC0415  # few templates are wrong

    folded = {known.casefold(): known for known in reversed(names)}
    close = difflib.get_close_matches(name.casefold(), folded, n=1)
    return f" Did you mean {folded[close[0]]!r}?" if close else ""


def as_tuple(names: Sequence[str]) -> str:
    """Return names as Python writes a tuple of them, in double quotes."""
    return "(" + ", ".join(f'"{name}"' for name in names) + ("," if len(names) == 1 else "") + ")"
