"""Alarms: what nobody would notice, because nothing happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that has been silent, or is about to end.

    `subject` is what it is about, and `title` stays the same as long as the alarm does; `what`
    holds the figures of the moment. An empty `account` means the store.
    """

    account: str
    subject: str
    title: str
    what: str
    why: str
    fix: str
    since: datetime


@dataclass(frozen=True, slots=True)
class AlarmLimits:
    """From when on silence is an alarm.

    Orders are missed when there was none for `quiet` and a week before, in the same hours, there
    were at least `usual_orders`. `unread` is how long each reading, by its flow, may stand still.
    """

    quiet: timedelta
    usual_orders: int
    unread: Mapping[str, timedelta]
    feed: timedelta
    write: timedelta


@dataclass(frozen=True, slots=True)
class CredentialDates:
    """When an account was authorised, and when its application's secret was made, if told."""

    account: str
    authorised_on: date | None
    secret_made_on: date | None
