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
    factory.register(USERS, CacheClientRam[Order]())  # type: ignore[misc]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    factory.register("users", object())  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    factory.register(1, CacheClientRam[User]())  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]


def lookups() -> None:
    orders: CacheClient[Order] | None = factory.get(USERS)  # type: ignore[arg-type]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    certain: CacheClient[User] = factory.get(USERS)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    indexed: CacheClient[Order] = factory[USERS]  # type: ignore[index]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    order: Order | None = factory[USERS].from_cache("user_1")  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    factory.get(1)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    factory[USERS].to_cache("user_1", Order(1), None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    print(orders, certain, indexed, order)


def decorations() -> None:
    Cache(key="order_{order_id}", cache_client_name=USERS)(get_order)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    Cache(key="order_{order_id}", cache_client_name=USERS)(get_order_awaited)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    Cache(key="order_{order_id}", client=CacheClientRam[User]())(get_order)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    Cache(key="order_{order_id}", client=CacheClientRam[User]())(get_order_awaited)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    Cache(key="order_{order_id}", client=object())  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[no-matching-overload]
    Cache(key="order_{order_id}", cache_client_name=1)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]


class Repository:
    @Cache(key="order_{order_id}", cache_client_name=USERS)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue, reportUntypedFunctionDecorator]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    def get(self, order_id: int) -> Order:
        return Order(order_id)
