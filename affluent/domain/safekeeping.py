"""What is kept of buyers' data: sealed, and only as long as an order needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.order import (
    TO_CREATE,
    AmazonOrder,
    Buyer,
    OrderState,
    OrderStatus,
    Recipient,
)

#: Said where the database could not yet overwrite what was removed.
NOT_ERASED: Final = "Somebody was reading the database: the next purge overwrites what was removed."


@dataclass(frozen=True, slots=True)
class SafekeepingRules:
    """How long buyers' data is kept: until the order stands in the store, or with
    `keeps_imported` as long as Amazon allows.

    Amazon allows 30 days after delivery. Nobody tells us of the delivery; an order is never
    delivered before it is shipped, so the days are counted from there.
    """

    purge_after: timedelta = timedelta(days=30)
    keeps_imported: bool = False

    @property
    def wanted(self) -> frozenset[OrderState]:
        """The states of orders whose buyers' data is still needed."""
        kept = {OrderState.IMPORTED, OrderState.SHIPPED} if self.keeps_imported else set()
        return TO_CREATE | kept

    def is_over(self, counted_from: datetime, now: datetime) -> bool:
        """Whether what is counted from then must be gone by now."""
        return counted_from + self.purge_after <= now


@dataclass(frozen=True, slots=True)
class SealedOrder:
    """An order with its buyer's data, sealed. `key_id` names the key, `counted_from` is where the
    days until its purge begin."""

    account: str
    order_id: str
    key_id: str
    content: bytes
    stored_at: datetime
    counted_from: datetime


@dataclass(frozen=True, slots=True)
class Holding:
    """How many sealed orders of one account one key has sealed, and the oldest of them."""

    account: str
    key_id: str
    count: int
    oldest: datetime
    first_counted_from: datetime
    last_counted_from: datetime


@dataclass(frozen=True, slots=True)
class Purge:
    """What a purge removed and left. `is_erased` is False where the database could not yet
    overwrite the bytes of what was removed, because somebody was reading."""

    purged: int
    remaining: int
    oldest: datetime | None
    is_erased: bool = True

    def told(self) -> str:
        """The purge in words."""
        oldest = f", the oldest kept since {self.oldest:%Y-%m-%d %H:%M} UTC" if self.oldest else ""
        told = f"Purged the buyers' data of {self.purged} orders; {self.remaining} remain{oldest}."
        return told if self.is_erased else f"{told} {NOT_ERASED}"


def counted_from(order: AmazonOrder) -> datetime:
    """Where the days of an order begin: with its shipping, else with when it is to be shipped."""
    if order.status is OrderStatus.SHIPPED:
        return order.last_updated_at
    return order.ship_by or order.created_at


def is_withdrawn(order: AmazonOrder) -> bool:
    """Whether Amazon shows neither a name nor a street; it leaves the city where it withdraws."""
    return not (order.recipient.name or order.recipient.street_1)


def buyer_shown(order: AmazonOrder, before: AmazonOrder) -> tuple[Buyer, Recipient]:
    """The buyer and the recipient of an order, as they were before where Amazon withdrew them."""
    has_buyer = order.buyer.name or order.buyer.email
    return (
        order.buyer if has_buyer else before.buyer,
        before.recipient if is_withdrawn(order) else order.recipient,
    )
