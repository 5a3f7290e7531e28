"""First parameters named as receivers, which they are in a class only."""

from typing import ClassVar

from typed_cache import Cache


class Base:
    table: ClassVar[str] = "rows"

    @Cache(key="receiver_method_{number}")
    def right_method(self, number: int) -> int:
        return number

    @Cache(key="receiver_class_method_{number}")
    @classmethod
    def right_class_method(cls, number: int) -> int:
        return number

    @Cache(key="receiver_itself_{cls}_{number}")  # !TC008
    @classmethod
    def itself(cls, number: int) -> int:
        return number


@Cache(key="receiver_cls_{number}")  # !TC004
def cls_left_out(cls: type[Base], number: int) -> str:
    return f"{cls.table}{number}"


@Cache(key="receiver_self_{number}")  # !TC004
def self_left_out(self: int, number: int) -> int:
    return self + number


@Cache()  # !TC006
def no_key(self: int) -> int:
    return self


@Cache(key="receiver_right_{cls}_{number}")
def right_class_as_key(cls: type[Base], number: int) -> str:
    return f"{cls.table}{number}"


@Cache(key="receiver_right_attribute_{cls.table}_{number}")
def right_attribute_of_a_class(cls: type[Base], number: int) -> str:
    return f"{cls.table}{number}"


@Cache(key="receiver_right_self_{self}_{number}")
def right_self_as_key(self: int, number: int) -> int:
    return self + number


def in_a_function() -> int:
    @Cache(key="receiver_nested_{number}")  # !static:TC004
    def nested(self: int, number: int) -> int:
        return self + number

    class Local:
        @Cache(key="receiver_local_{number}")
        def right_method(self, number: int) -> int:
            return number

    return nested(1, 2) + Local().right_method(2)
