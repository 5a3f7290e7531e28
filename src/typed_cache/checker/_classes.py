"""This is what a class in the source says of itself: its bases, its members, and whether that is all."""

import abc
import ast
from collections.abc import Iterator
from typing import Any, Final, Generic, Literal, Protocol, TypeAlias, final

from typed_cache.checker._annotation import head_of_annotation
from typed_cache.checker._live import live_object
from typed_cache.checker._members import Member, members_of
from typed_cache.checker._named_tuples import class_made_by
from typed_cache.checker._project import External, Found, Project, Target
from typed_cache.checker._scopes import Defined, Scope

__all__ = ["SETTERS", "ClassSource", "Record"]

Record: TypeAlias = Literal["record", "unknown", ""]

_RECORD_MAKERS: Final = frozenset(
    {
        "dataclasses.dataclass",
        "attr.s",
        "attr.attrs",
        "attr.define",
        "attr.frozen",
        "attr.mutable",
        "attr.dataclass",
        "attrs.define",
        "attrs.frozen",
        "attrs.mutable",
        "pydantic.dataclasses.dataclass",
    }
)
_RECORD_BASES: Final = frozenset({"msgspec.Struct", "pydantic.BaseModel", "typing.NamedTuple"})
_CLOSED_BASES: Final = frozenset({"msgspec.Struct", "pydantic.BaseModel"})
"""Bases that no file shows and that add no attribute that anybody would put into a key."""

_ABSTRACT: Final = frozenset({"abc.ABC", "typing.Protocol", "typing_extensions.Protocol"})
_MAKERS: Final = frozenset({"__new__", "__init__", "__prepare__", "__getattr__", "__getattribute__"})
SETTERS: Final = ("setattr", "__dict__", "vars", "__setattr__")
"""Names used by those who set attributes by their text."""

_HARMLESS: Final = frozenset(
    {
        "enum.unique",
        "functools.total_ordering",
        "typing.final",
        "typing.runtime_checkable",
        "typing_extensions.final",
        "typing_extensions.runtime_checkable",
        "warnings.deprecated",
        "typing_extensions.deprecated",
    }
)


