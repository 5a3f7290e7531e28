"""The language of keys: templates are read, judged and compiled here; nothing in it does I/O.

`parse` and `check` need no live function, only `FunctionFacts`. A decorator goes
`facts_of`, `check`, `record`, `report`, `compile_builder`.
"""

from typed_cache.template._annotations import ClassView, UnionView, view_of, view_of_parameter
from typed_cache.template._builder import compile_builder
from typed_cache.template._codes import RULES, TEMPLATE_SLUG, Rule
from typed_cache.template._collisions import CollisionRegister, record
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
from typed_cache.template._grammar import Fault, KeyTemplate, Literal, Placeholder, parse
from typed_cache.template._overlap import common_key
from typed_cache.template._pieces import Piece, pieces_of
from typed_cache.template._problem import Problem, excerpt, headline, render, sentence
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
from typed_cache.template._signature import facts_of, return_annotation, signature_of
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
    "common_key",
    "compile_builder",
    "compile_function",
    "excerpt",
    "expire_problem",
    "facts_of",
    "forwarded_arguments",
    "free_name",
    "generator_problem",
    "headline",
    "key_text",
    "named_head",
    "parameter_list",
    "parse",
    "pieces_of",
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
    "template_of",
    "view_of",
    "view_of_parameter",
    "written",
]
