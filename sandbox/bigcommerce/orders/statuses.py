"""The fifteen order statuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

INCOMPLETE = 0
PENDING = 1
SHIPPED = 2
PARTIALLY_SHIPPED = 3
REFUNDED = 4
CANCELLED = 5
DECLINED = 6
COMPLETED = 10
PARTIALLY_REFUNDED = 14


@dataclass(frozen=True)
class OrderStatus:
    """A status, and its place in the control panel's list."""

    id: int
    name: str
    description: str
    place: int

    def view(self) -> dict[str, Any]:
        """The status as GET /v2/order_statuses shows it."""
        return {
            "id": self.id,
            "name": self.name,
            "system_label": self.name,
            "custom_label": self.name,
            "system_description": self.description,
            "order": self.place,
        }


ORDER_STATUSES = {
    status.id: status
    for status in (
        OrderStatus(0, "Incomplete", "The shopper reached the payment page and did not pay.", 0),
        OrderStatus(1, "Pending", "The checkout was started and not completed.", 1),
        OrderStatus(2, "Shipped", "The order is shipped; receipt is not confirmed.", 8),
        OrderStatus(3, "Partially Shipped", "Only some items of the order are shipped.", 6),
        OrderStatus(4, "Refunded", "The seller refunded the order.", 11),
        OrderStatus(5, "Cancelled", "The seller cancelled the order.", 9),
        OrderStatus(6, "Declined", "The seller declined the order.", 10),
        OrderStatus(7, "Awaiting Payment", "The payment is not yet confirmed.", 2),
        OrderStatus(8, "Awaiting Pickup", "The order waits for the customer to fetch it.", 5),
        OrderStatus(9, "Awaiting Shipment", "The order is packed and waits for the carrier.", 4),
        OrderStatus(10, "Completed", "The order is paid and delivered.", 7),
        OrderStatus(11, "Awaiting Fulfillment", "The order is paid and not yet packed.", 3),
        OrderStatus(12, "Manual Verification Required", "Something waits for a person.", 13),
        OrderStatus(13, "Disputed", "The customer disputes the payment.", 12),
        OrderStatus(14, "Partially Refunded", "The seller refunded a part of the order.", 14),
    )
}
