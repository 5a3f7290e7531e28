"""Pydantic models come back validated, as they were."""

import dataclasses
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, PrivateAttr, SecretStr, computed_field
from pydantic.dataclasses import dataclass as pydantic_dataclass

from typed_cache.errors import SerializationError, SerializerNotFoundError
from typed_cache.serializers import PydanticSerializer, serializer_for


class Address(BaseModel):
    city: str


class User(BaseModel):
    id: int
    name: str = Field(alias="userName", default="?")
    mail: str = Field(validation_alias=AliasChoices("mail", "email"), serialization_alias="e", default="")
    address: Address | None = None
    tags: set[str] = Field(default_factory=set)
    path: PurePosixPath = PurePosixPath("/")

    @computed_field
    @property
    def label(self) -> str:
        return f"{self.id} {self.name}"


class Admin(User):
    rights: int = 0


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")


class Hidden(BaseModel):
    shown: int
    hidden: int = Field(default=0, exclude=True)


class Private(BaseModel):
    _secret: int = PrivateAttr(default=0)


@pydantic_dataclass
class Point:
    x: int


@dataclasses.dataclass
class Team:
    users: list[User]


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (User, User(id=1, userName="Ada", email="a@b", address=Address(city="Rome"), tags={"x", "y"})),
        (list[User | None], [User(id=1), None]),
        (dict[int, User], {1: User(id=1)}),
        (tuple[User, int], (User(id=1), 2)),
        (Team, Team([User(id=1)])),
        (Point, Point(1)),
        (Open, Open.model_validate({"a": [1, 2]})),
        (User | Address, Address(city="Rome")),
        (User | None, None),
    ],
    ids=str,
)
def test_round_trip(annotation: object, value: object) -> None:
    """Models, containers and dataclasses of models come back equal, whatever their aliases."""
    serializer = serializer_for(annotation)

    assert isinstance(serializer, PydanticSerializer)
    assert serializer.loads(serializer.dumps(value)) == value


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (User, Admin(id=1)),
        (User, User.model_construct(id="1")),
        (User, {"id": 1}),
        (Hidden, Hidden(shown=1, hidden=2)),
        (Open, Open.model_validate({"a": (1, 2)})),
        (tuple[User, Any], (User(id=1), Address)),
        (tuple[User, datetime], (User(id=1), datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Paris")))),
        (tuple[User, float], (User(id=1), float("nan"))),
        (tuple[User, SecretStr], (User(id=1), SecretStr("hush"))),
        (tuple[User, Any], (User(id=1), object())),
    ],
    ids=str,
)
def test_changed_value_is_refused(annotation: object, value: object) -> None:
    """A value that would lose something, or come back as another, is not written; no warning is given."""
    serializer = PydanticSerializer().for_type(annotation)

    with pytest.raises(SerializationError):
        serializer.dumps(value)


def test_private_state_is_not_lost_silently() -> None:
    """A private attribute that was changed would come back as its default, so the model is refused."""
    serializer, model = PydanticSerializer(Private), Private()
    assert serializer.loads(serializer.dumps(model)) == model

    model._secret = 1
    with pytest.raises(SerializationError, match="__pydantic_private__"):
        serializer.dumps(model)


@pytest.mark.parametrize(
    "data",
    [
        b'{"id": "1"}',
        b'{"id": 1.5}',
        b'{"id": true}',
        b'{"id": 1, "id": 2}',
        b'{"name": "a"}',
        b"",
        b"{",
        b'"\xff"',
    ],
)
def test_strict(data: bytes) -> None:
    """Bytes of another type, or with a repeated key, are refused."""
    with pytest.raises(SerializationError):
        PydanticSerializer(User).loads(data)


def test_no_values_in_errors() -> None:
    """The message of a failed validation does not show what was validated."""
    with pytest.raises(SerializationError) as caught:
        PydanticSerializer(User).loads(b'{"id": "hush"}')

    assert "hush" not in str(caught.value)


def test_type_without_a_schema() -> None:
    """A class that pydantic knows nothing about is named, with the field that has it."""

    class Money: ...

    class Holder(BaseModel):
        model_config = ConfigDict(arbitrary_types_allowed=True)
        money: Money

    with pytest.raises(SerializerNotFoundError, match=r"Money inside tuple\["):
        PydanticSerializer(tuple[User, Money])
    with pytest.raises(SerializationError):
        PydanticSerializer(Holder).dumps(Holder(money=Money()))
