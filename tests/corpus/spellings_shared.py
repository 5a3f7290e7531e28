"""Constants and decorators that `spellings` imports."""

from datetime import timedelta
from typing import Final

from typed_cache import Cache as Remember
from typed_cache import ClientKey

__all__ = ["TYPO_KEY", "USERS", "USER_KEY", "Remember", "by_typo", "by_user"]

USER_KEY: Final = "user_{user_id}"
TYPO_KEY: Final = "user_{usr_id}"
USERS = ClientKey[int]("users")

by_user = Remember(key=USER_KEY, expire=timedelta(minutes=5), cache_client_name="by_user")
by_typo = Remember(key=TYPO_KEY, cache_client_name="by_typo")


class Names:
    TYPO: Final = "imported_names_{usr_id}"
