"""A key function takes every call of the function whose key it makes, and stays what it was."""

from typing import assert_type

from typed_cache import Cache, CacheClientRam

ram = CacheClientRam[str]()


@Cache(key="user_{...}", client=ram)
def get_user(user_id: int, *, verbose: bool = False) -> str:
    return f"{user_id} {verbose}"


@get_user.key
def user_key(user_id: int, *, verbose: bool = False) -> tuple[int, bool]:
    return user_id, verbose


@Cache(key="city_{...}", client=ram)
def get_city(name: str) -> str:
    return name


@get_city.key
def city_key(name: object, tidy: bool = True) -> str:
    return str(name).casefold() if tidy else str(name)


@Cache(key="page_{...}")
async def get_page(address: str) -> str:
    return address


@get_page.key
def page_key(address: str) -> str:
    return address.rstrip("/")


class Repository:
    tenant = "acme"

    @Cache(key="order_{...}", client=ram)
    def order(self, number: int) -> str:
        return f"{self.tenant} {number}"

    @order.key
    def order_key(self, number: int) -> tuple[object, ...]:
        return self.tenant, number

    @Cache(key="limit_{...}", client=ram)
    @staticmethod
    def limit(plan: str) -> str:
        return plan

    @limit.key
    @staticmethod
    def limit_key(plan: str) -> str:
        return plan.casefold()

    @Cache(key="named_{...}", client=ram)
    @classmethod
    def named(cls, name: str) -> str:
        return name

    @named.key
    @classmethod
    def named_key(cls, name: str) -> tuple[object, ...]:
        return cls.__name__, name


assert_type(get_user(1), str)
assert_type(user_key(1, verbose=True), tuple[int, bool])
assert_type(get_page.key_for("a/"), str)
assert_type(Repository().order(1), str)
assert_type(Repository().order_key(1), tuple[object, ...])
assert_type(Repository.limit_key("Free"), str)
assert_type(Repository.named_key("a"), tuple[object, ...])
