"""The language of keys: templates are read, judged and compiled here; nothing in it does I/O.

`parse` and `check` need no live function, only `FunctionFacts`. A decorator goes
`facts_of`, `check`, `record`, `report`, `compile_builder`. A name is loaded when it is first used: the mypy
plugin and the command need no builder.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typed_cache.template._annotations import ClassView, UnionView, view_of, view_of_parameter
    from typed_cache.template._builder import compile_builder
    from typed_cache.template._codes import RULES, TEMPLATE_SLUG, Rule
    from typed_cache.template._collisions import CollisionRegister, record
    from typed_cache.template._exact import ExactParameter, exact_parameters, is_exact_tuple
    from typed_cache.template._facts import (
        STABLE,
        UNKNOWN,
        AnnotationView,
        FunctionFacts,
        Missing,
        Parameter,
        ParameterKind,
        Stability,
        StateRead,
        Unknown,
        Unseen,
        Unstable,
    )
    from typed_cache.template._forms import Form, Shape, named_head
    from typed_cache.template._grammar import Fault, KeyTemplate, Literal, Placeholder, parse, plain_paths
    from typed_cache.template._overlap import common_key
    from typed_cache.template._pieces import Piece, pieces_of
    from typed_cache.template._problem import Problem, columns, excerpt, headline, printable, render, sentence
    from typed_cache.template._report import report
    from typed_cache.template._resolve import written
    from typed_cache.template._rules import (
        check,
        expire_problem,
        generator_problem,
        read_once_problem,
        template_of,
    )
    from typed_cache.template._shapes import shapes_of_class
    from typed_cache.template._shorten import shorten
    from typed_cache.template._signature import facts_of, return_annotation, signature_of, stands_in_class
    from typed_cache.template._source import (
        ParameterList,
        compile_function,
        forwarded_arguments,
        free_name,
        parameter_list,
    )
    from typed_cache.template._stability import stability_of_class
    from typed_cache.template._text import key_text
    from typed_cache.template._text_containers import CONTAINERS

__all__ = [
    "CONTAINERS",
    "RULES",
    "STABLE",
    "TEMPLATE_SLUG",
    "UNKNOWN",
    "AnnotationView",
    "ClassView",
    "CollisionRegister",
    "ExactParameter",
    "Fault",
    "Form",
    "FunctionFacts",
    "KeyTemplate",
    "Literal",
    "Missing",
    "Parameter",
    "ParameterKind",
    "ParameterList",
    "Piece",
    "Placeholder",
    "Problem",
    "Rule",
    "Shape",
    "Stability",
    "StateRead",
    "UnionView",
    "Unknown",
    "Unseen",
    "Unstable",
    "check",
    "columns",
    "common_key",
    "compile_builder",
    "compile_function",
    "exact_parameters",
    "excerpt",
    "expire_problem",
    "facts_of",
    "forwarded_arguments",
    "free_name",
    "generator_problem",
    "headline",
    "is_exact_tuple",
    "key_text",
    "named_head",
    "parameter_list",
    "parse",
    "pieces_of",
    "plain_paths",
    "printable",
    "read_once_problem",
    "record",
    "render",
    "report",
    "return_annotation",
    "sentence",
    "shapes_of_class",
    "shorten",
    "signature_of",
    "stability_of_class",
    "stands_in_class",
    "template_of",
    "view_of",
    "view_of_parameter",
    "written",
]

_HOMES = {
    "CONTAINERS": "_text_containers",
    "RULES": "_codes",
    "STABLE": "_facts",
    "TEMPLATE_SLUG": "_codes",
    "UNKNOWN": "_facts",
    "AnnotationView": "_facts",
    "ClassView": "_annotations",
    "CollisionRegister": "_collisions",
    "ExactParameter": "_exact",
    "Fault": "_grammar",
    "Form": "_forms",
    "FunctionFacts": "_facts",
    "KeyTemplate": "_grammar",
    "Literal": "_grammar",
    "Missing": "_facts",
    "Parameter": "_facts",
    "ParameterKind": "_facts",
    "ParameterList": "_source",
    "Piece": "_pieces",
    "Placeholder": "_grammar",
    "Problem": "_problem",
    "Rule": "_codes",
    "Shape": "_forms",
    "Stability": "_facts",
    "StateRead": "_facts",
    "UnionView": "_annotations",
    "Unknown": "_facts",
    "Unseen": "_facts",
    "Unstable": "_facts",
    "check": "_rules",
    "columns": "_problem",
    "common_key": "_overlap",
    "compile_builder": "_builder",
    "compile_function": "_source",
    "exact_parameters": "_exact",
    "excerpt": "_problem",
    "expire_problem": "_rules",
    "facts_of": "_signature",
    "forwarded_arguments": "_source",
    "free_name": "_source",
    "generator_problem": "_rules",
    "headline": "_problem",
    "is_exact_tuple": "_exact",
    "key_text": "_text",
    "named_head": "_forms",
    "parameter_list": "_source",
    "parse": "_grammar",
    "pieces_of": "_pieces",
    "plain_paths": "_grammar",
    "printable": "_problem",
    "read_once_problem": "_rules",
    "record": "_collisions",
    "render": "_problem",
    "report": "_report",
    "return_annotation": "_signature",
    "sentence": "_problem",
    "shapes_of_class": "_shapes",
    "shorten": "_shorten",
    "signature_of": "_signature",
    "stability_of_class": "_stability",
    "stands_in_class": "_signature",
    "template_of": "_rules",
    "view_of": "_annotations",
    "view_of_parameter": "_annotations",
    "written": "_resolve",
}
"""The file of each name."""


def __getattr__(name: str) -> object:
    """Load a name at its first use."""
    from importlib import import_module  # noqa: PLC0415  # the same reason

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the names, those that are not loaded included."""
    return __all__
