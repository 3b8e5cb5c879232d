"""Removing buyers' data whose time is over, or whose buyer asks for it, and proving it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from affluent.domain.order import RecordedOrder
from affluent.domain.safekeeping import Purge, SafekeepingRules
from affluent.ports.safekeeping import Eraser
from affluent.ports.storage import UnitOfWork, UnitsOfWork


@dataclass(frozen=True)
class Forgotten:
    """How many sealed rows of one order went, and what is recorded of it."""

    removed: int
    records: list[RecordedOrder]
    is_erased: bool


def count_overdue(rules: SafekeepingRules, units: UnitsOfWork, now: datetime) -> int:
    """How many orders a purge would remove now."""
    with units() as work:
        return work.buyers.count_overdue(now - rules.purge_after, rules.wanted)


def purge(rules: SafekeepingRules, units: UnitsOfWork, eraser: Eraser, now: datetime) -> Purge:
    """Remove what is past its time and what no order needs, and have it overwritten."""
    with units() as work:
        purged = work.buyers.purge(now - rules.purge_after, rules.wanted)
        work.commit()
    with units() as work:
        remaining, oldest = _left(work)
    return Purge(purged, remaining, oldest, eraser.erase())


def forget_order(order_id: str, units: UnitsOfWork, eraser: Eraser) -> Forgotten:
    """Remove what is kept of the buyer of one order."""
    with units() as work:
        removed = work.buyers.forget_order(order_id)
        records = work.orders.by_id(order_id)
        work.commit()
    return Forgotten(removed, records, eraser.erase())


def _left(work: UnitOfWork) -> tuple[int, datetime | None]:
    held = work.buyers.holdings()
    oldest = min((one.oldest for one in held), default=None)
    return sum(one.count for one in held), oldest
