"""How BigCommerce writes times and how it reads those of a query: ISO-8601 and RFC-2822."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

_BARE_DATE_LENGTH = len("2026-11-24")


def iso(moment: datetime) -> str:
    """The V3 form in UTC to the second, e.g. `2026-11-24T08:00:00+00:00`; sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def rfc2822(moment: datetime) -> str:
    """The V2 form, e.g. `Tue, 24 Nov 2026 08:00:00 +0000`."""
    return format_datetime(moment.astimezone(UTC))


def parse_moment(text: str) -> datetime:
    """An ISO-8601 or RFC-2822 time, in UTC; a time without offset is UTC.

    Raises:
        ValueError: the text is neither.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = parsedate_to_datetime(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def parse_filter_moment(text: str, now: datetime) -> datetime:
    """A time as the catalog's filters read it: a bare date gets the present time of day.

    Raises:
        ValueError: the text is no time.
    """
    moment = parse_moment(text)
    if len(text) != _BARE_DATE_LENGTH:
        return moment
    return datetime.combine(moment.date(), now.timetz())
