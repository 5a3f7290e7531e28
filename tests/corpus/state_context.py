"""Context variables: what they hold, and where their names mean something else."""

import logging
from contextlib import nullcontext
from contextvars import ContextVar

from typed_cache import Cache


class Session:
    def __init__(self, dsn: str) -> None:
        self.dsn = dsn

    def scalar(self, sql: str) -> str:
        return sql


locale: ContextVar[str] = ContextVar("locale", default="en")
SESSION = Session("x")
session: ContextVar[Session] = ContextVar("session")
maybe_session = ContextVar[Session | None]("maybe_session", default=None)
default_session = ContextVar("default_session", default=SESSION)
log: ContextVar[logging.Logger] = ContextVar("log")
zone = ContextVar("zone", default="UTC")


@Cache(key="context_a_{name}")
def of_session(name: str) -> str:
    return session.get().scalar(name)


@Cache(key="context_b_{name}")
def of_optional_session(name: str) -> str:
    found = maybe_session.get()
    return found.scalar(name) if found else default_session.get().scalar(name)


@Cache(key="context_c_{name}")
def of_logger(name: str) -> str:
    log.get().info("x")
    return name


@Cache(key="context_d_{name}")  # !static:TC005
def of_default(name: str) -> str:
    return name + zone.get()


@Cache(key="context_e_{name}")
def parameter_of_function_inside(name: str) -> str:
    def pick(locale: dict[str, str]) -> str | None:
        return locale.get(name)

    return pick({}) or name


@Cache(key="context_f_{name}")
def variable_of_comprehension(name: str) -> list[str]:
    return [locale.get("x", "") for locale in [{"x": name}]]


@Cache(key="context_g_{name}")
def parameter_of_lambda(name: str) -> str | None:
    return (lambda locale: locale.get("x"))({"x": name})  # noqa: PLC3002  # it has a parameter of that name


@Cache(key="context_h_{name}")
def target_of_loop(name: str) -> str:
    for locale in ({"x": name}, {"x": ""}):
        return locale.get("x", "")
    return name


@Cache(key="context_i_{name}")
def target_of_walrus(name: str) -> str:
    if locale := {"x": name}:
        return locale.get("x", "")
    return name


@Cache(key="context_j_{name}")
def target_of_with(name: str) -> str:
    with nullcontext({"x": name}) as locale:
        return locale.get("x", "")


@Cache(key="context_k_{name}")
def target_of_unpacking(name: str) -> str:
    locale, _ = {"x": name}, 1
    return locale.get("x", "")


@Cache(key="context_l_{name}")
def target_of_match(name: str) -> str:
    match {"x": name}:
        case locale:
            return locale.get("x", "")


@Cache(key="context_m_{name}")
def annotated_name(name: str) -> str:
    locale: dict[str, str] = {"x": name}
    return locale.get("x", "")


@Cache(key="context_n_{name}")
def class_inside(name: str) -> str:
    class locale:  # noqa: N801  # it is to hide the variable
        @staticmethod
        def get() -> str:
            return ""

    return locale.get() + name


@Cache(key="context_o_{name}")  # !static:TC005
def hidden_only_inside(name: str) -> str:
    def inner() -> str:
        locale = "x"
        return locale * 2

    return inner() + locale.get()


@Cache(key="context_p_{name}")  # !static:TC005
def read_in_a_default(name: str) -> str:
    def inner(locale: str = locale.get()) -> str:
        return locale

    return inner() + name


@Cache(key="context_q_{name}")  # !static:TC005
def read_before_a_comprehension(name: str) -> list[str]:
    return [locale for locale in locale.get() if name]


@Cache(key="context_r_{name}")  # !static:TC005
def read_by_a_function_inside(name: str) -> str:
    def inner() -> str:
        return locale.get()

    return inner() + name


class Row:
    def __init__(self, tenant_id: int) -> None:
        self.tenant_id = tenant_id

    @Cache(key="context_s_{n}")
    def comprehension_over_rows(self, n: int) -> list[int]:
        return [self.tenant_id for self in [Row(n)]]

    @Cache(key="context_t_{n}")
    def assigned_in_a_class_inside(self, n: int) -> str:
        class Other:
            def __init__(self, label: str) -> None:
                self.label = label

            def shown(self) -> str:
                return self.label

        return Other(str(n)).shown()
