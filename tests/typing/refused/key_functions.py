"""A key function that some call would not fit is refused, and so is one that makes no key."""

from typed_cache import Cache


@Cache(key="user_{...}")
def get_user(user_id: int, *, verbose: bool = False) -> str:
    return f"{user_id} {verbose}"


@get_user.key  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
def lacks_a_parameter(user_id: int) -> tuple[object, ...]:
    return (user_id,)


@get_user.key  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
def lacks_a_default(user_id: int, *, verbose: bool) -> tuple[object, ...]:
    return user_id, verbose


@get_user.key  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
def has_another_name(usr_id: int, *, verbose: bool = False) -> tuple[object, ...]:
    return usr_id, verbose


@get_user.key  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
def has_another_type(user_id: str, *, verbose: bool = False) -> tuple[object, ...]:
    return user_id, verbose


@get_user.key  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
def wants_more(user_id: int, tenant: str, *, verbose: bool = False) -> tuple[object, ...]:
    return user_id, tenant, verbose


@get_user.key  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-specialization]
def returns_nothing(user_id: int, *, verbose: bool = False) -> None:
    print(user_id, verbose)


@get_user.key  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-specialization]
async def is_a_coroutine_function(user_id: int, *, verbose: bool = False) -> str:
    return f"{user_id} {verbose}"


class Repository:
    @Cache(key="order_{...}")
    def order(self, number: int) -> str:
        return str(number)

    @order.key  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    def order_key(self, number: str) -> str:
        return number
