"""Moments as a person types them."""

from __future__ import annotations

from datetime import UTC, datetime

from affluent.domain.errors import ConfigurationError


def moment_of(text: str) -> datetime:
    """The moment of an ISO 8601 text, in UTC where it names no zone; a date is its beginning.

    Raises ConfigurationError for anything else.
    """
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ConfigurationError(
            f"{text} is no time.",
            fix="Write it as 2026-11-24, 2026-11-24T12:30 (UTC) or 2026-11-24T12:30+01:00.",
        ) from None
