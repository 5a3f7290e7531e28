"""A key that a function makes: the checkers compare its parameters, so the rules leave them alone."""

from typed_cache import Cache


@Cache(key="user_{...}")
def get_user(user_id: int, *, verbose: bool = False) -> str:
    return f"{user_id} {verbose}"


@get_user.key
def user_key(user_id: int, *, verbose: bool = False) -> tuple[object, ...]:
    return user_id, verbose


@Cache(key="user_{...}", invalidate=True)  # !TC001
def set_user(user_id: int, name: str) -> None:
    del user_id, name


@Cache(key="both_{usr_id}_{...}")  # !TC002
def wrong_beside_it(user_id: int) -> str:
    return str(user_id)


@Cache(key="path_{....}")  # !TC001
def four_dots(user_id: int) -> str:
    return str(user_id)


class Repository:
    tenant: str = ""

    @Cache(key="order_{...}")
    def order(self, number: int) -> str:
        return f"{self.tenant} {number}"

    @order.key
    def order_key(self, number: int) -> tuple[object, ...]:
        return self.tenant, number


@Cache(key="order_{number}")
def number_beside_tuples(number: int) -> int:
    return number
