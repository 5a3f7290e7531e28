"""Parameters that the key leaves out, missing keys, and what ignore= may say."""

from typed_cache import Cache


@Cache(key="user_{user_id}")  # !TC004
def one_left_out(user_id: int, lang: str = "en") -> int:
    return user_id


@Cache(key="users")  # !TC004, TC004
def both_left_out(user_id: int, lang: str) -> int:
    return user_id


@Cache(key="numbers_{args}")  # !TC004
def keyword_arguments_left_out(*args: int, **kwargs: int) -> int:
    return 1


@Cache(key="user_{user_id}", put=True)  # !TC004
def put_leaves_out(user_id: int, lang: str) -> int:
    return user_id


@Cache()  # !TC006
def no_key(user_id: int) -> int:
    return user_id


@Cache(key=None)  # !TC006
def key_is_none(user_id: int) -> int:
    return user_id


@Cache(invalidate=True)  # !TC006
def no_key_to_invalidate() -> None: ...


@Cache(key="user_{user_id}", ignore=("lnag",))  # !TC004, TC010
def ignores_the_unknown(user_id: int, lang: str) -> int:
    return user_id


@Cache(key="user_{user_id}_{lang}", ignore=["lang"])  # !TC010
def ignores_what_it_uses(user_id: int, lang: str) -> int:
    return user_id


class Repo:
    @Cache(key="repo_{user_id}")  # !TC004
    def left_out(self, user_id: int, lang: str) -> int:
        return user_id

    @Cache()  # !TC006
    def no_key(self, user_id: int) -> int:
        return user_id

    @Cache()
    def nothing_to_leave_out(self) -> int:
        return 1

    @Cache(key="repo_class_{user_id}")
    @classmethod
    def of_class(cls, user_id: int) -> int:
        return user_id

    @Cache(key="repo_static")  # !TC004
    @staticmethod
    def of_nothing(user_id: int) -> int:
        return user_id


@Cache(key="user_{user_id}", ignore=("lang",))
def ignored(user_id: int, lang: str) -> int:
    return user_id


@Cache(ignore=("user_id",))
def all_ignored(user_id: int) -> int:
    return user_id


@Cache()
def no_parameters() -> int:
    return 1


@Cache(key="user_{user_id}", invalidate=True)
def invalidator(user_id: int, name: str) -> None:
    del user_id, name


@Cache(key="user_{user_id}", put=True, ignore=["name"])
def put(user_id: int, name: str) -> int:
    return user_id
