"""Everything that is open and that somebody wants to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from affluent.domain.alarm import Alarm
from affluent.domain.notice import Incident, NoticeRules
from affluent.notices.expiry import expired_accounts
from affluent.notices.incidents import alarmed, expired, find_incidents
from affluent.ports.amazon import SellersPort
from affluent.ports.storage import UnitsOfWork


def gather_incidents(
    sellers: Mapping[str, SellersPort],
    alarms: Sequence[Alarm],
    rules: NoticeRules,
    units: UnitsOfWork,
    now: datetime,
) -> list[Incident]:
    """What is open by our own records, by Amazon's word on each account, and by the alarms; of the
    kinds that are told. `sellers` are keyed by account."""
    with units() as work:
        found = find_incidents(list(sellers), rules, work, now)
    beside = [*expired(expired_accounts(sellers), now), *alarmed(alarms)]
    return [*found, *(one for one in beside if one.kind in rules.kinds)]
