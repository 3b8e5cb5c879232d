"""What a check of our own records asks of the store, in a handful of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from affluent.domain.order_source import OrderSource
from affluent.domain.plan import Operation


@dataclass(frozen=True, slots=True)
class UnfinishedWrites:
    """Writes of one kind and account whose outcome is not known since long; `oldest` is when the
    first of them was recorded, and `key` what it is about."""

    operation: Operation
    account: str
    count: int
    oldest: datetime
    key: str


@dataclass(frozen=True, slots=True)
class HeldListings:
    """How many listings of one place are held, and the one that was held first."""

    account: str
    marketplace_id: str
    count: int
    oldest: datetime


class Vitals(Protocol):
    """Counts and ages of what we keep."""

    def orders_placed(self, account: str, since: datetime, until: datetime) -> int:
        """How many of the account's orders were placed on Amazon in a span of time."""
        ...

    def last_order(self, account: str) -> datetime | None:
        """When the newest of the account's orders was placed."""
        ...

    def orders_seen(self, account: str, source: OrderSource, since: datetime) -> int:
        """How many orders a source has shown for the first time since then."""
        ...

    def unfinished(self, feeds_before: datetime, writes_before: datetime) -> list[UnfinishedWrites]:
        """Feeds that have not ended and writes that are not resolved, of before these times."""
        ...

    def held_listings(self) -> list[HeldListings]:
        """The listings that the gate holds, by account and marketplace."""
        ...
