"""Reading one field of a BigCommerce answer, whatever of it is missing, null or of another type.

V2 writes money as text and V3 as numbers; examples of both hold `{}` where a number belongs. A
field that cannot be read is as good as absent; what must be there is asked for with `required`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, TypeAlias

Record: TypeAlias = Mapping[str, Any]

#: Of ten: the digits of 64 bits. Some texts stand for numbers that fill all memory.
_LARGEST_POWER = 18
_LARGE = 10**_LARGEST_POWER

UNKNOWN_MOMENT = datetime.fromtimestamp(0, UTC)


def text(record: Record, name: str) -> str:
    """The field as text, "" where it is absent."""
    value = record.get(name)
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, int) else ""


def amount(record: Record, name: str) -> Decimal | None:
    """The field as an exact number, from a JSON number or its text."""
    value = record.get(name)
    if value is None or isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def whole(record: Record, name: str) -> int | None:
    """The field as a whole number; one beyond 64 bits is none."""
    value = record.get(name)
    if type(value) is int and abs(value) < _LARGE:
        return value
    number = amount(record, name)
    return None if number is None or number.adjusted() > _LARGEST_POWER else int(number)


def records(record: Record, name: str) -> list[Record]:
    """The field as a list of objects."""
    value = record.get(name)
    if not isinstance(value, list):
        return []
    return [entry for entry in value if type(entry) is dict or isinstance(entry, Mapping)]


def child(record: Record, name: str) -> Record:
    """The field as one object, empty where it is absent."""
    value = record.get(name)
    return value if type(value) is dict or isinstance(value, Mapping) else {}


def moment(record: Record, name: str) -> datetime:
    """The field as a time in UTC, from ISO-8601 (V3) or RFC 2822 (V2)."""
    return parsed_moment(text(record, name))


def parsed_moment(value: str) -> datetime:
    """The same of a text; what is no time is `UNKNOWN_MOMENT`."""
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        try:
            parsed = parsedate_to_datetime(value)
        except ValueError:
            return UNKNOWN_MOMENT
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)


def as_iso_8601(at: datetime) -> str:
    """A time as a filter takes it. With its offset: to a bare date BigCommerce adds the hour."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def as_rfc_2822(at: datetime) -> str:
    """A time as an order's body takes it."""
    return format_datetime(at.astimezone(UTC).replace(microsecond=0))
