"""What people are told, and what is watched for silence."""

from __future__ import annotations

from affluent.bootstrap import Application
from affluent.domain.alarm import Alarm
from affluent.domain.notice import Incident
from affluent.health.alarms import find_alarms
from affluent.notices.gathering import gather_incidents
from affluent.notices.telling import Telling, tell
from tasks.runtime import reading, writing


@reading
def read_alarms(application: Application) -> list[Alarm]:
    """The alarms that our own records give."""
    return find_alarms(application.watch, application.units, application.clock.now())


@reading
def read_incidents(application: Application, alarms: list[Alarm]) -> list[Incident]:
    """What is open: by our own records, by Amazon's word on each account, and by the alarms."""
    sellers = {
        one.account: application.amazon(one.account).sellers for one in application.watch.accounts
    }
    now = application.clock.now()
    return gather_incidents(sellers, alarms, application.notice_rules, application.units, now)


@writing
def send_notices(application: Application, incidents: list[Incident]) -> list[Telling]:
    """One digest to each channel that has news."""
    return tell(incidents, application.notice_channels, application.units, application.clock)
