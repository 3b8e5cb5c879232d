"""How the domain's values lie in a column, the same on both databases."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final, Generic, TypeVar

import orjson
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Numeric, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from affluent.domain.errors import InvariantBroken

POSTGRESQL: Final = "postgresql"

#: A whole number of 64 bits. SQLite counts its own ids only where the type says INTEGER.
Whole: Final = BigInteger().with_variant(Integer, "sqlite")

#: A JSON document; the order of its keys is not kept.
Document: Final = JSON().with_variant(JSONB(), POSTGRESQL)

AWord = TypeVar("AWord", bound=StrEnum)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept and answered in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring the time to UTC; a time without a zone is our mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise InvariantBroken("A time without a zone was about to be stored.")
        utc = value.astimezone(UTC)
        return utc if dialect.name == POSTGRESQL else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Answer the time in UTC, whatever the zone of the database session."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Amount(TypeDecorator[Decimal]):
    """An exact decimal: NUMERIC where that is exact, text on SQLite, whose numbers are floats."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type on this database."""
        if dialect.name == POSTGRESQL:
            return dialect.type_descriptor(Numeric(asdecimal=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        """Write the amount in plain notation."""
        if value is None or dialect.name == POSTGRESQL:
            return value
        return format(value, "f")

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Answer the decimal as it was written."""
        return None if value is None else Decimal(value)


class Word(TypeDecorator[AWord], Generic[AWord]):
    """A word of one of the domain's enums, kept as its text."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[AWord]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: AWord | None, dialect: Dialect) -> str | None:
        """Write the word's text."""
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> AWord | None:
        """Answer the enum's member; ValueError for a word that it does not have."""
        return None if value is None else self.words(value)


#: A key of another type than text becomes text; only what has a form of its own is written.
_JSON_OPTIONS: Final = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS


def to_json(value: object) -> str:
    """The JSON text of a document: decimals as text, times in ISO 8601."""
    try:
        quick = orjson.dumps(value, default=_plain, option=_JSON_OPTIONS)
    except orjson.JSONEncodeError:
        return _strict_json(value)
    # It is many times as fast, and writes a number that is none as null.
    return _strict_json(value) if b"null" in quick else quick.decode()


def content_hash(content: object) -> str:
    """A hash of a document that holds no float: the same for the same content."""
    return sha256(orjson.dumps(content, default=_plain, option=_JSON_OPTIONS)).hexdigest()


def _strict_json(value: object) -> str:
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain
    )


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
