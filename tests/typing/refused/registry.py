"""A client of one type never serves a function of another."""

from dataclasses import dataclass

from typed_cache import Cache, CacheClient, CacheClientFactory, CacheClientRam, ClientKey


@dataclass(frozen=True)
class User:
    name: str


@dataclass(frozen=True)
class Order:
    total: int


USERS = ClientKey[User]("users")
factory = CacheClientFactory()


def get_order(order_id: int) -> Order:
    return Order(order_id)


async def get_order_awaited(order_id: int) -> Order:
    return Order(order_id)


def registrations() -> None:
    factory.register(USERS, CacheClientRam[Order]())
    factory.register("users", object())
    factory.register(1, CacheClientRam[User]())


def lookups() -> None:
    orders: CacheClient[Order] | None = factory.get(USERS)
    certain: CacheClient[User] = factory.get(USERS)
    indexed: CacheClient[Order] = factory[USERS]
    order: Order | None = factory[USERS].from_cache("user_1")
    factory.get(1)
    factory[USERS].to_cache("user_1", Order(1), None)
    print(orders, certain, indexed, order)


def decorations() -> None:
    Cache(key="order_{order_id}", cache_client_name=USERS)(get_order)
    Cache(key="order_{order_id}", cache_client_name=USERS)(get_order_awaited)
    Cache(key="order_{order_id}", client=CacheClientRam[User]())(get_order)
    Cache(key="order_{order_id}", client=CacheClientRam[User]())(get_order_awaited)
    Cache(key="order_{order_id}", client=object())
    Cache(key="order_{order_id}", cache_client_name=1)


class Repository:
    @Cache(key="order_{order_id}", cache_client_name=USERS)
    def get(self, order_id: int) -> Order:
        return Order(order_id)
