"""This is where a template becomes a function that builds keys: a plan, its source, the compiled function."""

import collections
import inspect
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, final

from typed_cache.template._arguments import argument_text
from typed_cache.template._facts import FunctionFacts
from typed_cache.template._grammar import KEY_FUNCTION, KeyTemplate
from typed_cache.template._pieces import ONLY_INT, Piece, Slot, pieces_of
from typed_cache.template._source import (
    ParameterList,
    compile_function,
    forwarded_arguments,
    free_name,
    parameter_list,
)

__all__ = ["KeyPlan", "compile_builder", "plan_key", "source_of"]


@final
class KeyPlan(NamedTuple):
    """What a key builder does, decided: its name, parameters, the pieces of the key, the names it uses."""

    name: str
    parameters: ParameterList
    pieces: tuple[Piece, ...]
    inline: frozenset[str]
    """The int parameters that are written without a call."""

    arguments: str
    """The call that hands every parameter on to a key function."""

    names: Mapping[str, str]
    """What the source calls the globals `text`, `text_before_dot`, `LARGE` and `key_function`."""


_LARGE: Final = 2**63
_GLOBALS: Final = ("text", "text_before_dot", "LARGE", "key_function")


def compile_builder(
    template: KeyTemplate,
    facts: FunctionFacts,
    signature: inspect.Signature,
    key_function: Callable[..., object] | None = None,
) -> Callable[..., str]:
    """Return a function with the parameters of `signature` that returns the key of a call.

    The template must have passed `check`; one with `{...}` needs the `key_function`, which gets every
    argument. Calls with a value that has no stable text raise
    `KeyValueError`, and wrong arguments the `TypeError` that the function itself would raise.

    >>> from typed_cache.template import facts_of, parse, signature_of
    >>> def get_user(user_id: int, *, verbose=False): ...
    >>> build = compile_builder(parse("user_{user_id}"), facts_of(get_user), signature_of(get_user))
    >>> build(user_id=42)
    'user_42'
    """
    plan = plan_key(template, facts, signature)
    names = plan.names
    namespace = {
        "__name__": facts.module,
        names["text"]: argument_text(facts),
        names["text_before_dot"]: argument_text(facts, before_dot=True),
        names["LARGE"]: _LARGE,
        names["key_function"]: key_function,
        **plan.parameters.defaults,
    }
    filename = f"<typed_cache {facts.dotted} key>"
    return compile_function(source_of(plan), plan.name, namespace, filename)


def plan_key(template: KeyTemplate, facts: FunctionFacts, signature: inspect.Signature) -> KeyPlan:
    """Decide how the keys of a template are built."""
    parameters = parameter_list(signature)
    taken = {*signature.parameters, *parameters.defaults}
    pieces = pieces_of(template, facts)
    return KeyPlan(
        name=free_name("key_for", taken),
        parameters=parameters,
        pieces=pieces,
        inline=_written_inline(pieces, signature),
        arguments=forwarded_arguments(signature),
        names={name: free_name(name, taken) for name in _GLOBALS},
    )


def _written_inline(pieces: tuple[Piece, ...], signature: inspect.Signature) -> frozenset[str]:
    """The int parameters: Python's own formatting writes them, once the argument is seen to be one."""
    if {"type", "int"} & signature.parameters.keys():
        return frozenset()
    slots = [piece for piece in pieces if isinstance(piece, Slot)]
    uses = collections.Counter(slot.path[0] for slot in slots)
    return frozenset(
        slot.path[0]
        for slot in slots
        if slot.shapes == ONLY_INT and len(slot.path) == 1 and uses[slot.path[0]] == 1
    )


def source_of(plan: KeyPlan) -> str:
    """Write a plan as Python; prints what `inspect.getsource` shows.

    Every literal is printable ASCII by now, and every name was an identifier to Python before.
    """
    lines = [f"def {plan.name}({plan.parameters.source}):"]
    large = plan.names["LARGE"]
    for piece in plan.pieces:
        if isinstance(piece, Slot) and piece.path[0] in plan.inline:
            name = piece.path[0]
            lines += [
                f"    if type({name}) is not int or not -{large} < {name} < {large}:",
                f"        {name} = {_call(piece, plan)}",
            ]
    lines.append(f"    return {_joined(plan)}")
    return "\n".join(lines) + "\n"


def _joined(plan: KeyPlan) -> str:
    if not any(isinstance(piece, Slot) for piece in plan.pieces):
        return repr("".join(piece for piece in plan.pieces if isinstance(piece, str)))
    inside = "".join(
        piece.translate(_IN_FSTRING) if isinstance(piece, str) else f"{{{_expression(piece, plan)}}}"
        for piece in plan.pieces
    )
    return f'f"{inside}"'


_IN_FSTRING: Final = str.maketrans({"{": "{{", "}": "}}", "\\": "\\\\", '"': '\\"'})


def _expression(slot: Slot, plan: KeyPlan) -> str:
    return slot.path[0] if slot.path[0] in plan.inline else _call(slot, plan)


def _call(slot: Slot, plan: KeyPlan) -> str:
    call = plan.names["text_before_dot" if slot.before_dot else "text"]
    value = slot.path[0]
    if value == KEY_FUNCTION:
        value = f"{plan.names['key_function']}({plan.arguments})"
    return f"{call}({value}, {', '.join(map(repr, slot.path))})"