@final
class ClassSource:
    """A class that a given file defines."""

    def __init__(self, scope: Scope, node: ast.ClassDef, project: Project) -> None:
        self.node = node
        self.project = project
        self.defined_in = scope
        self.scope = scope.inner(node)
        self.qualname = scope.qualname(node.name)
        self.dotted = f"{scope.module.name}.{self.qualname}"
        self._members: dict[str, Member] | None = None
        self._mro: tuple[ClassSource | type, ...] | None = None

    @classmethod
    def of(cls, target: Target | None, project: Project) -> "ClassSource | None":
        """The class that a name stands for, if it is one that a file defines."""
        if not isinstance(target, Found):
            return None
        if isinstance(target.value, ast.Call):
            made = class_made_by(target.value, target.scope, project)
            return cls.at(*made, project) if made is not None else None
        node = target.binding.node if isinstance(target.binding, Defined) else None
        return cls.at(target.scope, node, project) if isinstance(node, ast.ClassDef) else None

    @classmethod
    def at(cls, scope: Scope, node: ast.ClassDef, project: Project) -> "ClassSource":
        """The class that a statement defines; one object for one statement."""
        if node not in project.classes:
            project.classes[node] = cls(scope, node, project)
        return project.classes[node]

    @property
    def members(self) -> dict[str, Member]:
        """What the body declares, and what its methods assign to `self`."""
        if self._members is None:
            self._members = members_of(self.node.body, self.scope, self.project)
        return self._members

    @property
    def mro(self) -> "tuple[ClassSource | type, ...]":
        """This class and all that it inherits from, each once, as far as files show them."""
        if self._mro is None:
            self._mro = (self,)  # what a class that inherits from itself sees
            found: dict[ClassSource | type, None] = {self: None}
            for base in self.bases():
                if isinstance(base, ClassSource):
                    found.update(dict.fromkeys(base.mro))
                elif isinstance(base, type):
                    found.update((cls, None) for cls in base.__mro__ if cls not in _SILENT)
            self._mro = tuple(found)
        return self._mro

    @property
    def is_all_seen(self) -> bool:
        """Whether files or the standard library show every base, decorator and metaclass."""
        return all(
            not isinstance(base, str)
            for above in self.mro
            if isinstance(above, ClassSource)
            for base in (*above.bases(), *above.strange())
        )

    @property
    def record(self) -> Record:
        """Whether this class is a dataclass, a named tuple, or of a library's kind of record."""
        own = {self.name_of(decorator) for decorator in self.node.decorator_list}
        if own & _RECORD_MAKERS or _RECORD_BASES & {self.name_of(base) for base in self.node.bases}:
            return "record"
        return ""

    def calls(self, *names: str) -> bool:
        """Whether a method uses one of these names, as those do that set attributes by their text."""
        return any(
            (isinstance(node, ast.Name) and node.id in names)
            or (isinstance(node, ast.Attribute) and node.attr in names)
            for node in ast.walk(self.node)
        )

    def bases(self) -> "Iterator[ClassSource | type | str]":
        """The bases; the text of one that nothing is known of."""
        for base in self.node.bases:
            if isinstance(base, ast.Call) and (made := class_made_by(base, self.defined_in, self.project)):
                yield ClassSource.at(*made, self.project)
                continue
            target = self.project.resolve(head_of_annotation(base), self.defined_in)
            known = ClassSource.of(target, self.project)
            if known is not None:
                yield known
                continue
            dotted = target.dotted if isinstance(target, External) else ""
            if dotted not in _CLOSED_BASES:
                yield _class_behind(live_object(dotted)) or ast.unparse(base)

    def strange(self) -> Iterator[str]:
        """Decorators and metaclasses that may change anything."""
        for decorator in self.node.decorator_list:
            if self.name_of(decorator) not in _RECORD_MAKERS | _HARMLESS:
                yield ast.unparse(decorator)
        metaclass = self.metaclass
        if isinstance(metaclass, str) or (isinstance(metaclass, ClassSource) and metaclass.makes_classes):
            yield "metaclass"

    @property
    def metaclass(self) -> "ClassSource | type | str | None":
        """The metaclass that the statement names; its text where nothing is known of it."""
        for keyword in self.node.keywords:
            if keyword.arg == "metaclass":
                target = self.project.resolve(keyword.value, self.defined_in)
                live = live_object(target.dotted) if isinstance(target, External) else None
                known = ClassSource.of(target, self.project) or _class_behind(live)
                return ast.unparse(keyword.value) if known is None else known
        return None

    @property
    def makes_classes(self) -> bool:
        """Whether a metaclass may add to its classes, or to their instances, what no body shows."""
        above = [cls for cls in self.mro if isinstance(cls, ClassSource)]
        return not self.is_all_seen or any(
            cls.members.keys() & _MAKERS or cls.calls(*SETTERS) for cls in above
        )

    @property
    def is_abstract(self) -> bool:
        """Whether the class stands for what others bring: an ABC or a Protocol."""
        metaclass = self.metaclass
        above = metaclass.mro if isinstance(metaclass, ClassSource) else (metaclass,)
        names = {self.name_of(base) for base in self.node.bases}
        return abc.ABCMeta in above or bool(names & _ABSTRACT)

    def inherits(self, *names: str) -> bool:
        """Whether this class, or one above it, has a base of one of these names."""
        above = [cls for cls in self.mro if isinstance(cls, ClassSource)]
        return any(cls.name_of(base) in names for cls in above for base in cls.node.bases)

    def name_of(self, expression: ast.expr) -> str:
        """The full name of a base or a decorator that no file defines; empty for any other."""
        inner = expression.func if isinstance(expression, ast.Call) else expression
        target = self.project.resolve(head_of_annotation(inner), self.defined_in)
        return target.dotted if isinstance(target, External) else ""


def _class_behind(live: Any) -> type | None:
    """The class that a base stands for; a form of `typing` that is none adds a tuple, a dict, or nothing."""
    if isinstance(live, type):
        return live
    origin: object = getattr(live, "__origin__", None)
    if isinstance(origin, type):
        return origin
    return _FORMS.get(str(getattr(live, "__name__", "")))


_SILENT: Final[tuple[object, ...]] = (object, Generic, Protocol)
_FORMS: Final[dict[str, type]] = {
    "NamedTuple": tuple,
    "TypedDict": dict,
    "Protocol": object,
    "Generic": object,
}
