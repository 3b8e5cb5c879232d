"""Shipments: what may be shipped, and what a shipment does to its order."""

from __future__ import annotations

import re
from typing import Any

from sandbox.bigcommerce.money import ZERO
from sandbox.bigcommerce.numbering import Numbering
from sandbox.bigcommerce.orders.fields import money_in, objects_in, whole_number
from sandbox.bigcommerce.orders.order import Order, Shipment
from sandbox.bigcommerce.orders.order_desk import OrderDesk
from sandbox.bigcommerce.orders.statuses import PARTIALLY_SHIPPED, SHIPPED
from sandbox.bigcommerce.refusals import (
    invalid_field,
    missing_field,
    read_only_field,
    resource_not_found,
    unsupported_field,
)
from sandbox.clock import SandboxClock

Json = dict[str, Any]

TEXT_LIMITS = {
    "tracking_number": 50,
    "tracking_link": 500,
    "tracking_carrier": 255,
    "shipping_method": 255,
    "shipping_provider": 255,
    "comments": 65535,
}
_PROVIDER = re.compile(
    r"|auspost|canadapost|endicia|usps|fedex|royalmail|ups|upsready|upsonline|shipperhq|carrier_\d+"
)


class ShippingDesk:
    """POST, PUT and DELETE /v2/orders/{id}/shipments."""

    def __init__(self, clock: SandboxClock, numbering: Numbering, orders: OrderDesk) -> None:
        self._clock = clock
        self._numbering = numbering
        self._orders = orders

    def ship(self, order: Order, body: Json) -> Shipment:
        """Make a shipment; the order becomes Shipped, or Partially Shipped while items are left.

        Raises:
            V2Refusal: 400 for a missing or wrong field, or more items than are left to ship.
        """
        for name in ("order_address_id", "items"):
            if not body.get(name):
                raise missing_field(name)
        fields = _fields(body)
        address_id = whole_number(body["order_address_id"])
        if address_id is None or order.address(address_id) is None:
            raise invalid_field("order_address_id")
        items = _items(order, objects_in(body, "items"))
        shipment = Shipment(
            self._numbering.next("shipment"), address_id, self._clock.now(), items, fields
        )
        order.shipments[shipment.id] = shipment
        self._count_shipped(order, items, 1)
        is_all = all(line.unshipped == 0 for line in order.lines)
        self._orders.move_to(order, SHIPPED if is_all else PARTIALLY_SHIPPED)
        return shipment

    def get(self, order: Order, shipment_id: int) -> Shipment:
        """The order's shipment of that id.

        Raises:
            V2Refusal: 404.
        """
        if shipment_id not in order.shipments:
            raise resource_not_found()
        return order.shipments[shipment_id]

    def change(self, order: Order, shipment: Shipment, body: Json) -> None:
        """Change tracking, carrier or address of a shipment; its items stay.

        Raises:
            V2Refusal: 400 for a wrong field.
        """
        if "items" in body:
            raise read_only_field("items")
        address_id = whole_number(body.get("order_address_id", shipment.order_address_id))
        if address_id is None or order.address(address_id) is None:
            raise invalid_field("order_address_id")
        shipment.fields = _fields({**shipment.fields, **body})
        shipment.order_address_id = address_id
        self._orders.touch(order)

    def delete(self, order: Order, shipment: Shipment) -> None:
        """Take a shipment away; the order's status stays as it is."""
        del order.shipments[shipment.id]
        self._count_shipped(order, shipment.items, -1)
        self._orders.touch(order)

    def _count_shipped(self, order: Order, items: dict[int, int], direction: int) -> None:
        for line in order.lines:
            line.quantity_shipped += direction * items.get(line.id, 0)


def _items(order: Order, given: list[Json]) -> dict[int, int]:
    items: dict[int, int] = {}
    for each in given:
        line = order.line(whole_number(each.get("order_product_id")) or 0)
        quantity = whole_number(each.get("quantity"))
        if line is None:
            raise invalid_field("items.order_product_id")
        if quantity is None or not 1 <= quantity + items.get(line.id, 0) <= line.unshipped:
            raise invalid_field("items.quantity")
        items[line.id] = items.get(line.id, 0) + quantity
    return items


def _fields(body: Json) -> Json:
    fields: Json = {}
    for name in body:
        if name not in {*TEXT_LIMITS, "merchant_shipping_cost", "order_address_id", "items"}:
            raise unsupported_field(name)
    for name, limit in TEXT_LIMITS.items():
        value = body.get(name, "")
        if not isinstance(value, str) or len(value) > limit:
            raise invalid_field(name)
        fields[name] = value
    if not _PROVIDER.fullmatch(fields["shipping_provider"]):
        raise invalid_field("shipping_provider")
    has_cost = "merchant_shipping_cost" in body
    fields["merchant_shipping_cost"] = (
        money_in(body, "merchant_shipping_cost") if has_cost else ZERO
    )
    return fields
