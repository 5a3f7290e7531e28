"""A module whose template is refused at import."""

from typed_cache import Cache


@Cache(key="{usr_id}")
def anything(user_id: int) -> int:
    return user_id
