"""What was ended is not listed again by itself, and what was deleted not before Amazon takes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from affluent.domain.ending import REST_OF_A_DELETED_SKU, Ending, Way
from affluent.domain.issue import Finding, Reason
from affluent.ports.storage import UnitOfWork
from affluent.submissions.endings import deleted_at


def resting(
    endings: Mapping[str, Ending], account: str, marketplace_id: str, at: datetime, work: UnitOfWork
) -> dict[str, datetime]:
    """The deleted SKUs that Amazon does not take yet, and when it does."""
    ended = sorted(sku for sku, one in endings.items() if one.way is Way.DELETE)
    deleted = deleted_at(account, marketplace_id, ended, work.history)
    again = {sku: moment + REST_OF_A_DELETED_SKU for sku, moment in deleted.items()}
    return {sku: moment for sku, moment in again.items() if moment > at}


def deleted_lately(skus: Iterable[str], not_before: Mapping[str, datetime]) -> tuple[Finding, ...]:
    """A finding for each of these SKUs that must rest, with the time from which on it is sent."""
    return tuple(
        Finding(
            sku,
            Reason.DELETED_LATELY,
            "Amazon takes a deleted SKU again only after 24 hours: not before"
            f" {not_before[sku]:%Y-%m-%d %H:%M} UTC.",
            "sku",
            sku,
        )
        for sku in skus
        if sku in not_before
    )
