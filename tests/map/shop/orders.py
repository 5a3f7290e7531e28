"""Orders on the only other client: a method, a writer, and the handles that a body calls."""

from datetime import timedelta

from typed_cache import Cache, handles


class Orders:
    def __init__(self, tenant: str) -> None:
        self.tenant = tenant

    @Cache(key="order_{self.tenant}_{number}")
    def order(self, number: int) -> str:
        return f"{self.tenant} {number}"

    @Cache(key="order_{self.tenant}_{number}", put=True, expire=timedelta(minutes=90))
    def store(self, number: int) -> str:
        return f"{self.tenant} {number}"

    def reload(self) -> None:
        self.order.refresh(1)


@Cache(key="total_{...}", expire=timedelta(seconds=30)).plain
def total(year: int) -> int:
    return year


@handles(total).key
def total_key(year: int) -> tuple[int]:
    return (year,)


def close_year(orders: Orders, year: int) -> None:
    handles(total).invalidate(year)
    orders.order.invalidate(year)
