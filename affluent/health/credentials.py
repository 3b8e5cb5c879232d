"""Authorisations and secrets that run out, told 30, 7 and 1 days before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from affluent.domain.alarm import Alarm, CredentialDates

#: Amazon's own spans: an authorisation is renewed every year, a client secret every 180 days.
_AUTHORISATION: Final = timedelta(days=365)
_CLIENT_SECRET: Final = timedelta(days=180)
_STAGES: Final = (1, 7, 30)


def ending_credentials(dates: CredentialDates, today: date) -> Iterator[Alarm]:
    """What runs out within 30 days, or has; each stage is an alarm of its own."""
    if dates.authorised_on is not None:
        yield from _countdown(
            dates.account,
            "authorisation",
            dates.authorised_on + _AUTHORISATION,
            today,
            why="Amazon asks for a new authorisation of the application every 365 days.",
            fix="Authorise it again in Seller Central (Apps and Services > Develop Apps > "
            "Authorize), put the new refresh token where the settings say, and write today's "
            "date as authorised_on.",
        )
    if dates.secret_made_on is not None:
        yield from _countdown(
            dates.account,
            "client secret",
            dates.secret_made_on + _CLIENT_SECRET,
            today,
            why="Amazon lets an application's client secret live for 180 days.",
            fix="Rotate it in Seller Central (Develop Apps > View credentials), put the new one "
            "where the settings say, and write today's date as secret_made_on.",
        )


def _countdown(
    account: str, name: str, ends_on: date, today: date, *, why: str, fix: str
) -> Iterator[Alarm]:
    left = (ends_on - today).days
    stage = next((days for days in _STAGES if left <= days), None)
    if stage is None:
        return
    has_ended = left < 0
    yield Alarm(
        account=account,
        subject=name,
        title=f"The {name} has run out"
        if has_ended
        else f"The {name} runs out within {_days(stage)}",
        what=f"It ended on {ends_on}." if has_ended else f"It ends on {ends_on}, in {_days(left)}.",
        why=why,
        fix=fix,
        since=datetime.combine(ends_on - timedelta(days=stage), time(), UTC),
    )


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
