"""What people are told, and what is watched for silence."""

from __future__ import annotations

from affluent.bootstrap import Application
from affluent.domain.alarm import Alarm
from affluent.domain.notice import Incident
from affluent.health.alarms import find_alarms
from affluent.notices.expiry import expired_accounts
from affluent.notices.incidents import alarmed, expired, find_incidents
from affluent.notices.telling import Telling, tell
from tasks.runtime import reading, writing


@reading
def read_alarms(application: Application) -> list[Alarm]:
    """The alarms that our own records give."""
    return find_alarms(application.watch, application.units, application.clock.now())


@reading
def gather_incidents(application: Application, alarms: list[Alarm]) -> list[Incident]:
    """What is open: by our own records, by Amazon's word on each account, and by the alarms."""
    now, rules = application.clock.now(), application.notice_rules
    accounts = [one.account for one in application.watch.accounts]
    with application.units() as work:
        found = find_incidents(accounts, rules, work, now)
    sellers = {name: application.amazon(name).sellers for name in accounts}
    told = [*found, *expired(expired_accounts(sellers), now), *alarmed(alarms)]
    return [one for one in told if one.kind in rules.kinds]


@writing
def send_notices(application: Application, incidents: list[Incident]) -> list[Telling]:
    """One digest to each channel that has news."""
    return tell(incidents, application.notice_channels, application.units, application.clock)
