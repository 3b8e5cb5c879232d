"""Orders that are to be shipped soon, or should have left already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from affluent.domain.account import FulfilledBy
from affluent.domain.order import OrderState, RecordedOrder
from affluent.domain.shipment_policy import ShipmentPolicy

#: States of orders of which not everything has left, as far as we know.
NOT_SHIPPED: Final = (OrderState.RECORDED, OrderState.WAITING, OrderState.IMPORTED)
#: A report names so many; the others are counted.
_NAMED: Final = 10


def late_notes(
    orders: Iterable[RecordedOrder], policy: ShipmentPolicy, now: datetime
) -> Iterator[str]:
    """The merchant's own orders whose ship-by time is near or over, the most urgent first."""
    near = sorted(
        (order.ship_by, order.order_id, order.status)
        for order in orders
        if order.fulfilled_by is FulfilledBy.MERCHANT
        and order.status.is_paid
        and order.ship_by is not None
        and order.ship_by - policy.warn_before <= now
    )
    for ship_by, order_id, status in near[:_NAMED]:
        hours = abs(int((ship_by - now).total_seconds() // 3600))
        when = f"is to be shipped in {hours} hours" if ship_by > now else f"is {hours} hours late"
        yield f"Order {order_id} {when} (by {ship_by:%Y-%m-%d %H:%M} UTC) and is {status}."
    if len(near) > _NAMED:
        yield f"{len(near) - _NAMED} more orders are near their ship-by time or late."
