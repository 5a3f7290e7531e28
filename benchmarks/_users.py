"""The value that goes over the network: a dataclass of twelve fields, and the function that makes it."""

from dataclasses import dataclass
from typing import Final

from benchmarks._timing import Arguments

ASKED: Final = range(10)
RUNS: Final[list[int]] = []
"""What the function ran for; a hit adds nothing."""


@dataclass(frozen=True)
class User:
    """What an account page shows."""

    id: int
    name: str
    email: str
    age: int
    score: float
    active: bool
    tags: list[str]
    country: str
    city: str
    balance: float
    manager: int | None
    bio: str


def get_user(user_id: int) -> User:
    """Stand for a query."""
    RUNS.append(user_id)
    return make_user(user_id)


async def get_user_async(user_id: int) -> User:
    """Stand for a query that is awaited."""
    RUNS.append(user_id)
    return make_user(user_id)


def make_user(user_id: int) -> User:
    """Return a user whose fields are filled as they usually are."""
    tags = ["staff", "beta", "newsletter"]
    bio = "Writes programs for machines that are yet to be built, and notes about them."
    return User(
        *(user_id, "Ada Lovelace", "ada@example.org", 36, 9.75, True, tags),
        *("United Kingdom", "London", 1234.5, None, bio),
    )


def arguments() -> list[Arguments]:
    """Return ten calls, with arguments made anew."""
    return [((int(str(number)),), {}) for number in ASKED]


def stop_unless_kept() -> None:
    """Refuse to time misses: nothing may have run since the results were stored.

    Raises:
        RuntimeError: The function ran again.
    """
    if RUNS:
        raise RuntimeError(f"the function ran again for {RUNS}: this would time misses")
