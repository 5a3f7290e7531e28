"""What was plain stays strict, and so do its handles."""

from typed_cache import Cache, handles


class Fast:
    @Cache(key="name_{user_id}").plain
    def name(self, user_id: int) -> str:
        return f"fast {user_id}"


def wrong(fast: Fast) -> None:
    fast.name("1")
    fast.name.invalidate(1)
    handles(fast.name).invalidate("1")
    handles(fast.name).peek()
    number: int = handles(fast.name).refresh(1)
    handles(1)
    print(number)
