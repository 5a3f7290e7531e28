"""What `self` and `cls` have, and inside of functions where nothing hides them."""

from typing import ClassVar

from typed_cache import Cache


class Registry(type):
    @property
    def label(cls) -> str:
        return cls.__name__


class Store(metaclass=Registry):
    table: ClassVar[str] = "rows"

    def __init__(self, number: int) -> None:
        self.number = number

    @Cache(key="store_a_{cls.tabel}_{row}")  # !static:TC003
    @classmethod
    def outside(cls, row: int) -> str:
        return cls.table * row

    @classmethod
    @Cache(key="store_b_{cls.tabel}_{row}")  # !static:TC003
    def inside(cls, row: int) -> str:
        return cls.table * row

    @Cache(key="store_c_{cls.outside}_{row}")  # !static:TC007
    @classmethod
    def method_in_the_key(cls, row: int) -> str:
        return cls.table * row

    lambda_right = Cache(key="store_f_{self.number}_{row}")(lambda self, row: self.number + row)
    lambda_itself = Cache(key="store_g_{self}_{row}")(lambda self, row: row)  # !TC008

    @Cache(key="store_d_{cls.table}_{cls.__name__}_{row}")
    @classmethod
    def right(cls, row: int) -> str:
        return cls.table * row

    @Cache(key="store_e_{self.nubmer}")  # !static:TC003
    def of_instance(self) -> int:
        return 1


class Shelf(Store):
    @Cache(key="shelf_{cls.table}_{cls.label}_{row}")
    @classmethod
    def inherited(cls, row: int) -> str:
        return cls.table * row


@Cache(key="model_a_{model.tabel}")  # !TC003
def of_class_object(model: type[Store]) -> str:
    return model.table


@Cache(key="model_b_{model.table}_{model.label}_{model.__name__}")
def right_of_class_object(model: type[Store]) -> str:
    return model.table


@Cache(key="model_c_{model}")
def class_object_itself(model: type[Store]) -> str:
    return model.table


class Paper:
    def __init__(self, title: str) -> None:
        self.title = title

    @Cache(key="paper_a_{n}")
    def class_inside(self, n: int) -> list[str]:
        class Line:
            def __init__(self, title: str) -> None:
                self.title = title

            def text(self) -> str:
                return self.title

        return [Line(str(i)).text() for i in range(n)]

    @Cache(key="paper_b_{n}")
    def lambda_inside(self, n: int) -> list[str]:
        papers = [Paper(str(i)) for i in range(n)]
        return [paper.title for paper in sorted(papers, key=lambda self: self.title)]

    @Cache(key="paper_c_{n}")
    def function_inside(self, n: int) -> str:
        def shown(self: Paper) -> str:
            return self.title

        return shown(Paper(str(n)))

    @Cache(key="paper_d_{n}")  # !static:TC005
    def closure_inside(self, n: int) -> str:
        def shown() -> str:
            return self.title

        return shown() * n

    @Cache(key="paper_e")
    def added_to(self) -> str:
        self.title += "x"
        return "added"
