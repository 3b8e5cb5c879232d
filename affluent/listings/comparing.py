"""What a listing that is sent again says otherwise than the last time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from affluent.domain.plan import Change, Operation, Plan
from affluent.domain.planned_field import LAST_SENT
from affluent.submissions.context import Sender


def against_last_sent(plan: Plan, sender: Sender) -> Plan:
    """The plan with what differs of the last content that Amazon took, asked for in bulk."""
    keys = [one.key for one in plan.changes if one.operation is Operation.PUT_LISTING]
    with sender.units() as work:
        last = work.history.last_contents(sender.account, sender.marketplace_id, keys)
    changes = tuple(
        compared(one, last[one.key]) if one.key in last else one for one in plan.changes
    )
    return replace(plan, changes=changes)


def compared(change: Change, last: Mapping[str, Any]) -> Change:
    """A put with each attribute that differs as it was sent last, or None where it was not."""
    sent: Mapping[str, Any] = change.payload["attributes"]
    differs = {
        name: last.get(name) for name in sorted({*last, *sent}) if last.get(name) != sent.get(name)
    }
    return replace(change, before={LAST_SENT: differs})
