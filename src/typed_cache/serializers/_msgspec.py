"""What msgspec can carry of a type, and what to mind in writing it."""

from msgspec import inspect

from typed_cache.serializers._anatomy import walk

__all__ = ["holds", "why_not"]


def why_not(part: object) -> str | None:
    """Return why msgspec cannot carry a type, None where it can. Its parts are asked about on their own."""
    try:
        info = inspect.type_info(part)
    except Exception as error:  # noqa: BLE001 - TypeError for a type it refuses, NameError for one it cannot resolve
        return str(error)
    if not isinstance(info, inspect.CustomType) or info.cls is object:
        return None
    if hasattr(info.cls, "__pydantic_core_schema__"):
        return "it is a pydantic model; PydanticSerializer carries it"
    return "it is a class that says nothing about its fields"


def holds(annotation: object, *kinds: type[inspect.Type]) -> bool:
    """Whether a type that msgspec can carry has one of these kinds inside."""
    parts = (part for part, _ in walk(annotation) if part is not Ellipsis)
    return any(isinstance(inspect.type_info(part), kinds) for part in parts)
