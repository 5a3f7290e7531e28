"""The part of a return type that a serializer cannot carry, and the error that names it."""

from collections.abc import Callable
from types import UnionType
from typing import Any, Union, get_origin

from typed_cache.client import UNANNOTATED
from typed_cache.errors import SerializerNotFoundError
from typed_cache.serializers._anatomy import Place, walk
from typed_cache.serializers._spelling import spell

__all__ = ["declared", "not_found", "require"]


def declared(annotation: object) -> Any:
    """Return the type to serialize by: `Any` where the annotation says nothing."""
    return Any if annotation is UNANNOTATED or annotation is object else annotation


def require(annotation: object, why_not: Callable[[object], str | None], form: str) -> None:
    """Pass where `form` carries every part of `annotation`; `why_not` says why it cannot carry one.

    Raises:
        SerializerNotFoundError: It names the innermost part that cannot be carried, where it stands, and
            what to write instead.
    """
    for part, place in walk(annotation):
        reason = None if _is_spelling(part) else why_not(part)
        if reason is not None:
            raise _refusal(annotation, part, place, f"{form} cannot carry it: {reason}")


def _is_spelling(part: object) -> bool:
    """Whether this is no type but how one is written: the dots of a tuple, the parameters of a Callable."""
    return part is Ellipsis or isinstance(part, list)


def _refusal(annotation: object, part: object, place: Place, reason: str) -> SerializerNotFoundError:
    fault, whole = spell(part), spell(annotation)
    field = f" (the field {place.owner}.{place.field})" if place.field else ""
    inside = f" inside {whole}" if fault != whole else ""
    return SerializerNotFoundError(
        f"no serializer for {fault}{field}{inside}\n"
        f"  {reason.rstrip('.')}.\n"
        f"  {_remedy(part)}, or pass the client a serializer= that carries this one.",
        part=fault,
    )


def _remedy(part: object) -> str:
    if get_origin(part) in (Union, UnionType):
        return "Return a union that its bytes can tell apart, such as msgspec Structs with tag=True"
    return "Return a dataclass, a msgspec Struct or another type that it carries"


def not_found(error: SerializerNotFoundError, function: str) -> SerializerNotFoundError:
    """Return `error` with the name of the function whose return type it is about."""
    if not function or error.function:
        return error
    return SerializerNotFoundError(f"{function}: {error.message}", function, error.part)
