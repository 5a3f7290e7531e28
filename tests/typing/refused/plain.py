"""What was plain stays strict, and so do its handles."""

from typed_cache import Cache, handles


class Fast:
    @Cache(key="name_{user_id}").plain
    def name(self, user_id: int) -> str:
        return f"fast {user_id}"


def wrong(fast: Fast) -> None:
    fast.name("1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    fast.name.invalidate(1)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  # ty: ignore[missing-attribute]  # pyrefly: ignore[missing-attribute]
    handles(fast.name).invalidate("1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    handles(fast.name).peek()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # ty: ignore[no-matching-overload]  # pyrefly: ignore[no-matching-overload]
    number: int = handles(fast.name).refresh(1)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    handles(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    print(number)
