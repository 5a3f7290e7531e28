"""This is what the rules know about a function: frozen facts, no live object.

Three front ends fill them in: the decorator from a live function (`_signature`), others from source. A
rule that reads only facts says the same words in all of them.
"""

import enum
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol, TypeAlias, final

from typed_cache.template._forms import Shape

__all__ = [
    "STABLE",
    "UNKNOWN",
    "AnnotationView",
    "FunctionFacts",
    "Missing",
    "Parameter",
    "ParameterKind",
    "Stability",
    "Stable",
    "StateRead",
    "Unknown",
    "Unseen",
    "Unstable",
]


@final
class Unknown(enum.Enum):
    """The type of `UNKNOWN`: nothing can be said, so nothing is."""

    UNKNOWN = "unknown"


@final
class Stable(enum.Enum):
    """The type of `STABLE`: every value of the annotation has a stable text."""

    STABLE = "stable"


UNKNOWN: Final = Unknown.UNKNOWN
STABLE: Final = Stable.STABLE


@final
class Missing(NamedTuple):
    """The type `owner` certainly has no such attribute; `candidates` are those that it has.

    >>> Missing("User", candidates=("id", "name")).owner
    'User'
    """

    owner: str
    candidates: tuple[str, ...]


@final
class Unstable(NamedTuple):
    """No value of the annotation has a stable text, because of `reason`.

    >>> Unstable("complex has no stable text").reason
    'complex has no stable text'
    """

    reason: str


Stability: TypeAlias = Stable | Unstable | Unknown


class AnnotationView(Protocol):
    """A type as a front end sees it."""

    @property
    def text(self) -> str:
        """The type as a person writes it."""
        ...

    def attribute(self, name: str, /) -> "AnnotationView | Missing | Unknown":
        """The type of an attribute."""
        ...

    def stability(self) -> Stability:
        """Whether values of the type have a stable text."""
        ...

    def shapes(self) -> frozenset[Shape] | Unknown:
        """The shapes of text that values of the type can take."""
        ...


@final
class ParameterKind(enum.Enum):
    """How a parameter is passed; the values are those of `inspect`."""

    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4


@final
class Parameter(NamedTuple):
    """One parameter of a function.

    >>> Parameter("user_id", ParameterKind.KEYWORD_ONLY, has_default=False, annotation=Unseen()).name
    'user_id'
    """

    name: str
    kind: ParameterKind
    has_default: bool
    annotation: AnnotationView


@final
@dataclass(frozen=True, slots=True)
class Unseen:
    """The annotation that is not there, or that a front end cannot resolve: every answer is `UNKNOWN`.

    >>> Unseen("NotImported").attribute("id") is UNKNOWN
    True
    """

    text: str = ""

    def attribute(self, name: str, /) -> Unknown:
        """Nothing is known."""
        del name
        return UNKNOWN

    def stability(self) -> Unknown:
        """Nothing is known."""
        return UNKNOWN

    def shapes(self) -> Unknown:
        """Nothing is known."""
        return UNKNOWN


@final
class StateRead(NamedTuple):
    """State that a function's body reads besides its parameters: `self.tenant_id`, a `ContextVar`.

    >>> StateRead("self.tenant_id", line=20, nameable=True).text
    'self.tenant_id'
    """

    text: str
    """The state as the body spells it, which is also its placeholder where one can name it."""

    line: int
    nameable: bool
    """Whether a placeholder can name it, as it can `{self.tenant_id}`."""


@final
@dataclass(frozen=True, slots=True)
class FunctionFacts:
    """What a front end found out about one function.

    `receiver` is the name of the first positional parameter where that is `self`, `cls`, `mcs` or
    `mcls` and the function stands in a class; `returns` is the return annotation as text, empty where
    there is none.

    >>> facts = FunctionFacts("app.users", "Repo.get", "app/users.py", 14)
    >>> facts.dotted, facts.name
    ('app.users.Repo.get', 'get')
    """

    module: str
    qualname: str
    file: str
    line: int
    parameters: tuple[Parameter, ...] = ()
    receiver: str | None = None
    is_generator: bool = False
    returns: str = ""
    reads: tuple[StateRead, ...] = ()

    @property
    def dotted(self) -> str:
        """Module and qualified name: `app.users.Repo.get`."""
        return f"{self.module}.{self.qualname}" if self.module else self.qualname

    @property
    def name(self) -> str:
        """The last part of the name: `get`."""
        return self.qualname.rpartition(".")[2]

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        return None
