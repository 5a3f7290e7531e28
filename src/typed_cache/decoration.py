"""This is where a function becomes a cached one: checked, given a key builder, a loader and a wrapper."""

import inspect
from collections.abc import Callable, Collection
from datetime import timedelta
from types import FunctionType, MethodType
from typing import Any, Final, NamedTuple, final

from typing_extensions import TypeIs

from typed_cache._cached_callable import HANDLES, Binds, CachedCallable
from typed_cache._key_function import KeyFunction
from typed_cache._shortcut import Shortcut
from typed_cache._wrapper import Mode, compile_wrapper, plan_wrapper
from typed_cache.binding import Binding, Source
from typed_cache.client import ResultType
from typed_cache.errors import ClientNotFoundError, DecorationError, SerializerNotFoundError
from typed_cache.loading import AsyncLoader, Health, Loader
from typed_cache.result import is_resolved, refused_result, result_annotation
from typed_cache.template import (
    FunctionFacts,
    check,
    compile_builder,
    exact_parameters,
    facts_of,
    generator_problem,
    read_once_problem,
    record,
    render,
    report,
    signature_of,
    stands_in_class,
    template_of,
)

__all__ = ["Settings", "decorate", "handles_of"]


@final
class Settings(NamedTuple):
    """What the decorator was told."""

    key: str | None
    expire: timedelta | None
    mode: Mode
    source: Source
    ignore: Collection[str]
    version: str


def decorate(target: object, settings: Settings) -> object:
    """Return what takes the place of `target`: a function, or a descriptor where it stands in a class.

    Raises:
        KeyTemplateError: The template does not fit the function.
        DecorationError: This cannot be cached.
        SerializerNotFoundError: The client is known, and cannot carry the return type.
    """
    function, binds = _function_of(target)
    facts = facts_of(function)
    annotation = result_annotation(function)
    invalidates = settings.mode is Mode.INVALIDATE
    _refuse_what_is_read_once(annotation, facts, invalidates=invalidates)
    report(check(facts, settings.key, ignore=settings.ignore, invalidate=invalidates), facts)
    if not invalidates:
        report(record(facts, settings.key, settings.source.label), facts)
    template = template_of(settings.key, facts)
    signature = signature_of(function)
    key_function = KeyFunction(template, facts, signature)
    build_key = compile_builder(template, facts, signature, key_function)
    is_async = inspect.iscoroutinefunction(function)
    health = Health(facts.dotted)
    shortcut = Shortcut(settings.expire, health)
    binding = Binding(
        settings.source,
        _result_of(function, annotation, facts, settings),
        shortcut,
        serves_coroutines=is_async,
    )
    loader = (AsyncLoader if is_async else Loader)(function, binding.find, settings.expire, health)
    plan = plan_wrapper(
        facts,
        signature,
        settings.mode,
        is_async=is_async,
        exact=exact_parameters(template, facts),
        shared=_is_scalar(annotation),
    )
    methods = {name: getattr(loader, name) for name in ("read", "load", "replace", "withdraw")}
    wrapper = compile_wrapper(
        plan, function, facts, {"function": function, "build_key": build_key, **methods}
    )
    if settings.mode is Mode.CACHE:  # the others look nothing up
        shortcut.lead_from(wrapper.__globals__, plan.names, shared=plan.shared)
    if invalidates:
        return _in_place_of(target, wrapper)
    _fail_early(binding, annotation)
    cached = CachedCallable.make(
        wrapper,
        function,
        build_key,
        key_function=key_function,
        loader=loader,
        binding=binding,
        binds=binds,
    )
    return cached if _stands_in_class(target, facts) else _with_handles(wrapper, cached)


def handles_of(function: Callable[..., object]) -> CachedCallable | None:
    """Return the handles of what `decorate` made, also below other decorators; None of anything else."""
    if isinstance(function, CachedCallable):
        return function
    if isinstance(function, MethodType):  # Python bound what stands above a cached method
        unbound = handles_of(function.__func__)
        bound: CachedCallable | None = unbound and unbound.__get__(function.__self__)
        return bound
    held = getattr(function, "__cached__", None)
    if isinstance(held, CachedCallable):
        return held
    wrapped = getattr(function, "__wrapped__", None)
    return handles_of(wrapped) if callable(wrapped) else None


def _function_of(target: object) -> tuple[Callable[..., Any], Binds]:
    if _is_class_method(target):
        return target.__func__, "class"
    if _is_static_method(target):
        return target.__func__, "nothing"
    if isinstance(target, type):
        raise DecorationError(
            f"{target.__qualname__} is a class. Decorate a function that makes its instances."
        )
    if isinstance(target, property):
        raise DecorationError("@Cache stands inside @property: write @property above @Cache.")
    if not callable(target):
        raise DecorationError(f"@Cache decorates a function, not a {type(target).__qualname__}: {target!r}.")
    return target, "instance"


def _is_class_method(target: object) -> "TypeIs[classmethod[Any, ..., Any]]":
    return isinstance(target, classmethod)


def _is_static_method(target: object) -> "TypeIs[staticmethod[..., Any]]":
    return isinstance(target, staticmethod)


def _refuse_what_is_read_once(annotation: object, facts: FunctionFacts, *, invalidates: bool) -> None:
    if facts.is_generator:
        raise DecorationError(render(generator_problem(facts, invalidate=invalidates), facts))
    if not invalidates and (kind := refused_result(annotation)) is not None:
        raise DecorationError(render(read_once_problem(facts, kind), facts))


def _result_of(
    function: Callable[..., object], annotation: object, facts: FunctionFacts, settings: Settings
) -> Callable[[], ResultType]:
    if is_resolved(annotation):
        result = ResultType(annotation, facts.dotted, settings.version)
        return lambda: result
    return lambda: ResultType(result_annotation(function), facts.dotted, settings.version)


_SCALARS: Final[tuple[object, ...]] = (int, str, bytes, bool, float)


def _is_scalar(annotation: object) -> bool:
    """Whether every client may hand out one object to all callers; of other types the client knows."""
    return any(annotation is scalar for scalar in _SCALARS)


def _fail_early(binding: Binding, annotation: object) -> None:
    """Find the store now where that is possible, so that a type without a serializer shows at import.

    A type that names what is defined further down is left to the first call.
    """
    if not is_resolved(annotation):
        return
    try:
        binding.find()
    except ClientNotFoundError:
        return
    except SerializerNotFoundError:
        from typed_cache.serializers._anatomy import walk  # noqa: PLC0415  # whoever raised this has loaded it

        if all(is_resolved(part) for part, _ in walk(annotation)):
            raise


def _stands_in_class(target: object, facts: FunctionFacts) -> bool:
    """Whether the function was defined in the body of a class, where bound handles are needed."""
    return _is_class_method(target) or _is_static_method(target) or stands_in_class(facts.qualname)


def _with_handles(wrapper: FunctionType, cached: CachedCallable) -> FunctionType:
    for name in HANDLES:
        setattr(wrapper, name, getattr(cached, name))
    return wrapper


def _in_place_of(target: object, wrapper: FunctionType) -> object:
    """Put an invalidating wrapper where `target` stood, as what it was."""
    if _is_class_method(target):
        return classmethod(wrapper)
    if _is_static_method(target):
        return staticmethod(wrapper)
    if isinstance(target, CachedCallable):
        return target.around(wrapper)
    return wrapper
