"""This is what a class in the source says of itself: its bases, its members, and whether that is all."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, Protocol, TypeAlias, TypeGuard, final

from typed_cache.checker._live import live_object
from typed_cache.checker._project import External, Found, Project, Target
from typed_cache.checker._scopes import AnyFunction, Defined, Scope, statements_of

__all__ = ["ClassSource", "Member", "Record", "head_of_annotation"]

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
_PROPERTIES: Final = frozenset({"builtins.property", "functools.cached_property", "abc.abstractproperty"})


@final
@dataclass(frozen=True, slots=True)
class Member:
    """One name of a class: a method, or a value that is annotated, assigned, or neither.

    `in_body` says that the body of the class gives it a value, which all instances share.
    """

    kind: Literal["method", "decorated", "value", "property"]
    scope: Scope
    annotation: ast.expr | None = None
    value: ast.expr | None = None
    in_body: bool = False


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
        if not isinstance(target, Found) or not isinstance(target.binding, Defined):
            return None
        node = target.binding.node
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
            assigned = dict(_assigned_members(self))
            in_body = {
                name: member
                for name, member in _body_members(self)
                if name not in assigned or member.annotation is not None or member.kind != "value"
            }
            self._members = assigned | in_body
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
        own = {self._name(decorator) for decorator in self.node.decorator_list}
        if own & _RECORD_MAKERS or _RECORD_BASES & {self._name(base) for base in self.node.bases}:
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
            if self._name(decorator) not in _RECORD_MAKERS | _HARMLESS:
                yield ast.unparse(decorator)
        for keyword in self.node.keywords:
            if keyword.arg == "metaclass" and self._name(keyword.value) not in {
                "abc.ABCMeta",
                "enum.EnumMeta",
            }:
                yield ast.unparse(keyword.value)

    @property
    def is_abstract(self) -> bool:
        """Whether the class stands for what others bring: an ABC or a Protocol."""
        names = {self._name(base) for base in (*self.node.bases, *(key.value for key in self.node.keywords))}
        return bool(names & {"abc.ABC", "abc.ABCMeta", "typing.Protocol", "typing_extensions.Protocol"})

    def _name(self, expression: ast.expr) -> str:
        inner = expression.func if isinstance(expression, ast.Call) else expression
        target = self.project.resolve(head_of_annotation(inner), self.defined_in)
        return target.dotted if isinstance(target, External) else ""


def head_of_annotation(expression: ast.expr) -> ast.expr:
    """`list` of `list[int]`."""
    return expression.value if isinstance(expression, ast.Subscript) else expression


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


def _body_members(source: ClassSource) -> Iterator[tuple[str, Member]]:
    scope = source.scope
    for statement in statements_of(source.node.body):
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() if not _is_setter(statement):
                yield statement.name, _function_member(source, statement)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
                yield name, Member("value", scope, annotation, value, in_body=value is not None)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name):
                        if target.id == "__slots__":
                            yield from ((slot, Member("value", scope)) for slot in _texts(value))
                        yield target.id, Member("value", scope, None, None, in_body=True)
                    else:
                        names = (node.id for node in ast.walk(target) if isinstance(node, ast.Name))
                        yield from ((name, Member("value", scope, in_body=True)) for name in names)
            case ast.ClassDef(name=name):
                yield name, Member("value", scope, in_body=True)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from (
                    (alias.asname or alias.name, Member("value", scope, in_body=True)) for alias in names
                )
            case _:
                continue


def _texts(expression: ast.expr) -> Iterator[str]:
    for node in ast.walk(expression):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _function_member(source: ClassSource, function: AnyFunction) -> Member:
    names = [source.project.resolve(decorator, source.scope) for decorator in function.decorator_list]
    if any(isinstance(name, External) and name.dotted in _PROPERTIES for name in names):
        return Member("property", source.scope, function.returns)
    if all(isinstance(name, External) and name.dotted in _METHODS for name in names):
        return Member("method", source.scope)
    return Member("decorated", source.scope)


_METHODS: Final = frozenset(
    {
        "abc.abstractmethod",
        "builtins.classmethod",
        "builtins.staticmethod",
        "typing.final",
        "typing.override",
        "typing_extensions.override",
    }
)


def _is_setter(function: AnyFunction) -> bool:
    return any(
        isinstance(decorator, ast.Attribute) and decorator.attr in {"setter", "deleter"}
        for decorator in function.decorator_list
    )


def _assigned_members(source: ClassSource) -> Iterator[tuple[str, Member]]:
    """What methods assign to their first parameter; an annotation wins, two assignments say nothing."""
    seen: dict[str, Member] = {}
    for method in statements_of(source.node.body):
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and method.args.args:
            for name, member in _assigned_in(method, source):
                before = seen.get(name)
                if before is None or (before.annotation is None and member.annotation is not None):
                    seen[name] = member
                elif before.annotation is None:
                    seen[name] = Member("value", source.scope)
    yield from seen.items()


def _assigned_in(method: AnyFunction, source: ClassSource) -> Iterator[tuple[str, Member]]:
    receiver = method.args.args[0].arg
    annotations = {spec.arg: spec.annotation for spec in (*method.args.args, *method.args.kwonlyargs)}
    told: set[ast.AST] = set()
    for node in ast.walk(method):  # statements come before what is in them
        value = annotation = None
        targets: list[ast.expr] = (
            [node] if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) else []
        )
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign):
            annotation = node.annotation
            targets.append(node.target)
        if isinstance(value, ast.Name):
            annotation, value = annotations.get(value.id), None
        for target in targets:
            if target not in told and _is_attribute_of(target, receiver):
                told.add(target)
                yield target.attr, Member("value", source.scope, annotation, value)


def _is_attribute_of(target: ast.expr, name: str) -> TypeGuard[ast.Attribute]:
    return (
        isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == name
    )
