"""Text that is no template, and placeholders that name no parameter."""

from typed_cache import Cache


@Cache(key="user_{user_id")  # !TC001
def never_closed(user_id: int) -> int:
    return user_id


@Cache(key="user_{user_id}}")  # !TC001
def closes_nothing(user_id: int) -> int:
    return user_id


@Cache(key="user_{}")  # !TC001
def empty_field(user_id: int) -> int:
    return user_id


@Cache(key="user_{0}")  # !TC001
def positional_field(user_id: int) -> int:
    return user_id


@Cache(key="user_{user_id!r}")  # !TC001
def conversion(user_id: int) -> int:
    return user_id


@Cache(key="user_{user_id:>8}")  # !TC001
def format_spec(user_id: int) -> int:
    return user_id


@Cache(key="user_{names[0]}")  # !TC001
def indexing(names: list[str]) -> str:
    return names[0]


@Cache(key="")  # !TC001
def empty_key() -> int:
    return 1


@Cache(key="user_{usr_id}", ignore=("user_id",))  # !TC002
def typo(user_id: int) -> int:
    return user_id


@Cache(key="user_{usr_id}")  # !TC002
def typo_leaves_the_parameter_out(user_id: int) -> int:
    return user_id


@Cache("user_{usr_id}", None, True)  # !TC002
def typo_in_an_invalidator(user_id: int) -> None:
    del user_id


@Cache(key="{a}_{b}")  # !TC002
def two_parameters_and_one(a: int) -> int:
    return a


@Cache(key="all_{page}")  # !TC002
def no_parameters() -> int:
    return 1


@Cache(key="user_{user_id}")
def right(user_id: int) -> int:
    return user_id


@Cache(key="{{literal}}_{user_id}")
def literal_braces(user_id: int) -> int:
    return user_id


@Cache(key="{a}{b}_{args}_{kwargs}_{c}")
def every_kind(a: int, /, b: str, *args: int, c: bool = False, **kwargs: str) -> int:
    return a
