"""Every alarm that our own records and the settings give, without asking anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from affluent.domain.alarm import Alarm, AlarmLimits, CredentialDates
from affluent.health.credentials import ending_credentials
from affluent.health.queues import old_writes
from affluent.health.silence import silent_notifications, silent_orders, silent_readings
from affluent.ports.storage import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched: each account with its dates, from which limits on, and whether Amazon is
    to notify us of orders."""

    accounts: Sequence[CredentialDates]
    limits: AlarmLimits
    has_notifications: bool


def find_alarms(watch: Watch, units: UnitsOfWork, now: datetime) -> list[Alarm]:
    """The alarms of this moment, those of one account together."""
    names = [one.account for one in watch.accounts]
    with units() as work:
        alarms = [
            *silent_readings(names, watch.limits, work, now),
            *old_writes(watch.limits, work, now),
        ]
        for one in watch.accounts:
            alarms += silent_orders(one.account, watch.limits, work, now)
            if watch.has_notifications:
                alarms += silent_notifications(one.account, watch.limits, work, now)
            alarms += ending_credentials(one, now.date())
    return sorted(alarms, key=lambda alarm: (alarm.account, alarm.subject, alarm.title))
