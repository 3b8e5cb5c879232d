"""What becomes of an order without the seller: the admin port's body, checked on the order."""

from __future__ import annotations

from datetime import datetime

from sandbox.amazon.orders.order import AMAZON, CANCELLED, CANCELLERS, FULFILLMENT_STATUSES, Order
from sandbox.amazon.wire import BadRequest, Json


def change_order(order: Order, change: Json, moment: datetime) -> None:
    """Set the status, cancel the items of some SKUs, or let the buyer ask for cancellation.

    Raises BadRequest where the order cannot be changed so.
    """
    by = change.get("cancelledBy", AMAZON)
    if by not in CANCELLERS:
        raise BadRequest(f"cancelledBy must be one of {', '.join(CANCELLERS)}")
    if change.get("cancelRequested"):
        order.request_cancellation(moment)
    if skus := change.get("cancelledSkus"):
        order.cancel_items(_item_ids(order, skus), by, moment)
    if "status" in change:
        _set_status(order, change["status"], by, moment)


def _set_status(order: Order, status: str, by: str, moment: datetime) -> None:
    if status not in FULFILLMENT_STATUSES:
        raise BadRequest(f"status must be one of {', '.join(FULFILLMENT_STATUSES)}")
    if status == CANCELLED:
        order.cancelled_by = by
    order.change_to(status, moment)


def _item_ids(order: Order, skus: list[str]) -> list[str]:
    """The order item ids of these SKUs. Raises BadRequest for one that is not to be shipped."""
    ids = []
    for sku in skus:
        line = next((line for line in order.lines if line.sku == sku), None)
        if line is None or order.shipped_quantity(line.order_item_id):
            raise BadRequest(f"cancelledSkus: {sku} is not in the order, or has left")
        ids.append(line.order_item_id)
    return ids
