"""The ways in which an Amazon order comes to us, and what one of them lacks.

Amazon loses some: a notification that never came, an order that the search showed too late. What
one source lacks another one brings; the gap is named and keeps its age all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from affluent.domain.order import OrderStatus, RecordedOrder
from affluent.domain.time_in_words import in_words


class OrderSource(StrEnum):
    """Who showed us an order: the search since the cursor, a notification, the daily sweep, or a
    search of the past."""

    SEARCH = "search"
    NOTIFICATION = "notification"
    SWEEP = "sweep"
    BACKFILL = "backfill"


#: How late a source may be before it lacks an order.
GRACE: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A source has shown an order in a status; `seen_at` is the first time."""

    account: str
    order_id: str
    source: OrderSource
    status: OrderStatus
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """A source should have shown every order that was updated after `since` until `until`."""

    since: datetime
    until: datetime

    def covers(self, moment: datetime) -> bool:
        """Whether what was updated then should have been shown."""
        return self.since < moment <= self.until - GRACE


@dataclass(frozen=True, slots=True)
class OrderGap:
    """An order that one source lacks, since another one showed it, and so repaired the gap."""

    order_id: str
    status: OrderStatus
    missing_from: OrderSource
    repaired_by: OrderSource
    since: datetime

    def told(self, now: datetime) -> str:
        """The gap in a sentence."""
        return (
            f"{self.order_id} ({self.status}): the {self.missing_from} has not shown it for "
            f"{in_words(now - self.since)}; the {self.repaired_by} did."
        )


def find_gaps(
    orders: Iterable[RecordedOrder],
    sightings: Iterable[Sighting],
    spans: Mapping[OrderSource, SourceSpan],
) -> list[OrderGap]:
    """What each source with a span lacks of these orders, oldest first.

    An order that stands in a status which no source has shown (we moved it on ourselves) is no gap.
    """
    seen: dict[tuple[str, OrderStatus], dict[OrderSource, datetime]] = defaultdict(dict)
    for one in sightings:
        seen[one.order_id, one.status][one.source] = one.seen_at
    gaps = []
    for order in orders:
        shown = seen.get((order.order_id, order.status))
        if not shown:
            continue
        repaired_by = min(shown, key=lambda source: (shown[source], source))
        gaps += [
            OrderGap(order.order_id, order.status, source, repaired_by, shown[repaired_by])
            for source, span in spans.items()
            if source not in shown and span.covers(order.last_updated_at)
        ]
    return sorted(gaps, key=lambda gap: (gap.since, gap.order_id, gap.missing_from))
