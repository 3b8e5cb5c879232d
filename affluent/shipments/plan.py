"""Which of the store's shipments Amazon should be told of: a pure plan of confirmations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from affluent.domain.order import RecordedLine, RecordedOrder, StoreOrderLine
from affluent.domain.plan import Change, Operation, Plan
from affluent.domain.shipment import Carrier, ShipmentConfirmation, StoreShipment
from affluent.shipments.carriers import carrier_of


@dataclass(frozen=True, slots=True)
class ShippedOrder:
    """An imported order whose store order has shipments."""

    order: RecordedOrder
    lines: tuple[StoreOrderLine, ...]
    shipments: tuple[StoreShipment, ...]


def plan_confirmations(shipped: Iterable[ShippedOrder]) -> Plan:
    """One confirmation for each shipment; the ledger knows which ones were sent before."""
    return Plan(tuple(_change(one, shipment) for one in shipped for shipment in one.shipments))


def order_id_of(key: str) -> str:
    """The Amazon order that a confirmation's key belongs to."""
    return key.partition("/")[0]


def confirmation_of(change: Change) -> ShipmentConfirmation:
    """What confirmShipment is told, from a planned change."""
    payload = change.payload
    return ShipmentConfirmation(
        order_id=payload["order_id"],
        marketplace_id=change.marketplace_id,
        reference_id=payload["reference_id"],
        carrier=Carrier(payload["carrier_code"], payload["carrier_name"]),
        method=payload["method"],
        tracking_number=payload["tracking_number"],
        shipped_at=datetime.fromisoformat(payload["shipped_at"]),
        quantities=tuple((item, quantity) for item, quantity in payload["quantities"]),
    )


def _change(shipped: ShippedOrder, shipment: StoreShipment) -> Change:
    order = shipped.order
    carrier = carrier_of(shipment)
    quantities = _quantities(shipped, shipment)
    return Change(
        operation=Operation.CONFIRM_SHIPMENT,
        account=order.account,
        marketplace_id=order.marketplace_id,
        key=f"{order.order_id}/{shipment.shipment_id}",
        after={
            "carrier": carrier.code,
            "tracking_number": shipment.tracking_number,
            "units": sum(quantity for _, quantity in quantities),
        },
        payload={
            "order_id": order.order_id,
            "reference_id": str(shipment.shipment_id),
            "carrier_code": carrier.code,
            "carrier_name": carrier.name,
            "method": shipment.method,
            "tracking_number": shipment.tracking_number,
            "shipped_at": shipment.created_at.isoformat(),
            "quantities": [list(pair) for pair in quantities],
        },
        why=f"shipped in BigCommerce, order {shipment.order_id}, shipment {shipment.shipment_id}",
    )


def _quantities(shipped: ShippedOrder, shipment: StoreShipment) -> list[tuple[str, int]]:
    """Amazon's order items and the units of each in the shipment."""
    items = _items_by_line(shipped.lines, shipped.order.lines)
    return [
        (items[line.line_id], line.quantity) for line in shipment.lines if line.line_id in items
    ]


def _items_by_line(
    store_lines: Sequence[StoreOrderLine], order_lines: Sequence[RecordedLine]
) -> dict[int, str]:
    """The store's lines matched to Amazon's by SKU, first by the one that was written into the
    store; equal SKUs in the order they stand."""
    waiting = list(order_lines)
    items: dict[int, str] = {}
    for sku_of in (attrgetter("store_sku"), attrgetter("sku")):
        for store_line in store_lines:
            match = next((line for line in waiting if sku_of(line) == store_line.sku), None)
            if match is not None and store_line.line_id not in items:
                waiting.remove(match)
                items[store_line.line_id] = match.order_item_id
    return items
