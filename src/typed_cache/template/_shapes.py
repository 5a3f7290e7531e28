"""This is which shapes of text the instances of a class take."""

from types import NoneType
from typing import Final

from typed_cache.template._facts import UNKNOWN, Unknown
from typed_cache.template._forms import Form, Shape, class_head
from typed_cache.template._text import has_stable_text
from typed_cache.template._text_containers import CONTAINERS
from typed_cache.template._text_scalars import leaf_for

__all__ = ["shapes_of_class"]

_FORMS: Final[dict[type, tuple[Form, ...]]] = {
    NoneType: (Form.NONE,),
    bool: (Form.BOOL,),
    int: (Form.INT,),
    float: (Form.FLOAT, Form.INT),
    str: (Form.WORD, Form.QUOTED),
    bytes: (Form.BYTES,),
    tuple: (Form.TUPLE,),
    list: (Form.LIST,),
    dict: (Form.DICT,),
}


def shapes_of_class(cls: type) -> frozenset[Shape] | Unknown:
    """Return the shapes of values annotated with `cls`; unknown where a subclass stands for it.

    >>> sorted(shape.form.name for shape in shapes_of_class(str))
    ['QUOTED', 'WORD']
    """
    if cls in _FORMS:
        return frozenset(map(Shape, _FORMS[cls]))
    if cls in CONTAINERS or leaf_for(cls):
        return frozenset({Shape(Form.NAMED, cls.__name__)})
    return frozenset({Shape(Form.CLASS, class_head(cls))}) if has_stable_text(cls) else UNKNOWN
