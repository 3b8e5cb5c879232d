"""Who goes first where many calls wait for one quota."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from typing import Final

from affluent.domain.plan import Change, Operation


class Lane(IntEnum):
    """The four lanes of a quota, the most urgent first.

    SAFETY: what would otherwise sell what is not there, or below its floor. ORDERS: a buyer waits.
    OFFERS: price and quantity. BULK: listings, searches, reading back.
    """

    SAFETY = 0
    ORDERS = 1
    OFFERS = 2
    BULK = 3


_LANES: Final = {
    Operation.CREATE_ORDER: Lane.ORDERS,
    Operation.RAISE_STOCK: Lane.ORDERS,
    Operation.CONFIRM_SHIPMENT: Lane.ORDERS,
    Operation.UPDATE_ORDER: Lane.ORDERS,
    Operation.ACKNOWLEDGE_ORDER: Lane.ORDERS,
    Operation.PATCH_OFFER: Lane.OFFERS,
}


def lane_of(change: Change) -> Lane:
    """The lane in which a change is sent."""
    if change.operation is Operation.PATCH_OFFER and (_is_sold_out(change) or _is_below(change)):
        return Lane.SAFETY
    return _LANES.get(change.operation, Lane.BULK)


def _is_sold_out(change: Change) -> bool:
    return change.after.get("quantity") == 0


def _is_below(change: Change) -> bool:
    """Whether Amazon shows a price below the floor that the change's plan names."""
    price, floor = change.before.get("price"), change.before.get("floor")
    return price is not None and floor is not None and Decimal(price) < Decimal(floor)
